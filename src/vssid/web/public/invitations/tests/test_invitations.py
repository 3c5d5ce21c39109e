from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from tests.making.employers_hr import HERE, HR
from tests.making.registrations import BINH, LAN
from vssid.domain.employers.invitations import paper, rules
from vssid.domain.employers.invitations.tests import invited
from vssid.domain.employers.invitations.tests.invited import Workers
from vssid.domain.employers.models import Invitation, Invitee, Worker
from vssid.domain.registration.models import Draft
from vssid.domain.verification import limits
from vssid.web.ui import cookies

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 18, 3, 0, tzinfo=UTC)  # at night no text goes out
BORN = f"{LAN.birth_date:%d/%m/%Y}"
FILLED = "/dang-ky/theo-loi-moi"


@pytest.fixture(autouse=True)
def morning() -> Iterator[None]:
    with time_machine.travel(MORNING):
        yield


@pytest.fixture
def workers() -> Workers:
    return invited.make_workers()


@pytest.fixture
def page(workers: Workers) -> str:
    """Where the code of Lan's text leads."""
    invited.invite(workers.lan, now=timezone.now())
    return f"/moi/{invited.code_of(workers.lan)}"


def text_of(answer: Any) -> str:
    """What a page says."""
    return str(answer.content.decode())


def test_a_code_of_a_text_is_typed_and_leads_to_who_invites(workers: Workers, page: str) -> None:
    typed = invited.code_sent_to(workers.lan).lower()
    answer = Client().post("/moi", {"code": typed}, follow=True)
    assert answer.redirect_chain == [(page, 302)]
    assert "Công ty Sao Mai (mẫu)" in text_of(answer)
    assert "Nguyễn Thị Lan" not in text_of(answer)


def test_an_unknown_code_is_said_beside_the_field_and_kept(workers: Workers) -> None:
    answer = Client().post("/moi", {"code": "7K2M 04QX 9TRE"})
    assert answer.status_code == 422
    assert "Không có lời mời nào mang mã này" in text_of(answer)
    assert "7K2M 04QX 9TRE" in text_of(answer)


def test_too_many_unknown_codes_have_to_wait(workers: Workers) -> None:
    client = Client()
    for _ in range(limits.RULES["invitation_wrong"].limit):
        client.post("/moi", {"code": "7K2M04QX9TRE"})
    assert client.post("/moi", {"code": "7K2M04QX9TRE"}).status_code == 429


def test_opening_the_page_changes_nothing(page: str) -> None:
    before = list(Invitation.objects.values())
    assert Client().get(page).status_code == 200
    assert list(Invitation.objects.values()) == before


def test_the_worker_begins_with_everything_filled_in(workers: Workers, page: str) -> None:
    client = Client()
    answer = client.post(page, {"birth_date": BORN}, follow=True)
    assert answer.redirect_chain == [(FILLED, 302)]
    for told in (LAN.full_name, LAN.bhxh_code, invited.PHONE, invited.EMAIL, "Công ty Sao Mai (mẫu)"):
        assert told in text_of(answer), told
    assert not Draft.objects.exists()
    answer = client.post(FILLED, follow=True)
    assert answer.redirect_chain == [("/dang-ky/ban-than", 302)]
    for told in (LAN.full_name, LAN.bhxh_code, BORN, "Theo lời mời của"):
        assert told in text_of(answer), told
    assert Invitation.objects.get().used_by == Draft.objects.get().subject_id


def test_every_step_shows_what_was_given_and_takes_what_is_corrected(workers: Workers, page: str) -> None:
    client = Client()
    client.post(page, {"birth_date": BORN})
    client.post(FILLED)
    who = {
        "bhxh_code": LAN.bhxh_code,
        "full_name": "Nguyễn Thị Lan Anh",
        "birth_date": BORN,
        "sex": "2",
        "id_kind": "cccd",
        "id_number": LAN.id_number,
        "issued_on": f"{LAN.issued_on:%d/%m/%Y}",
    }
    answer = client.post("/dang-ky/ban-than", who, follow=True)
    assert answer.redirect_chain[-1][0] == "/dang-ky/lien-he"
    assert invited.PHONE in text_of(answer)
    assert invited.EMAIL in text_of(answer)
    assert "Nguyễn Thị Lan Anh" in text_of(client.get("/dang-ky/ban-than"))


def test_a_wrong_birth_date_is_said_and_tells_nothing(workers: Workers, page: str) -> None:
    answer = Client().post(page, {"birth_date": f"{BINH.birth_date:%d/%m/%Y}"})
    assert answer.status_code == 422
    assert "Chưa đúng với người được mời" in text_of(answer)
    assert LAN.full_name not in text_of(answer)
    assert invited.PHONE not in text_of(answer)


