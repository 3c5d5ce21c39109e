"""An employer of 800 workers, from the letter to the office's report: HR, two workers, the counter and the
director each in a browser of their own; what the machine room does is called by the test.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any
from unittest.mock import patch

import pytest
from django.utils import timezone
from playwright.sync_api import Expect
from pypdf import PdfReader

from tests.browser.keeping.kept import new_context
from tests.browser.officer import scanner
from tests.browser.waiting import until
from tests.making import registrations, roll_out, sms
from tests.making.registrations import BINH, keep_photo, make_application, make_officer_account
from tests.making.staff import OWN_PASSWORD, session_of
from vssid.domain.accounts.factors import totp
from vssid.domain.accounts.factors.authenticator_apps import secret_of
from vssid.domain.accounts.models.factors import AuthenticatorApp
from vssid.domain.employers.campaigns.tests import campaigns_made
from vssid.domain.employers.corrections import answering
from vssid.domain.employers.invitations import hours, sending
from vssid.domain.employers.invitations.rules import Channel
from vssid.domain.employers.models import Correction, Invitation, InvitationRound, OwnFile
from vssid.domain.employers.own_file import working
from vssid.domain.identity.kinds import OF_AN_ID
from vssid.domain.identity.verdicts import Verdict
from vssid.domain.participants.models.people import Person
from vssid.domain.registration import actions
from vssid.domain.registration.models import Application, HandoverList
from vssid.domain.reports import counting
from vssid.kernel.actor import Actor, ActorKind

from . import eight_hundred
from .eight_hundred import CODE, MANY, NAME, REGISTERING, WITH_PHONE, worker

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.django_db(transaction=True)]
IN_BROWSER = 2  # so many workers register, and are approved, in the browser
# Each heading stands above its column.
IN_COLUMNS = """() => {
  const edges = (row) => [...row.cells].map((cell) => Math.round(cell.getBoundingClientRect().left));
  const rows = document.querySelector("table").rows;
  return String(edges(rows[0])) === String(edges(rows[1]));
}"""
DESK = {"width": 1280, "height": 900}
Open = Callable[[], Any]
expect = Expect()
expect.set_options(timeout=30_000)  # of this long way a busy machine may take longer over a step


@pytest.fixture
def opened(chromium: Any, live_server: Any) -> Open:
    """A page of a browser of its own."""

    def page() -> Any:
        made = new_context(chromium, live_server.url, service_workers="block").new_page()
        made.set_viewport_size(DESK)
        return made

    return page


@pytest.fixture(autouse=True)
def clean_photos(monkeypatch: pytest.MonkeyPatch) -> None:
    """The photos of these workers have nothing that speaks against them."""
    looked = registrations.looked_at
    monkeypatch.setattr(registrations, "looked_at", lambda kind: replace(looked(kind), verdict=Verdict()))


def press(page: Any, name: str | re.Pattern[str]) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def heading(page: Any, text: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def figures(page: Any, words: str) -> dict[str, str]:
    """The figures that a page tells, by what they are called."""
    read = "(all) => all.map((one) => [one.querySelector('dt').innerText, one.querySelector('dd').innerText])"
    return dict(page.locator(f"dl.{words} > div").evaluate_all(read))


def funnel(hr: Any) -> list[str]:
    """How many workers HR reads at each step, on its first page."""
    hr.goto("/don-vi")
    return list(hr.locator("ul.steps .num").all_inner_texts())


def pdf_words(page: Any, address: str) -> str:
    answer = page.request.get(address)
    assert answer.status == 200
    return " ".join(" ".join(one.extract_text() for one in PdfReader(BytesIO(answer.body())).pages).split())


def test_an_employer_of_eight_hundred_from_the_letter_to_the_offices_report(
    opened: Open, live_server: Any, little_work: None
) -> None:
    eight_hundred.make_employer(timezone.now())
    campaign = campaigns_made.make_one_of_each(timezone.now())["campaign"]
    hr, office = opened(), opened()
    comes_in(hr, campaigns_made.codes_of(campaign)[CODE])
    assert funnel(hr) == [str(MANY), "0", "0", "0", "0", "0", "0"]
    hands_in_its_file(hr)
    asks_the_office_to_mend(hr)
    invites_everybody(hr)
    assert funnel(hr) == ["0", str(MANY), "0", "0", "0", "0", "0"]
    for number in range(1, IN_BROWSER + 1):
        registers(opened(), number)
    others_register()
    assert funnel(hr) == ["0", str(MANY - REGISTERING), "0", str(REGISTERING), "0", "0", "0"]
    minh = make_officer_account("minh", roll_out.FIRST)
    enter(office, minh, live_server)
    brings_one_list(hr, office)
    assert funnel(hr) == ["0", str(MANY - REGISTERING), "0", "2", str(REGISTERING - 2), "0", "0"]
    approves(office, minh)
    assert funnel(hr) == ["0", str(MANY - REGISTERING), "0", "2", "0", str(REGISTERING - 2), "0"]
    enter(office, make_officer_account("hoa", roll_out.PROVINCE, "Hoa", "director"), live_server)
    the_office_reports_what_was_done(office, campaign)


def enter(page: Any, person_id: int, live_server: Any) -> None:
    """Somebody of the office signs in; whoever was there before is gone."""
    session = {"name": "vssid-session", "value": session_of(person_id), "url": live_server.url}
    page.context.add_cookies([session])


def comes_in(hr: Any, code: str) -> None:
    """The first person of HR, by the code printed in the letter."""
    hr.goto("/don-vi/vao")
    hr.get_by_label("Mã đơn vị").fill(CODE)
    hr.get_by_label("Mã mời").fill(code)
    press(hr, "Tiếp tục")
    heading(hr, NAME)
    hr.get_by_label("Họ và tên của bạn").fill("Trần Tuấn")
    hr.get_by_label("Tên đăng nhập tự chọn").fill("tuan.tamtram")
    hr.get_by_label("Mật khẩu", exact=True).fill(OWN_PASSWORD)
    hr.get_by_label("Nhập lại mật khẩu").fill(OWN_PASSWORD)
    press(hr, "Lập tài khoản")
    heading(hr, "Thêm ứng dụng xác thực")
    secret = secret_of(AuthenticatorApp.objects.get())
    hr.locator("#id_code").fill(totp.code_at(secret, totp.step_of(timezone.now())))
    press(hr, "Xác nhận")
    heading(hr, "Mã dự phòng")
    hr.get_by_text("Tôi đã in hoặc chép lại").click()
    press(hr, "Xong, vào trang của đơn vị")
    heading(hr, NAME)


def hands_in_its_file(hr: Any) -> None:
    """800 rows are read and shown before anything is taken; then the four differences stand."""
    hr.goto("/don-vi/tep")
    file = {"name": "nhan-su.csv", "mimeType": "text/csv", "buffer": eight_hundred.own_file()}
    hr.locator("input[type=file]").set_input_files(file)
    press(hr, "Gửi và xem trước")
    hr.wait_for_url(re.compile(r"/don-vi/tep/\d+$"))
    working.work(OwnFile.objects.get().id, now=timezone.now())
    until(hr, "() => document.querySelector('dl.figures') !== null")  # the page looks again by itself
    read = figures(hr, "figures")
    assert (read["Dòng trong tệp"], read["Người có thông tin mới"]) == (str(MANY), str(MANY - 1))
    assert read["Dòng bị từ chối"] == "0"
    press(hr, "Dùng tệp này")
    heading(hr, "Đối chiếu số liệu")
    told = dict(
        hr.locator("ul.steps a").evaluate_all(
            "(all) => all.map((one) => [one.href.split('loai=')[1], one.querySelector('.num').innerText])"
        )
    )
    kinds = ("name", "birth_date", "not_insured", "missing")
    assert {kind: many for kind, many in told.items() if many != "0"} == dict.fromkeys(kinds, "1")


def asks_the_office_to_mend(hr: Any) -> None:
    """The name goes to the office, which says why its own stays, and HR reads it where it asked."""
    hr.goto("/don-vi/doi-chieu?loai=name")
    expect(hr.locator("table").get_by_text(f"{worker(MANY - 1).full_name} Anh").first).to_be_visible()
    press(hr, "Gửi cả 1 chỗ chưa gửi loại này")
    expect(hr.get_by_text("Đã gửi cơ quan BHXH 1 chỗ khác nhau.")).to_be_visible()
    asked, thu = Correction.objects.get(), Actor(ActorKind.OFFICER, 501, "Thu", roll_out.FIRST, "director")
    answering.keep(asked.id, ["papers_agree"], "", by=thu, now=timezone.now())
    hr.goto("/don-vi/doi-chieu?loai=name")
    expect(hr.locator("tbody")).to_contain_text(asked.number)
    expect(hr.locator("tbody")).to_contain_text("Thu")


def invites_everybody(hr: Any) -> None:
    """Whose phone HR knows gets a text, the others a slip."""
    left = MANY - WITH_PHONE
    many = chosen(hr, "", "Tin nhắn", f"Tin nhắn: {WITH_PHONE} người sẽ được mời")
    expect(hr.locator("main")).to_contain_text(f"{left} đơn vị chưa ghi số điện thoại")
    assert sent(hr) == {"Được mời": many, "Đã gửi": many}
    many = chosen(hr, "?buoc=0", "Phiếu in", f"Phiếu in: {left} người sẽ được mời")
    assert sent(hr) == {"Được mời": many, "Có phiếu": many}


def chosen(hr: Any, which: str, channel: str, told: str) -> str:
    """All that fit are chosen, and seen before they are invited; how many."""
    hr.goto(f"/don-vi/nguoi-lao-dong{which}")
    hr.locator("#tat-ca").check()
    press(hr, channel)
    expect(hr.get_by_role("heading", level=2, name=told)).to_be_visible()
    return re.sub(r"\D", "", told)


def sent(hr: Any) -> dict[str, str]:
    """The round goes out; what its page says."""
    press(hr, "Mời")
    heading(hr, re.compile("Đợt mời"))
    made = InvitationRound.objects.latest("id")
    # At night texts wait for the morning; the job comes then.
    sending.work(made.id, now=hours.leaves_at(Channel(made.channel), timezone.now()))
    hr.reload()
    return dict([*figures(hr, "figures").items()][:2])


def registers(phone: Any, number: int) -> None:
    """A worker, from the code in the text to the sent application; what HR gave stands filled in."""
    who = worker(number)
    person_id = Person.objects.get(bhxh_code=who.bhxh_code).person_id
    code = re.search(r"\b\w{4}-\w{4}-\w{4}\b", sms.texts_to(person_id, sending.SMS)[-1])
    assert code is not None
    phone.goto("/moi")
    phone.locator("#id_code").fill(code.group())
    press(phone, "Tiếp tục")
    heading(phone, "Đơn vị mời bạn đăng ký tài khoản")
    phone.locator("#id_birth_date").fill(f"{who.birth_date:%d/%m/%Y}")
    press(phone, "Tiếp tục")
    heading(phone, "Đã điền sẵn cho bạn")
    press(phone, "Bắt đầu đăng ký")
    heading(phone, "Thông tin của bạn")
    expect(phone.locator("#id_full_name")).to_have_value(who.full_name)
    phone.get_by_label("Nữ", exact=True).check()
    phone.locator("#id_id_number").fill(who.id_number)
    phone.locator("#id_issued_on").fill(f"{who.issued_on:%d/%m/%Y}")
    press(phone, "Tiếp tục")
    heading(phone, "Liên hệ")
    assert re.sub(r"\D", "", phone.locator("#id_phone").input_value()) == f"0{who.phone[3:]}"
    phone.locator("#id_province_code").select_option("31")
    expect(phone.locator("#id_commune_code option[value='11311']")).to_have_count(1)
    phone.locator("#id_commune_code").select_option("11311")
    phone.locator("#id_street").fill("Số 12, ngõ 45")
    press(phone, "Tiếp tục")
    heading(phone, "Ảnh mặt trước CCCD, Căn cước")
    sends(phone, person_id)


def sends(phone: Any, person_id: int) -> None:
    """The photos are there; the worker lets the employer print, and sends by the code on the phone."""
    draft = Invitation.objects.get(person_id=person_id).used_by
    assert draft is not None
    for kind in sorted(OF_AN_ID):
        keep_photo(draft, kind, now=timezone.now())
    phone.goto("/dang-ky/anh")
    phone.get_by_role("link", name="Tiếp tục", exact=True).click()
    heading(phone, "Nộp tờ khai ở đâu")
    expect(phone.locator(f"#id_office_{roll_out.FIRST}")).to_be_checked()
    press(phone, "Tiếp tục")
    heading(phone, "Xem lại trước khi gửi")
    phone.locator("#id_commitment").check()
    phone.locator("#id_employer_prints").check()
    press(phone, "Nhận mã xác nhận")
    heading(phone, "Nhập mã xác nhận")
    phone.locator("#id_code").fill(sms.last_code(draft))
    press(phone, "Xác nhận và gửi hồ sơ")
    heading(phone, re.compile(r"Hồ sơ\s+\d{5}/\d{4}/03101"))


def others_register() -> None:
    for number in range(IN_BROWSER + 1, REGISTERING + 1):
        with patch.object(registrations, "ADDRESS", f"203.0.113.{number}"):
            make_application(worker(number), now=timezone.now(), employer_prints=True)
    counting.recount(timezone.now())


def brings_one_list(hr: Any, office: Any) -> None:
    """Of fifty forms one is missing and one unsigned, and one of somebody else lies between."""
    foreign = Application.objects.get(id=make_application(BINH, now=timezone.now())).number
    hr.goto("/don-vi/bang-ke")
    expect(hr.locator("main")).to_contain_text(f"{REGISTERING} tờ khai")
    hr.get_by_role("link", name="Lập bảng kê").click()
    heading(hr, "Lập bảng kê")
    assert hr.evaluate(IN_COLUMNS)
    press(hr, "Lập bảng kê")
    hr.wait_for_url(re.compile(r"/don-vi/bang-ke/\d+$"))
    made = HandoverList.objects.get()
    numbers = [line.number for line in made.lines.order_by("position")]
    missing, unsigned, *signed = reversed(numbers)
    paper = pdf_words(hr, f"/don-vi/bang-ke/{made.id}/bang-ke.pdf")
    assert [number for number in (made.number, *numbers) if number not in paper] == []
    office.goto("/can-bo/nhan-to-khai")
    office.locator("#id_ma").fill(made.number)
    office.keyboard.press("Enter")
    office.wait_for_url(f"**/can-bo/bang-ke/{made.id}")
    office.wait_for_load_state("load")
    expect(office.locator("main")).to_contain_text(NAME)
    for number in (*signed, foreign):
        scanner.scan(office, number)
    until(office, "(many) => document.querySelectorAll('[data-pile-news] li').length === many", 49)
    office.locator("[data-pile-once]").check()
    scanner.scan(office, unsigned)
    until(office, "() => document.querySelector('[data-pile-missing]').innerText === '1'")
    assert office.locator("[data-listed]").all_inner_texts() == [missing]
    press(office, "Kết thúc bảng kê")
    expect(office.get_by_text("Bảng kê đã kết thúc")).to_be_visible()
    both_sides_read_it(hr, office, made.id, {missing, unsigned, foreign})


def both_sides_read_it(hr: Any, office: Any, list_id: int, differing: set[str]) -> None:
    told = f"{REGISTERING - 2} trong {REGISTERING}"
    hr.goto(f"/don-vi/bang-ke/{list_id}")
    expect(hr.locator("main")).to_contain_text(f"Cơ quan có {told} tờ khai của bảng kê.")
    rows = hr.locator("section[aria-labelledby=khac] tbody th").all_inner_texts()
    assert set(rows) == differing
    for page, address in ((hr, "don-vi/bang-ke"), (office, "can-bo/bang-ke")):
        words = pdf_words(page, f"/{address}/{list_id}/bien-nhan.pdf")
        assert told in words
        assert [number for number in differing if number not in words] == []
    counting.recount(timezone.now())


def approves(office: Any, minh: int) -> None:
    """The first by keyboard, the original in the hand; the others by what these keys do."""
    waiting = Application.objects.filter(state="received").exclude(bhxh_code=BINH.bhxh_code)
    rows = list(waiting.order_by("submitted_at"))
    assert len(rows) == REGISTERING - 2
    for row in rows[:IN_BROWSER]:
        office.goto("/can-bo")
        office.wait_for_load_state("load")
        scanner.scan(office, row.number)
        office.wait_for_url("**/can-bo/ho-so/*")
        office.wait_for_load_state("load")
        office.keyboard.press("2")
        expect(office.get_by_text("Đã ghi nhận đối chiếu bản chính.")).to_be_visible()
        office.keyboard.press("d")
        expect(office.get_by_role("heading", name="Kết quả")).to_be_visible()
    by = Actor(ActorKind.OFFICER, minh, "Minh", roll_out.FIRST, "reviewer")
    for row in rows[IN_BROWSER:]:
        actions.see_original(row.id, by=by, now=timezone.now())
        assert actions.approve(row.id, by=by, now=timezone.now())
    counting.recount(timezone.now())


def the_office_reports_what_was_done(office: Any, campaign: int) -> None:
    """The weekly report and the campaign say the same figures."""
    office.goto("/can-bo/bao-cao/tien-do")
    cells = office.locator("tbody tr", has_text=CODE).locator("th, td").all_inner_texts()
    approved = REGISTERING - 2
    assert cells[1:8] == [CODE, NAME, str(MANY), str(REGISTERING), str(approved), "2", "6,0"]
    office.goto(f"/can-bo/chien-dich/{campaign}")
    told = figures(office, "tally")
    assert (told["Người lao động"], told["Đã gửi tờ khai"], told["Đã duyệt"]) == (
        str(MANY),
        str(REGISTERING),
        str(approved),
    )
    assert told["Số đơn vị"] == "1"
    assert told["Đã vào"].startswith("1 ")
