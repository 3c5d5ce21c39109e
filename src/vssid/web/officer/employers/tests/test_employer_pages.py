"""An officer finds an employer, invites it, files its paper, ends its roles and notes its standing."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pypdfium2 as pdfium
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tests.making import employers, roll_out
from tests.making.employers import BIEN_XANH, SAO_MAI, make_hr
from tests.making.registrations import NOW, make_officer_account
from tests.making.roll_out import FIRST, PROVINCE, SECOND, THIRD
from tests.page_text import text_of
from vssid.domain.accounts.models.accounts import Session
from vssid.domain.accounts.sign_in import sessions
from vssid.domain.employers.entries import actions
from vssid.domain.employers.models import Entry, PaperPage, Seat, Standing
from vssid.domain.employers.roster import refreshing
from vssid.domain.employers.roster.tests.test_roster import file_came_in
from vssid.domain.employers.seats.roles import Role
from vssid.domain.participants.models.people import Employer
from vssid.domain.rollout import assigning
from vssid.kernel.actor import SYSTEM
from vssid.kernel.calendar import local_day
from vssid.web.officer.tests.desk import browser_of

pytestmark = pytest.mark.django_db
LIST, HERE = "/can-bo/don-vi", f"/can-bo/don-vi/{SAO_MAI}"
CODE = re.compile(r"(?:[0-9A-Z]{4}-){4}[0-9A-Z]{4}")


@pytest.fixture(autouse=True)
def places(wednesday: time_machine.Traveller) -> None:
    employers.make_employers()
    Employer.objects.filter(code=SAO_MAI).update(tax_code="0201234567")


def desk(role: str = "collection_officer", office: str = FIRST) -> Client:
    return browser_of(make_officer_account(f"{role}.{office}", office, "Thu", role))


def invited(client: Client, **typed: object) -> str:
    page = client.post(f"{HERE}/moi", typed).content.decode()
    match = CODE.search(page)
    assert match, page
    return match.group()


@pytest.mark.parametrize("asked", ["cong ty sao", "TZ0001A", "tz0001a", "0201234567"])
def test_an_employer_is_found_by_code_tax_code_or_name_without_marks(asked: str) -> None:
    page = text_of(desk("director", PROVINCE).get(LIST, {"q": asked}).content)
    assert "Công ty Sao Mai (mẫu)" in page
    assert "Biển Xanh" not in page


def test_the_list_holds_what_is_in_reach_and_how_far_it_has_come() -> None:
    actions.invite(SAO_MAI, by=SYSTEM, now=NOW)
    make_hr("Tuấn", (BIEN_XANH, Role.ADMINISTRATOR), now=NOW)
    collector, director = desk(), desk("director", PROVINCE)
    assert "Biển Xanh" not in text_of(collector.get(LIST).content)
    names = {"chua-moi": None, "da-moi": "Sao Mai", "da-vao": "Biển Xanh"}
    for tab, name in names.items():
        page = text_of(director.get(LIST, {"xem": tab}).content)
        assert [other for other in ("Sao Mai", "Biển Xanh") if other in page] == ([name] if name else [])


def test_a_collection_officer_may_see_the_own_ones_alone() -> None:
    roll_out.make_employer("TZ0003A", FIRST)
    thu = make_officer_account("thu", FIRST, "Thu", "collection_officer")
    assigning.assign(SAO_MAI, thu, local_day(NOW), by=SYSTEM, now=NOW)
    page = text_of(browser_of(thu).get(LIST, {"cua-toi": "1"}).content)
    assert "Sao Mai" in page
    assert "TZ0003A" not in page


@pytest.mark.parametrize(
    ("role", "office", "status"),
    [
        ("collection_officer", SECOND, 404),
        ("director", THIRD, 404),
        ("reviewer", FIRST, 403),
        ("auditor", FIRST, 200),
    ],
)
def test_an_employer_is_shown_to_who_may_see_it(role: str, office: str, status: int) -> None:
    assert desk(role, office).get(HERE).status_code == status


def test_an_auditor_sees_and_changes_nothing() -> None:
    auditor = desk("auditor")
    assert "Mời bằng thư" not in text_of(auditor.get(HERE).content)
    assert auditor.post(f"{HERE}/moi").status_code == 403
    assert not Entry.objects.exists()


def test_an_employer_is_invited_by_a_letter_that_its_code_alone_opens() -> None:
    for number in (1, 2, 3):
        roll_out.make_worker(number, SAO_MAI)
    file_came_in()
    refreshing.refresh(NOW)
    client = desk()
    code = invited(client)
    letter = client.post(f"{HERE}/thu", {"ma": code})
    assert letter["Content-Type"] == "application/pdf"
    printed = " ".join(pdfium.PdfDocument(letter.content)[0].get_textpage().get_text_bounded().split())
    for words in ("Công ty Sao Mai (mẫu)", code, "/don-vi/vao", "đang có 3 người", "trong đó 0 người"):
        assert words in printed, printed
    assert client.post(f"{HERE}/thu", {"ma": "0" * 20}).status_code == 404
    other = desk("collection_officer", SECOND)
    assert other.post(f"{HERE}/thu", {"ma": code}).status_code == 404
    page = client.get(HERE).content.decode()
    assert not CODE.search(page)
    assert "Đang chờ đơn vị vào" in page


def test_a_second_invitation_says_so_and_one_that_takes_its_place_is_made() -> None:
    client = desk()
    invited(client)
    again = client.post(f"{HERE}/moi")
    assert again.status_code == 409
    assert "đang có một thư mời" in text_of(again.content)
    invited(client, thay=Entry.objects.get().id)
    assert client.post(f"{HERE}/moi", {"thay": "không"}).status_code == 409
    entry = Entry.objects.get(cancelled_at=None)
    assert client.post(f"{HERE}/thu-moi/{entry.id}/huy")["Location"].endswith("?xong=huy")
    assert client.post(f"{HERE}/thu-moi/{entry.id}/huy").status_code == 409
    assert client.post(f"{HERE}/thu-moi/{entry.id + 99}/huy").status_code == 404


def test_inviting_asks_again_who_is_at_the_desk(wednesday: time_machine.Traveller) -> None:
    client = desk()
    wednesday.move_to(NOW + timedelta(minutes=6))
    assert "Xác nhận lại là bạn" in text_of(client.post(f"{HERE}/moi").content)
    assert not Entry.objects.exists()


def test_at_the_counter_a_power_of_attorney_is_filed_before_a_code_is_given() -> None:
    client = desk()
    scan = io.BytesIO()
    Image.new("RGB", (600, 850), "white").save(scan, "PNG")
    file = SimpleUploadedFile("giay.png", scan.getvalue(), "image/png")
    assert client.post(f"{HERE}/giay-uy-quyen", {"trang": file})["Location"].endswith("?xong=giay")
    paper = PaperPage.objects.get().paper_id
    picture = client.get(f"{HERE}/giay-uy-quyen/{paper}/1")
    assert (picture["Content-Type"], picture["Cache-Control"]) == ("image/jpeg", "no-store, private")
    assert desk("auditor").get(f"{HERE}/giay-uy-quyen/{paper}/1").status_code == 403
    invited(client, giay=paper)
    assert Entry.objects.get().way == "counter"
    assert client.post(f"{HERE}/moi", {"giay": "7", "thay": Entry.objects.get().id}).status_code == 409


def test_what_is_no_scan_is_told_on_the_page() -> None:
    file = SimpleUploadedFile("giay.txt", b"no picture", "text/plain")
    answer = desk().post(f"{HERE}/giay-uy-quyen", {"trang": file})
    assert answer.status_code == 422
    assert "không phải ảnh hay PDF" in text_of(answer.content)


def test_a_role_ends_at_once_with_a_reason_and_so_do_all() -> None:
    held = [make_hr(name, (SAO_MAI, Role.ADMINISTRATOR), now=NOW) for name in ("Tuấn", "Nga")]
    for who in held:
        sessions.start(who, device="", proved_at=NOW, now=NOW)
    client, seat = desk(), Seat.objects.order_by("id")[0]
    assert "Hãy ghi lý do." in text_of(client.post(f"{HERE}/nguoi/{seat.id}/ket-thuc", {"why": " "}).content)
    done = client.post(f"{HERE}/nguoi/{seat.id}/ket-thuc", {"why": "Hết ủy quyền"})
    assert done["Location"].endswith("?xong=nguoi")
    assert not Session.objects.filter(person_id=seat.account_id).exists()
    assert client.post(f"{HERE}/ket-thuc", {"why": "Đơn vị giải thể"})["Location"].endswith("?xong=het")
    assert not Seat.objects.filter(ended_at=None).exists()
    assert not Session.objects.filter(person_id__in=held).exists()


def test_standing_is_noted_by_day_and_taken_back() -> None:
    client = desk("director", PROVINCE)
    wrong = client.post(f"{HERE}/tinh-trang", {"kind": "merged", "from_on": "31/11/2026", "into": "TZ0009Z"})
    assert wrong.status_code == 422
    assert 'value="31/11/2026"' in wrong.content.decode()
    typed = {"kind": "merged", "from_on": "18/11/2026", "into": "tz0002a", "basis": "QĐ 12/2026"}
    assert client.post(f"{HERE}/tinh-trang", typed)["Location"].endswith("?xong=tinh-trang")
    page = text_of(client.get(HERE).content)
    assert "Sáp nhập vào đơn vị khác" in page
    assert "Mời bằng thư" not in page
    note = Standing.objects.get()
    assert client.post(f"{HERE}/tinh-trang/{note.id}/bo")["Location"].endswith("?xong=bo")
    assert "Mời bằng thư" in text_of(client.get(HERE).content)