def test_after_five_wrong_dates_the_right_one_waits_too(page: str) -> None:
    client = Client()
    for _ in range(limits.RULES["invitation_proof"].limit):
        client.post(page, {"birth_date": "01/01/1980"})
    answer = client.post(page, {"birth_date": BORN})
    assert answer.status_code == 429
    assert "Đã thử nhiều lần" in text_of(answer)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Hãy nhập ngày sinh hoặc số CCCD của bạn."),
        ({"birth_date": "31/02/1990"}, "Ngày sinh chưa đúng"),
        ({"id_number": "12"}, "Số CCCD, Căn cước có 12 chữ số."),
    ],
)
def test_what_cannot_be_read_is_said_beside_the_field(page: str, typed: dict[str, str], said: str) -> None:
    answer = Client().post(page, typed)
    assert answer.status_code == 422
    assert said in text_of(answer)


def test_without_a_proof_in_this_browser_nothing_is_shown(workers: Workers, page: str) -> None:
    Client().post(page, {"birth_date": BORN})
    answer = Client().get(FILLED)
    assert answer["Location"] == "/moi"
    assert Client().post(FILLED)["Location"] == "/moi"
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("go", "field", "why"), [("nham", "not_me_at", "not_me"), ("dung", "stopped_at", "stop")]
)
def test_not_me_and_stop_end_the_invitation(
    workers: Workers, page: str, go: str, field: str, why: str
) -> None:
    assert "Đã dừng lời mời" in text_of(Client().post(page, {"go": go}))
    assert getattr(Invitee.objects.get(person_id=workers.lan), field)
    assert Invitation.objects.get().ended_why == why
    answer = Client().get(page)
    assert answer.status_code == 404
    assert "Lời mời này đã dừng" in text_of(answer)


def test_what_was_proved_before_a_stop_begins_nothing(workers: Workers, page: str) -> None:
    client = Client()
    client.post(page, {"birth_date": BORN})
    Client().post(page, {"go": "dung"})
    assert client.post(FILLED)["Location"] == page
    assert not Draft.objects.exists()


def test_an_expired_code_says_until_when_it_held(workers: Workers) -> None:
    invited.invite(workers.lan, now=timezone.now() - rules.LIFE - timedelta(days=1))
    answer = Client().get(f"/moi/{invited.code_of(workers.lan)}")
    assert answer.status_code == 404
    assert "đã hết hạn ngày" in text_of(answer)


def test_who_left_the_employer_reads_why(workers: Workers, page: str) -> None:
    Worker.objects.filter(person_id=workers.lan).delete()
    assert "không còn trong danh sách của đơn vị" in text_of(Client().get(page))


def test_at_a_poster_code_and_birth_date_prove_and_no_contact_is_shown(workers: Workers) -> None:
    client = Client()
    code = paper.make_poster_code(HERE, anew=False, by=HR, now=timezone.now())
    page = f"/moi/{code}"
    assert "Không phải tôi" not in text_of(client.get(page))
    answer = client.post(page, {"bhxh_code": LAN.bhxh_code, "birth_date": BORN}, follow=True)
    assert answer.redirect_chain == [(FILLED, 302)]
    assert LAN.full_name in text_of(answer)
    assert invited.PHONE not in text_of(answer)
    client.post(FILLED)
    assert invited.PHONE not in text_of(client.get("/dang-ky/lien-he", follow=True))


def test_nobody_stops_all_workers_at_a_poster(workers: Workers) -> None:
    code = paper.make_poster_code(HERE, anew=False, by=HR, now=timezone.now())
    assert Client().post(f"/moi/{code}", {"go": "dung"}).status_code == 200
    assert not Invitee.objects.exclude(stopped_at=None).exists()


def test_the_worker_hides_all_but_the_stage_from_the_start(workers: Workers, page: str) -> None:
    client = Client()
    client.post(page, {"birth_date": BORN})
    client.post(FILLED, {"an": "1"})
    assert Invitee.objects.get(person_id=workers.lan).hides


def test_a_browser_that_holds_a_file_is_told_before_it_changes(workers: Workers, page: str) -> None:
    client = Client()
    client.post("/dang-ky/moi")
    assert cookies.FILE in client.cookies
    client.post(page, {"birth_date": BORN})
    assert "Máy này đang giữ một hồ sơ khác" in text_of(client.get(FILLED))


def test_the_code_in_the_address_is_kept_out_of_indexes(page: str) -> None:
    assert Client().get(page)["X-Robots-Tag"] == "noindex"
