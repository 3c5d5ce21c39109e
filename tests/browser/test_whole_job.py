"""The main job, whole: a person registers on a phone, an officer approves with scanner and keyboard, the
password comes through a real Kannel, the person signs in and opens the card without a network.

Every process is the real one but the phone network behind Kannel. What the canary person typed is then
looked for in the logs and the job arguments.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.axe import findings
from tests.browser.officer import scanner
from tests.browser.waiting import until
from tests.kannel.conftest import kannel, worker  # noqa: F401  (fixtures)
from tests.kannel.network import Kannel, PhoneSms, eventually
from tests.making.staff import code_now, equip
from vssid.cli.demo.cast import Registrant
from vssid.cli.demo.invented import people
from vssid.cli.demo.pictures import drawing
from vssid.cli.files import importing
from vssid.domain.accounts import staff
from vssid.domain.audit.verify import verify_chain
from vssid.kernel.actor import SYSTEM

pytestmark = [
    pytest.mark.browser,
    pytest.mark.kannel,
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
]
OWN_PASSWORD = "hoa sen trang 99"
TODAY = date(2026, 11, 18)
SHOWN = ["/the", "/qua-trinh"]  # without a network
STORED = """async (paths) =>
  (await Promise.all(paths.map((path) => caches.match(path, { cacheName: "personal-v1" })))).every(Boolean)"""
TITLES = {
    "front": "Ảnh mặt trước CCCD, Căn cước",
    "back": "Ảnh mặt sau CCCD, Căn cước",
    "portrait": "Ảnh chân dung",
}


@pytest.fixture
def registrant(transactional_db: None, tmp_path: Path) -> tuple[Registrant, dict[str, str]]:
    """Somebody of the imported province who has no account yet, with drawn 12-megapixel photos."""
    made = people.generate(tmp_path / "import", 40, 7, TODAY)
    known = importing.importers()
    for kind, path in made.files.items():
        assert importing.import_file(known[kind], path, importing.How(sender="test")).refused == 0
    registrant = next(
        each for each in made.registrants if set(each.photos.values()) == {"good"} and not each.mismatch
    )
    with ThreadPoolExecutor(1) as pool:  # the drawing process is one at a time
        pictures = drawing.start(pool, [registrant], tmp_path / "photos")[registrant.person.bhxh_code]  # type: ignore[arg-type]
        return registrant, {kind: future.result() for kind, future in pictures.items()}


@pytest.fixture
def desk(chromium: Any, live_server: Any) -> Any:
    """An officer's wide screen."""
    context = chromium.new_context(
        base_url=live_server.url,
        viewport={"width": 1280, "height": 800},
        service_workers="block",
        reduced_motion="reduce",
    )
    yield context.new_page()
    context.close()


def clean(page: Any) -> None:
    """The page has no accessibility finding and nothing runs out of it sideways."""
    assert findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1")


