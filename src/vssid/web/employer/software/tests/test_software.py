"""/don-vi/phan-mem: a program's secret is on the page that answers and nowhere else."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from tests.making.employers import BIEN_XANH
from tests.page_text import text_of
from vssid.domain.employers.models import SoftwareClient
from vssid.domain.employers.seats.roles import Role
from vssid.domain.employers.software.clients import Made
from vssid.domain.employers.software.tests.made import ask_token, make_administrator, make_program

from ...tests import cast

pytestmark = pytest.mark.django_db
HERE, NEW = "/don-vi/phan-mem", "/don-vi/phan-mem/moi"
GIVEN = {"name": "Lương Việt", "scopes": ["stages", "invite"]}


def shown(answer: Any) -> Made:
    """The client and the secret that a page shows."""
    text = answer.content.decode()
    [secret], [client] = (re.findall(rf"data-{what}>([^<]+)<", text) for what in ("secret", "client"))
    return Made(client, secret)


def test_a_program_is_allowed_and_its_secret_is_shown_once() -> None:
    client = cast.tuan()
    answer = client.post(NEW, GIVEN)
    made = shown(answer)
    assert "no-store" in answer["Cache-Control"]
    assert ask_token(made).json()["scope"].split() == ["invite", "stages"]
    page = client.get(HERE)
    assert made.secret not in page.content.decode()
    assert "Lương Việt" in text_of(page.content)
    assert "Chưa dùng lần nào" in text_of(page.content)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"name": ""}, "Hãy đặt tên"),
        ({"name": "a" * 61}, "dài quá 60 ký tự"),
        ({"scopes": []}, "Hãy chọn ít nhất một việc"),
        ({"scopes": ["wages"]}, "Hãy chọn việc trong danh sách"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_stays(given: dict[str, Any], words: str) -> None:
    answer = cast.tuan().post(NEW, GIVEN | given)
    assert answer.status_code == 422
    assert words in text_of(answer.content)
    if "scopes" in given:
        assert "Lương Việt" in answer.content.decode()
    assert not SoftwareClient.objects.exists()


def test_a_new_secret_is_shown_once_and_the_old_one_is_told_to_hold_some_days() -> None:
    client = cast.tuan()
    made = shown(client.post(NEW, GIVEN))
    again = shown(client.post(f"{HERE}/{made.client_id}/khoa"))
    assert again.secret != made.secret
    assert ask_token(made).status_code == ask_token(again).status_code == 200
    assert "Khóa cũ còn dùng được đến" in text_of(client.get(HERE).content)


def test_a_program_is_ended_with_a_reason_and_twice_is_once() -> None:
    client = cast.tuan()
    made = shown(client.post(NEW, GIVEN))
    answer = client.post(f"{HERE}/{made.client_id}/ket-thuc", {"why": ""})
    assert (answer.status_code, "Hãy ghi lý do" in text_of(answer.content)) == (422, True)
    for _time in range(2):
        assert client.post(f"{HERE}/{made.client_id}/ket-thuc", {"why": "Đổi"})["Location"].startswith(HERE)
    assert ask_token(made).status_code == 401
    assert client.post(f"{HERE}/{made.client_id}/khoa").status_code == 409


@pytest.mark.parametrize("role", [Role.CLERK, Role.READER])
def test_only_administrators_come_in(role: Role) -> None:
    client = cast.tuan(role)
    assert client.get(HERE).status_code == 403
    assert client.post(NEW, GIVEN).status_code == 403
    assert not SoftwareClient.objects.exists()


def test_a_program_of_another_employer_is_not_there() -> None:
    client: Client = cast.tuan()
    made = make_program(make_administrator(BIEN_XANH))
    for act in ("khoa", "ket-thuc"):
        assert client.post(f"{HERE}/{made.client_id}/{act}", {"why": "x"}).status_code == 404
    assert ask_token(made).status_code == 200
    assert "Lương Việt" not in text_of(client.get(HERE).content)
