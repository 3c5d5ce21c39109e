"""Every page of the site in Chromium, in Vietnamese and English, looked at from all sides (visit.py)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.architecture.urls import routes
from tests.browser.pages import (
    ACTIVATING,
    AUDIT,
    CITIZEN,
    CLOSELY,
    DATA,
    DRAFTING,
    FAMILY,
    HOLDING,
    HR,
    NOT_PAGES,
    ONE_FOR_ALL,
    OTHER_TABS,
    PAGES,
    REQUESTING,
    TICKETS,
    TWO_COLUMNS,
    VISITOR,
    WITH_PICTURES,
)
from tests.browser.visit import Visit
from tests.making import employers as hr_makers
from tests.making import employers_hr, roll_out
from tests.making.employers_of_the_register import SMALL, STOPPED, UNCOUNTED, make_employers
from tests.making.families import CHILD, GIA, add_child_coverage, make_link, make_member, make_request
from tests.making.families import make_draft as make_family_draft
from tests.making.places_of_the_directory import make_change, make_point
from tests.making.registrations import (
    HONG_BANG,
    LAN,
    make_application,
    make_draft,
    make_office,
    make_officer,
    make_officer_account,
    make_person,
    make_upload,
    plain_photo,
)
from tests.making.requests_of_people import accepted, make_facilities, make_request_draft
from tests.making.sms import last_code
from tests.making.staff import OWN_PASSWORD, session_of
from tests.making.trials import RESULTS, make_case, make_result
from vssid.domain.accounts import actions as accounts
from vssid.domain.accounts import staff
from vssid.domain.accounts.models.accounts import Account, Session
from vssid.domain.accounts.sign_in import sessions
from vssid.domain.directory import index
from vssid.domain.employers.days import times
from vssid.domain.employers.days.tests import made as days
from vssid.domain.employers.entries import actions as entries
from vssid.domain.employers.handing_in import printing
from vssid.domain.employers.handing_in.tests import sent as handing_in
from vssid.domain.employers.invitations.rules import Channel
from vssid.domain.employers.invitations.tests import invited
from vssid.domain.employers.models import Booking
from vssid.domain.employers.seats.roles import Role as HrRole
from vssid.domain.imports import actions as imports
from vssid.domain.imports.registry import importer
from vssid.domain.imports.uploads import loading
from vssid.domain.notifications.inbox import notices
from vssid.domain.oversight.models import Alert
from vssid.domain.procedures import actions as requests
from vssid.domain.procedures import drafts
from vssid.domain.procedures.definition.shapes import Kind
from vssid.domain.registration.draft import holders
from vssid.domain.registration.handover import lists as handovers
from vssid.domain.registration.models import Application
from vssid.domain.support.employers import conversation
from vssid.domain.support.notes import written
from vssid.domain.support.tests import desk as support
from vssid.kernel.actor import SYSTEM, Actor, ActorKind
from vssid.kernel.calendar import local_day
from vssid.kernel.ids import Phone
from vssid.web.citizen.tests import cast, records

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_two_lists_are_the_whole_url_tree():
    paths = {route.path for route in routes()}
    assert paths == PAGES.keys() | NOT_PAGES
    assert not PAGES.keys() & NOT_PAGES


def test_what_is_asked_of_some_pages_is_asked_of_pages_that_are_looked_at():
    looked_at = {*PAGES.values(), *OTHER_TABS}
    assert looked_at >= CLOSELY >= TWO_COLUMNS
    assert all(any(page.startswith(begin) for page in looked_at) for begin in (*ONE_FOR_ALL, *WITH_PICTURES))


@pytest.fixture
def visit(sight: Any, live_server: Any, settings: Any) -> Visit:
    settings.DEMO = True
    return Visit(sight, live_server.url)


def test_pages_for_everybody(visit):
    make_officer_account()
    make_facilities()
    make_point()
    make_employers()
    index.refresh()
    for address in VISITOR.values():
        visit.open(address)
    visit.forget_titles()
    visit.open("/tro-giup?q=password")
    for code in (SMALL, STOPPED, UNCOUNTED):
        visit.open(f"/tra-cuu/don-vi/{code}")
    visit.forget_titles()
    for asked in ("", "?q=xyzxyz", "?q=hoa+phuong"):
        visit.open(f"/tra-cuu/don-vi{asked}")
        visit.forget_titles()


def test_the_page_of_an_unknown_address(visit):
    def lost() -> None:
        assert visit.page.goto("/khong-co-trang-nay").status == 404

    visit.reach("404", lost)


def test_pages_of_a_draft(visit):
    make_person(LAN, full_name="Nguyễn Thị Lam")
    visit.cookie("vssid-draft", make_draft(now=timezone.now()))
    for address in DRAFTING.values():
        visit.open(address)


def test_pages_of_a_sent_file(visit):
    now = timezone.now()
    visit.cookie("vssid-draft", holders.grant(make_application(now=now), now=now, proved=Phone(LAN.phone)))
    for address in HOLDING.values():
        visit.open(address)


def fill_in(page: Any, **values: str) -> None:
    for name, value in values.items():
        page.locator(f"main [name={name}]").fill(value)
    page.locator("main form .btn").first.click()


def test_pages_that_answer_a_question(visit):
    now = timezone.now()
    application_id = make_application(now=now)
    number = Application.objects.get(id=application_id).number
    page = visit.page

    def look_up() -> None:
        page.goto("/dang-ky/tra-cuu")
        fill_in(page, number=number, phone=Phone(LAN.phone).national())
        page.wait_for_url("**/tra-cuu/ket-qua")

    def ask_for_a_code() -> None:
        page.goto("/dang-ky/tra-cuu/ket-qua")
        page.locator("main form[action$='/mo'] button").click()
        page.wait_for_url("**/tra-cuu/ma")

    def resume() -> None:
        page.goto("/dang-ky/tiep-tuc")
        fill_in(page, phone="0987 654 321", bhxh_code="0000000009")
        page.wait_for_url("**/tiep-tuc/ma")

    visit.reach("look-up result", look_up)
    visit.reach("look-up code", ask_for_a_code)
    assert last_code(application_id)
    visit.reach("resume code", resume)


def test_pages_of_an_invitation(visit):
    lan = invited.make_workers().lan
    invited.invite(lan, now=timezone.now())
    address = f"/moi/{invited.code_of(lan)}"

    def prove() -> None:
        visit.page.goto(address)
        fill_in(visit.page, birth_date=f"{LAN.birth_date:%d/%m/%Y}")
        visit.page.wait_for_url("**/theo-loi-moi")

    visit.open(address)
    visit.reach("what an invitation fills in", prove)


def test_the_page_of_the_first_password(visit):
    person_id, activation = cast.make_activating()
    assert person_id
    visit.cookie("vssid-session", token(cast.LAN, activation, "citizen"))
    for address in ACTIVATING.values():
        visit.open(address)


def token(name: str, password: str, kind: str) -> str:
    return accounts.sign_in(
        name, password, kind=kind, address="127.0.0.1", device="", now=timezone.now()
    ).token


def test_pages_of_a_citizen(visit):
    person_id = cast.make_worker()
    records.make_records(person_id)
    visit.cookie("vssid-session", token(cast.LAN, cast.PASSWORD, "citizen"))
    notice_id = notices.notify(person_id, "test", now=timezone.now())
    for address in CITIZEN.values():
        visit.open(address.replace("{notice}", str(notice_id)))
    visit.forget_titles()
    for address in OTHER_TABS:
        visit.open(address)


def test_pages_of_somebody_who_asks_for_something(visit):
    now = timezone.now()
    person_id, sent, officer = accepted(now=now)
    requests.ask_more(person_id, sent, reasons=["other"], text="Mất ở đâu?", by=officer, now=now)
    proof = {"what": ["full_name", "address"], "full_name": "Nguyễn Thị Lân", "province_code": "31"}
    make_request_draft(person_id, Kind.DATA_CHANGE, now=now, **proof, commune_code="11311", street="Số 9")
    drafts.start(person_id, Kind.FACILITY_CHANGE, now=now)
    cast.make_citizen(LAN.bhxh_code, person_id=person_id)
    visit.cookie("vssid-session", token(LAN.bhxh_code, cast.PASSWORD, "citizen"))
    for address in REQUESTING.values():
        visit.open(address.format(sent=sent))
    for step in ("doi-thong-tin/doi-gi", "doi-thong-tin/gia-tri-moi", "doi-thong-tin/dia-chi-moi"):
        visit.open(f"/dich-vu-cong/{step}")
    visit.open("/dich-vu-cong/doi-noi-kham/co-so?q=mau")

    def go_on_without() -> None:
        visit.page.goto("/dich-vu-cong/doi-noi-kham/co-so?q=mau")
        visit.page.locator("#buoc .actions .btn").first.click()
        visit.page.locator(".summary").wait_for()

    visit.reach("a step that lacks its answer", go_on_without)


def test_pages_of_messages_to_an_office(visit):
    make_office()
    for address in ("/tro-giup/tin-nhan", "/tro-giup/tin-nhan/moi"):
        visit.open(address)
    page = visit.page

    def send_nothing() -> None:
        page.goto("/tro-giup/tin-nhan/moi")
        page.locator("main form .btn").first.click()
        page.locator(".summary").wait_for()

    def send() -> None:
        page.goto("/tro-giup/tin-nhan/moi")
        page.locator("[name=topic]").select_option("card")
        page.locator("[name=office_code]").select_option(HONG_BANG)
        fill_in(page, full_name="Lan", phone="0912 345 678", text="Xin hỏi")
        page.wait_for_url("**/tin-nhan/ma")

    visit.reach("errors of a new message", send_nothing)
    visit.reach("code of a message", send)
    person_id = cast.make_worker()
    ticket = support.make_ticket(person_id, now=timezone.now(), photo=plain_photo())
    visit.cookie("vssid-session", token(cast.LAN, cast.PASSWORD, "citizen"))
    visit.forget_titles()
    for address in filter(None, TICKETS.values()):
        visit.open(address.format(ticket=ticket))


def test_pages_of_a_family(visit):
    now = timezone.now()
    guardian = cast.make_worker()
    make_member(cast.WORKER)
    _guardian, link_id = make_link(guardian, now=now)
    add_child_coverage()
    _guardian, request_id = make_request(guardian, GIA, now=now)
    make_family_draft(guardian, CHILD, now=now)
    visit.cookie("vssid-session", token(cast.LAN, cast.PASSWORD, "citizen"))
    for address in FAMILY.values():
        visit.open(address.format(link=link_id, request=request_id))
    visit.forget_titles()
    visit.open("/")
    visit.open("/the")


def test_pages_of_an_officer(visit):
    application_id = make_application(now=timezone.now())
    officer = make_officer_account()
    visit.cookie("vssid-session", session_of(officer))
    visit.open("/can-bo")
    visit.open("/can-bo/ho-so")
    visit.open("/can-bo/giao-viec")
    handover = handovers.make("00099/2026/03101", by=make_officer(), now=timezone.now())
    visit.open("/can-bo/bang-ke")
    visit.open(f"/can-bo/bang-ke/{handover}")
    visit.open("/can-bo/tai-khoan")
    visit.open("/can-bo/nhan-to-khai")
    visit.open(f"/can-bo/ho-so/{application_id}")
    make_result(officer, 1, "other_reason")
    visit.open("/can-bo/ket-qua-cua-toi")
    visit.open(f"/can-bo/ho-so-co-dap-an/{RESULTS + 1}")

    def find() -> None:
        visit.page.goto("/can-bo")
        visit.page.locator("[data-scan]").fill("lan")
        visit.page.locator("[data-scan]").press("Enter")
        visit.page.wait_for_url("**/can-bo/tim")

    visit.reach("found", find)
    visit.open("/can-bo/tin-nhan")
    ticket = support.make_ticket(cast.make_citizen(), now=timezone.now(), photo=plain_photo())
    visit.open(f"/can-bo/tin-nhan/{ticket}")
    visit.forget_titles()
    visit.open("/can-bo/tin-nhan")
    visit.open("/can-bo/ho-so?xem=da-xong")
    assert HONG_BANG in Application.objects.get().number


def test_pages_of_a_member_of_staff_who_is_not_in_yet(visit):
    make_office()
    now = timezone.now()
    new = staff.create("thao", display_name="Thảo", office_code=HONG_BANG, by=SYSTEM, now=now).person_id
    visit.cookie("vssid-session", sessions.start(new, device="", proved_at=None, now=now))
    visit.open("/can-bo/mat-khau-moi")
    Account.objects.filter(person_id=new).update(activation_expires_at=None)
    visit.open("/can-bo/xac-thuc/ung-dung")
    make_officer_account()

    def prove_the_password() -> None:
        visit.page.goto("/can-bo/dang-nhap")
        visit.page.locator("#id_username").fill("minh")
        visit.page.locator("#id_password").fill(OWN_PASSWORD)
        visit.page.locator("main form .btn.full").first.click()
        visit.page.wait_for_url("**/buoc-hai*")

    visit.forget_titles()
    visit.reach("second step", prove_the_password)

    def ask_an_administrator() -> None:
        prove_the_password()
        visit.page.locator("main form[action$='/nho-quan-tri'] button").click()
        visit.page.wait_for_url("**/cho-quan-tri")

    visit.reach("word asked for", ask_an_administrator)
    visit.cookie("vssid-session", session_of(make_officer_account("thuy", name="Thuy", role="administrator")))
    visit.open("/can-bo/nhan-su/xac-thuc")

    def reset() -> None:
        visit.page.goto("/can-bo/nhan-su/xac-thuc")
        visit.page.locator("#username").fill("minh")
        visit.page.locator("form[action$='/cap-lai'] button").click()
        visit.page.wait_for_url("**/cap-lai")

    visit.reach("activation code", reset)


def test_pages_of_an_employer(visit):
    now = timezone.now()
    hr_makers.make_employers()
    both = hr_makers.make_hr(
        "Trần Tuấn", (hr_makers.SAO_MAI, HrRole.ADMINISTRATOR), (hr_makers.BIEN_XANH, HrRole.READER), now=now
    )
    hr_makers.make_hr("Nguyễn Lan", (hr_makers.SAO_MAI, HrRole.CLERK), now=now)
    employers_hr.make_named(901, "Nguyễn Thị Lan", employer=hr_makers.SAO_MAI)
    employers_hr.make_named(902, "Đỗ Văn An", employer=hr_makers.SAO_MAI)
    employers_hr.owe(901, 902, wage=10_000_000)
    employers_hr.come_in(1)
    taken = employers_hr.take(
        employers_hr.table("Nguyễn Thị Lam,01/01/1990,0000000901,,,,May 2,1"), employer=hr_makers.SAO_MAI
    )
    listed, waits = (handing_in.make_sent(who, now=now) for who in (LAN, handing_in.AN))
    list_id = handing_in.make_list(listed, now=now)
    assert waits
    run_id = printing.ask(hr_makers.SAO_MAI, by=handing_in.HR, now=now)
    day = days.make_day(make_officer(), on=local_day(now) + timedelta(days=2))
    Booking.objects.create(day=day, person_id=901, starts_at=times.of_day(day)[0], booked_at=now)
    asked = conversation.send(
        written("Tháng 11 ghi thiếu.", "a"),
        topic="participation",
        office_code=roll_out.FIRST,
        by=Actor(ActorKind.EMPLOYER, both, "Trần Tuấn", employer=hr_makers.SAO_MAI),
        now=now,
    )
    visit.cookie("vssid-session", session_of(both))
    for address in filter(
        None,
        (
            *HR.values(),
            f"/don-vi/tep/{taken}",
            f"/don-vi/bang-ke/{list_id}",
            f"/don-vi/to-khai/{run_id}",
            f"/don-vi/hoi/{asked}",
            f"/don-vi/ngay-dang-ky/{day.id}",
        ),
    ):
        visit.open(address)
    visit.open(f"/don-vi/moi/{invited.invite(901, channel=Channel.SLIP, now=now)}")

    def choose() -> None:
        visit.page.goto("/don-vi/nguoi-lao-dong")
        visit.page.locator("[name=nguoi]").first.check()
        visit.page.locator("#moi [name=kenh]").last.click()
        visit.page.locator("[name=buoc-moi]").wait_for()

    visit.reach("whom an invitation reaches", choose)
    code = entries.invite(hr_makers.BIEN_XANH, by=SYSTEM, now=now).code
    visit.cookie("vssid-session", "")

    def show_the_code() -> None:
        visit.page.goto("/don-vi/vao")
        visit.page.locator("#id_employer").fill(hr_makers.BIEN_XANH)
        visit.page.locator("#id_code").fill(code)
        visit.page.locator("main form .btn.full").click()
        visit.page.locator("#id_username").wait_for()

    visit.reach("the first person of an employer", show_the_code)


def test_pages_of_an_officers_factors_and_sessions(visit):
    now = timezone.now()
    officer, long_ago = make_officer_account(), now - timedelta(minutes=10)
    visit.cookie("vssid-session", sessions.start(officer, device="", proved_at=long_ago, now=now))
    session_of(officer)
    visit.open("/can-bo/xac-thuc")
    visit.open("/can-bo/phien")
    visit.open("/can-bo/e-mail")

    def make_codes() -> None:
        visit.page.goto("/can-bo/xac-thuc")
        visit.page.locator("form[action$='/ma-du-phong'] button").click()
        visit.page.wait_for_url("**/ma-du-phong")

    visit.reach("asked again", make_codes)
    Session.objects.update(proved_at=now)
    visit.reach("recovery codes", make_codes)


def test_pages_of_an_officer_who_decides_on_requests(visit):
    officer = make_officer_account()
    visit.cookie("vssid-session", session_of(officer))
    visit.open("/can-bo/dich-vu")
    person_id, request_id, _officer = accepted(now=timezone.now(), reason="damaged")
    visit.forget_titles()
    visit.open("/can-bo/dich-vu")
    visit.open(f"/can-bo/dich-vu/{person_id}/{request_id}")
    visit.forget_titles()

    def open_forms() -> None:
        visit.page.goto(f"/can-bo/dich-vu/{person_id}/{request_id}")
        for key in ("b", "t"):
            visit.page.keyboard.press("Escape")
            visit.page.keyboard.press(key)

    visit.reach("decision with its forms open", open_forms)


def test_pages_of_an_officer_for_families(visit):
    officer = make_officer_account()
    guardian, request_id = make_request(now=timezone.now())
    visit.cookie("vssid-session", session_of(officer))
    visit.open("/can-bo/gia-dinh")
    visit.open(f"/can-bo/gia-dinh/{guardian}/{request_id}")


def test_pages_of_who_reads_the_log(visit):
    director = make_officer_account("dinh", name="Minh", role="director")
    visit.cookie("vssid-session", session_of(director))
    visit.reach("no alerts yet", lambda: visit.page.goto("/can-bo/nhat-ky/canh-bao"))
    visit.forget_titles()
    make_application(now=timezone.now())
    alert = Alert.objects.create(
        rule="out_of_hours", day=date(2026, 11, 22), actor_id=director + 1, actor_name="Nguyễn Văn Minh",
        office=HONG_BANG, count=12, made_at=timezone.now(),
    )  # fmt: skip
    make_case()
    make_result(director + 1, 1, "wrongly_approved")
    for address in AUDIT.values():
        visit.open(address.format(alert=alert.id, decider=director + 1))

    def ask_wrongly() -> None:
        visit.page.goto("/can-bo/nhat-ky")
        visit.page.locator("#id_until").fill("01/01/2020")
        visit.page.locator("form.sheet-form button.btn").click()
        visit.page.locator(".summary").wait_for()

    visit.forget_titles()
    visit.reach("a search that cannot be", ask_wrongly)


def test_pages_of_a_data_officer(visit, tmp_path):
    officer = make_officer_account("quang", name="Quang", role="data")
    visit.cookie("vssid-session", session_of(officer))
    visit.reach("no uploads yet", lambda: visit.page.goto("/can-bo/nhap-lieu"))
    wrong = "code,name\nTZ0001A,Một\nsai,Hai\nTZ0003A,\n"
    done = make_upload(wrong)
    loading.work(done, clock=timezone.now)
    visit.open(f"/can-bo/nhap-lieu/{done}")
    visit.page.goto(f"/can-bo/nhap-lieu/{done}")
    visit.page.get_by_role("button", name="Xác nhận và nạp").click()
    loading.work(done, clock=timezone.now)
    path = tmp_path / "lenh.csv"
    path.write_text(wrong, encoding="utf-8")
    run = imports.run(importer("employers"), path, by=SYSTEM, now=timezone.now(), sender="demo").run_id
    visit.forget_titles()
    make_office()
    make_point()
    index.refresh()
    make_change()
    visit.open("/can-bo/danh-ba?loai=thay-doi")
    for address in DATA.values():
        visit.open(address.format(waiting=make_upload(), run=run))
    visit.forget_titles()
    visit.open(f"/can-bo/nhap-lieu/{done}")
    page = visit.page

    def upload_nothing() -> None:
        page.goto("/can-bo/nhap-lieu")
        page.locator("form[data-upload]").evaluate("form => { form.noValidate = true }")
        page.locator("form[data-upload] button.btn").click()
        page.locator(".summary").wait_for()

    def write_hours_wrong() -> None:
        page.goto("/can-bo/danh-ba/diem-thu/P0000001/sua")
        page.locator("#id_hours").fill("sáng")
        page.locator("form.sheet-form button.btn").click()
        page.locator(".summary").wait_for()

    visit.reach("errors of the form", upload_nothing)
    visit.reach("errors of a place", write_hours_wrong)