def press(page: Any, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def heading(page: Any, text: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text, timeout=15_000)
    clean(page)


def sms_to(network: Kannel, phone: str, having: str) -> str:
    """The text that reached the phone network for this number."""
    digits = re.sub(r"\D", "", phone)[-9:]
    phone_smses: list[PhoneSms] = []

    def arrived() -> bool:
        phone_smses[:] = [sms for sms in network.received() if sms.to.endswith(digits) and having in sms.text]
        return bool(phone_smses)

    eventually(arrived, what=f"a text with {having!r}", within=45)
    assert phone_smses[-1].coding == "text"
    return phone_smses[-1].text


def fill_who(page: Any, registrant: Registrant, front: str) -> None:
    """The card's QR fills everything but the BHXH code."""
    heading(page, "Thông tin của bạn")
    page.locator("#id_photo").set_input_files(front)
    expect(page.get_by_label("Họ và tên")).to_have_value(registrant.person.full_name, timeout=15_000)
    expect(page.get_by_label("Ngày cấp")).to_have_value(f"{registrant.person.id_issued_on:%d/%m/%Y}")
    page.get_by_label("Mã số BHXH").fill(registrant.person.bhxh_code)
    press(page, "Tiếp tục")


def fill_contact(page: Any, registrant: Registrant) -> None:
    heading(page, "Liên hệ")
    page.get_by_label("Số điện thoại").fill(registrant.person.phone)
    page.locator("#id_province_code").select_option(registrant.person.province_code)
    commune = page.locator(f"#id_commune_code option[value='{registrant.person.commune_code}']")
    expect(commune).to_have_count(1)
    page.locator("#id_commune_code").select_option(registrant.person.commune_code)
    page.locator("#id_street").fill(registrant.person.street)
    press(page, "Tiếp tục")


def take_photos(page: Any, pictures: dict[str, str]) -> None:
    for kind in ("front", "back", "portrait"):
        heading(page, TITLES[kind])
        with page.expect_file_chooser() as chooser:
            press(page, "Chọn ảnh có sẵn")
        chooser.value.set_files(pictures[kind])
        use = page.get_by_role("link", name="Dùng ảnh này", exact=True)
        expect(use).to_be_visible(timeout=30_000)
        clean(page)
        use.click()


def register(page: Any, network: Kannel, registrant: Registrant, pictures: dict[str, str]) -> str:
    """From the first page to the sent application; returns its number."""
    page.goto("/")
    clean(page)
    page.get_by_role("link", name="Đăng ký ngay").first.click()
    heading(page, "Đăng ký tài khoản")
    page.get_by_role("link", name="Bắt đầu đăng ký").click()
    fill_who(page, registrant, pictures["front"])
    fill_contact(page, registrant)
    take_photos(page, pictures)
    heading(page, "Ảnh đã đủ")
    page.get_by_role("link", name="Tiếp tục", exact=True).click()
    heading(page, "Nộp tờ khai ở đâu")
    page.locator(f"#id_office_{registrant.person.office_code}").check()
    press(page, "Tiếp tục")
    heading(page, "Xem lại trước khi gửi")
    expect(page.get_by_text("Có chỗ khác với trên thẻ")).to_have_count(0)
    page.locator("#id_commitment").check()
    press(page, "Nhận mã xác nhận")
    heading(page, "Nhập mã xác nhận")
    code = re.search(r"\d{6}", sms_to(network, registrant.person.phone, "ma xac nhan"))
    assert code is not None
    page.locator("#id_code").fill(code.group())
    press(page, "Xác nhận và gửi hồ sơ")
    heading(page, re.compile(r"Hồ sơ\s+\d{5}/\d{4}/03\d{3}"))
    return page.get_by_role("heading", level=1).inner_text().split()[-1]


def check_form(page: Any, registrant: Registrant, number: str, folder: Path) -> None:
    """Form 01 says what was typed and carries the number."""
    answer = page.request.get("/dang-ky/ho-so/to-khai.pdf")
    assert answer.status == 200
    path = folder / "form01.pdf"
    path.write_bytes(answer.body())
    reader = PdfReader(path)
    text = " ".join(reader.pages[0].extract_text().split())
    assert len(reader.pages) == 1
    assert number in text
    assert registrant.person.full_name in text
    assert "ký, ghi rõ họ tên" in text


def approve_by_keyboard(page: Any, username: str, number: str) -> None:
    """Sign in, scan the form, record both, approve: no mouse after sign-in."""
    page.goto("/can-bo")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu", exact=True).fill(OWN_PASSWORD)
    press(page, "Đăng nhập")
    page.wait_for_url("**/buoc-hai*")
    clean(page)
    page.get_by_label("Mã 6 chữ số").fill(code_now(username))
    press(page, "Vào bàn làm việc")
    page.wait_for_url("**/can-bo")
    clean(page)
    scanner.scan(page, number)
    page.wait_for_url("**/can-bo/ho-so/*")
    clean(page)
    expect(page.get_by_text("Tờ khai, thẻ và dữ liệu BHXH khớp nhau.")).to_be_visible()
    page.keyboard.press("d")
    expect(page.get_by_role("alert")).to_be_visible()
    for key, done in (("1", "Đã nhận tờ khai"), ("2", "Đã đối chiếu bản chính")):
        page.keyboard.press(key)
        expect(page.locator(".ticked", has_text=done)).to_be_visible()
    page.keyboard.press("d")
    expect(page.get_by_role("heading", name="Kết quả")).to_be_visible()
    clean(page)


def sign_in_first(page: Any, registrant: Registrant, activation: str) -> None:
    page.goto("/dang-nhap")
    heading(page, "Đăng nhập")
    page.get_by_label("Mã số BHXH/Số ĐDCN/CCCD").fill(registrant.person.bhxh_code)
    page.get_by_label("Mật khẩu", exact=True).fill(activation)
    press(page, "Đăng nhập")
    page.wait_for_url("**/dat-mat-khau*")
    clean(page)
    page.locator("#id_new").fill(OWN_PASSWORD)
    page.locator("#id_again").fill(OWN_PASSWORD)
    press(page, "Lưu mật khẩu và vào ứng dụng")
    heading(page, registrant.person.full_name)


def opens_offline(page: Any, registrant: Registrant) -> None:
    """The card and the participation open with no network, though only the worker stored them."""
    until(page, STORED, SHOWN)
    page.context.set_offline(True)
    page.goto("/the")
    expect(page.locator(".wcard .name")).to_have_text(registrant.person.full_name.upper())
    expect(page.locator(".stored")).to_contain_text("xác nhận lúc")
    page.goto("/qua-trinh")
    heading(page, "Quá trình tham gia")
    page.context.set_offline(False)


def nothing_leaked(registrant: Registrant, activation: str, log: str) -> None:
    """Neither logs nor job arguments hold what the canary person typed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(string_agg(args::text, ' '), '') FROM procrastinate_jobs")
        arguments = cursor.fetchone()[0]
    person = registrant.person
    phone = re.sub(r"\D", "", person.phone)[-9:]
    for secret in (person.full_name, person.bhxh_code, person.id_number, phone, person.street, activation):
        assert secret not in log
        assert secret not in arguments


def test_a_person_registers_is_approved_and_opens_the_card_offline(
    phone: Any,
    desk: Any,
    registrant: tuple[Registrant, dict[str, str]],
    kannel: Kannel,  # noqa: F811
    worker: Callable[..., Any],  # noqa: F811
    live_server: Any,
    settings: Any,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    settings.SMS_RECEIPT_BASE = live_server.url
    candidate, pictures = registrant
    opened = staff.create(
        "minh",
        display_name="Minh",
        office_code=candidate.person.office_code,
        by=SYSTEM,
        now=timezone.now(),
    )
    equip(opened.person_id, password=OWN_PASSWORD, now=timezone.now())
    worker()
    number = register(phone, kannel, candidate, pictures)
    check_form(phone, candidate, number, tmp_path)
    assert number in sms_to(kannel, candidate.person.phone, "da nhan ho so")
    approve_by_keyboard(desk, "minh", number)
    text = sms_to(kannel, candidate.person.phone, "mat khau kich hoat")
    activation = re.search(r"kich hoat (\S+?),", text)
    assert activation is not None
    expect_delivered(desk)
    sign_in_first(phone, candidate, activation.group(1))
    opens_offline(phone, candidate)
    assert verify_chain().sound
    log = caplog.text + (tmp_path / "worker.log").read_text()
    nothing_leaked(candidate, activation.group(1), log)


def expect_delivered(page: Any) -> None:
    """The officer sees that the password reached the phone: the receipt came through our door."""

    def delivered() -> bool:
        page.reload()
        return page.get_by_text("Đã đến máy", exact=True).count() > 0

    eventually(delivered, what="the officer sees the delivery", within=45)
