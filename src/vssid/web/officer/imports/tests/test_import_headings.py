"""Headings that nobody knows are asked about once for each sender."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.page_text import text_of
from vssid.domain.imports.models import Heading, Upload

from .data_desk import GOOD, PAGE, quang, send, shown, yen

pytestmark = pytest.mark.django_db
ODD = "Số hiệu,name,Quê quán\nTZ0001A,Công ty Một,Huế\n"


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Any, settings: Any) -> None:
    settings.BLOBS_URL, settings.DATA = f"file://{tmp_path}/blobs", tmp_path / "data"


def said(*meanings: str) -> dict[str, Any]:
    return {"heading": ["Số hiệu", "Quê quán"], "meaning": list(meanings)}


def test_a_strange_heading_is_asked_about_beside_the_file() -> None:
    answer = send(quang(), ODD)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Tiêu đề lạ là cột nào?" in page
    assert re.findall(r'name="heading" value="([^"]+)"', page) == ["Số hiệu", "Quê quán"]
    assert '<option value="-">Không nạp cột này</option>' in page
    assert Heading.objects.count() == 0


def test_what_is_answered_is_used_shown_and_remembered() -> None:
    client = quang()
    address = shown(client, ODD, **said("code", "-"))
    page = text_of(client.get(address).content)
    assert "Số hiệu → Mã đơn vị" in page
    assert "Quê quán → không nạp" in page
    assert Upload.objects.values_list("shown__rows_new", flat=True).get() == 1
    # The next file of the same sender is understood, of another it is asked about.
    more = ODD.replace("TZ0001A", "TZ0002A")
    assert shown(client, more, sender="SỞ MẪU").startswith(PAGE)
    assert send(client, more.replace("TZ0002A", "TZ0003A"), sender="Sở khác").status_code == 422


def test_another_office_is_asked_for_itself() -> None:
    send(quang(), ODD, **said("code", "-"))
    assert send(yen(), ODD).status_code == 422


@pytest.mark.parametrize("meanings", [("code", ""), ("", "-"), ("name", "-"), ("nonsense", "-")])
def test_what_is_not_answered_well_is_asked_again_and_the_rest_stays(meanings: tuple[str, str]) -> None:
    answer = send(quang(), ODD, **said(*meanings))
    assert answer.status_code == 422
    page = answer.content.decode()
    for meaning in set(meanings) & {"code", "name", "-"}:
        assert f'<option value="{meaning}" selected>' in page
    assert (Upload.objects.count(), Heading.objects.count()) == (0, 0)


def test_a_file_of_another_kind_is_refused_without_questions() -> None:
    client = quang()
    for odd in ("Họ tên,Quê quán\nLan,Huế\n", ",".join(["code", "name", *map(str, range(40))]) + "\n1,2\n"):
        answer = send(client, odd)
        assert answer.status_code == 422
        assert "Tiêu đề lạ là cột nào?" not in answer.content.decode()


def test_what_a_sender_s_headings_mean_is_forgotten_on_the_button() -> None:
    client = quang()
    address = shown(client, ODD, **said("code", "-"))
    assert yen().post(f"{address}/quen-tieu-de").status_code == 404
    assert client.get(f"{address}/quen-tieu-de").status_code == 405
    assert client.post(f"{address}/quen-tieu-de")["Location"] == address
    assert "Quên cách hiểu tiêu đề" not in text_of(client.get(address).content)
    assert send(client, ODD.replace("Một", "Hai")).status_code == 422


def test_a_file_of_formal_names_is_not_asked_about() -> None:
    client = quang()
    assert "Quên cách hiểu" not in text_of(client.get(shown(client, GOOD)).content)
