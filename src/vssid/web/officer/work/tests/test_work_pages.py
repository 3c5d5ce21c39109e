"""Notes, whose a file is, sharing out, and the hand-over at the end of a shift."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from tests.making.registrations import (
    BINH,
    HONG_BANG,
    NOW,
    make_application,
    make_officer_account,
    make_ready,
)
from tests.page_text import text_of
from vssid.domain.accounts.models.accounts import Account
from vssid.domain.casework.claims import LEASE
from vssid.domain.casework.models import Assignment, Claim, FileNote
from vssid.domain.registration.models import Application
from vssid.domain.support.tests.desk import make_ticket
from vssid.web.officer.tests.desk import browser_of, file_of, hanh, minh, ngoc

pytestmark = pytest.mark.django_db
TEXT = "Đã gọi điện, chiều mai mang bản chính."
END = "/can-bo/ket-thuc-ca"


def test_a_note_is_read_by_colleagues_and_not_by_the_person() -> None:
    application_id, client = make_application(), minh()
    answer = client.post(file_of(application_id, "ghi-chu"), {"note": TEXT})
    assert answer["Location"] == file_of(application_id) + "?xong=ghi-chu"
    said = text_of(ngoc().get(file_of(application_id)).content)
    assert f"Minh {TEXT}" in said
    assert "ghi chú cho đồng nghiệp" in said


def test_a_note_that_is_none_is_refused_beside_its_field_and_one_too_long_stays() -> None:
    application_id, client = make_application(), minh()
    assert client.post(file_of(application_id, "ghi-chu"), {"note": " "}).status_code == 422
    long = "x" * 1001
    answer = client.post(file_of(application_id, "ghi-chu"), {"note": long})
    assert answer.status_code == 422
    assert long in answer.content.decode()
    assert "Ghi chú dài quá 1.000 ký tự" in text_of(answer.content)


def test_another_office_finds_no_file_to_note_on_or_to_give() -> None:
    application_id, stranger = make_application(), hanh()
    for rest in ("ghi-chu", "giao"):
        assert stranger.post(file_of(application_id, rest), {"note": TEXT}).status_code == 404
    assert not FileNote.objects.exists()


def test_a_given_file_is_seen_in_the_queue_and_on_the_start_page_of_its_officer() -> None:
    application_id, chief, colleague = make_application(), minh(), ngoc()
    officer = Account.objects.get(display_name="Ngọc").person_id
    page = chief.get(file_of(application_id)).content.decode()
    assert f'<option value="{officer}"' in page
    answer = chief.post(file_of(application_id, "giao"), {"can-bo": officer})
    assert answer["Location"] == file_of(application_id) + "?xong=giao"
    assert "giao cho Ngọc" in text_of(chief.get("/can-bo/ho-so").content)
    place = f'href="{file_of(application_id)}"'
    assert place in colleague.get("/can-bo").content.decode()
    assert Claim.objects.count() == 1  # of who opened it
    chief.post(file_of(application_id, "giao"), {"can-bo": ""})
    assert place not in colleague.get("/can-bo").content.decode()


@pytest.mark.parametrize("typed", ["0", "x", "²", "9" * 30])
def test_an_officer_who_is_none_is_refused_beside_the_field(typed: str) -> None:
    answer = minh().post(file_of(make_application(), "giao"), {"can-bo": typed})
    assert answer.status_code == 422
    assert "không nhận việc tại cơ quan" in text_of(answer.content)


def test_reception_is_offered_no_assigning_and_may_not() -> None:
    application_id = make_application()
    client = browser_of(make_officer_account("thu", HONG_BANG, "Thu", "reception"))
    assert 'name="can-bo"' not in client.get(file_of(application_id)).content.decode()
    assert client.post(file_of(application_id, "giao"), {"can-bo": "1"}).status_code == 403
    assert client.get("/can-bo/giao-viec").status_code == 403
    assert 'href="/can-bo/giao-viec' not in client.get("/can-bo/ho-so").content.decode()


def test_the_next_file_is_an_own_one_and_a_colleagues_comes_last() -> None:
    first, second = make_application(), make_application(BINH)
    client, colleague = minh(), ngoc()
    officer = Account.objects.get(display_name="Ngọc").person_id
    client.post(file_of(first, "giao"), {"can-bo": officer})
    Claim.objects.all().delete()
    assert client.post("/can-bo/tiep/ho-so")["Location"] == file_of(second)
    assert colleague.post("/can-bo/tiep/ho-so")["Location"] == file_of(first)


def test_files_are_dealt_out_by_shares() -> None:
    make_application()
    make_application(BINH)
    chief = browser_of(make_officer_account("hoa", HONG_BANG, "Hoa", "director"))
    officers = [make_officer_account(name, HONG_BANG, name) for name in ("ha", "lien")]
    said = text_of(chief.get("/can-bo/giao-viec").content)
    assert "Đang mở 2 Chưa giao 2" in said
    shares = {f"phan-{officer}": "1" for officer in officers}
    answer = chief.post("/can-bo/giao-viec", {"hang": "ho-so", **shares})
    assert answer["Location"] == "/can-bo/giao-viec?hang=ho-so&xong=2"
    assert "Đã giao 2 hồ sơ" in text_of(chief.get(answer["Location"]).content)
    assert sorted(Assignment.objects.values_list("officer_id", flat=True)) == sorted(officers)


@pytest.mark.parametrize("typed", ["", "0", "x", "12", "²"])
def test_a_share_that_is_none_is_refused_and_said(typed: str) -> None:
    make_application()
    chief = browser_of(make_officer_account("hoa", HONG_BANG, "Hoa", "director"))
    officer = make_officer_account("ha", HONG_BANG, "Hà")
    answer = chief.post("/can-bo/giao-viec", {"hang": "ho-so", f"phan-{officer}": typed})
    assert answer.status_code == 422
    assert not Assignment.objects.exists()


def test_the_end_of_a_shift_asks_for_a_sentence_and_the_next_officer_reads_it() -> None:
    application_id, client, colleague = make_ready(), minh(), ngoc()
    client.get(file_of(application_id))
    asked = client.post(END)
    assert asked.status_code == 200
    assert "Viết một câu cho đồng nghiệp" in text_of(asked.content)
    assert Application.objects.get().number in text_of(asked.content)
    done = client.post(END, {"xac-nhan": "1", f"ho-so-{application_id}": TEXT})
    assert done["Location"] == "/can-bo/dang-nhap"
    assert not Claim.objects.exists()
    assert client.get("/can-bo").status_code == 302
    assert f'href="{file_of(application_id)}"' in colleague.get("/can-bo").content.decode()
    said = text_of(colleague.get(file_of(application_id)).content)
    assert "Minh bàn giao lúc" in said
    assert TEXT in said


def test_without_files_in_hand_the_shift_ends_at_once_and_with_an_empty_sentence_too() -> None:
    assert minh().post(END)["Location"] == "/can-bo/dang-nhap"
    application_id, colleague = make_application(), ngoc()
    colleague.get(file_of(application_id))
    answer = colleague.post(END, {"xac-nhan": "1", f"ho-so-{application_id}": "  "})
    assert answer["Location"] == "/can-bo/dang-nhap"
    assert not FileNote.objects.exists()


def test_a_sentence_is_kept_although_the_lease_ran_out_while_it_was_written(
    wednesday: time_machine.Traveller,
) -> None:
    ticket_id, client = make_ticket(1), minh()
    client.get(f"/can-bo/tin-nhan/{ticket_id}")
    wednesday.move_to(NOW + LEASE + timedelta(seconds=1))
    client.post(END, {"xac-nhan": "1", f"tin-nhan-{ticket_id}": TEXT})
    assert FileNote.objects.get().is_handover


def test_a_sentence_that_cannot_be_kept_is_said_and_the_shift_goes_on() -> None:
    application_id, client = make_application(), minh()
    client.get(file_of(application_id))
    for name, text in (("ho-so-999", TEXT), (f"ho-so-{application_id}", "x" * 1001)):
        answer = client.post(END, {"xac-nhan": "1", name: text})
        assert answer.status_code == 422
        assert text in answer.content.decode()
        assert client.get("/can-bo").status_code == 200
    assert not FileNote.objects.exists()
