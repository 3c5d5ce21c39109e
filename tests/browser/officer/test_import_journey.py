"""A data officer's file, whole: handed in with wrong rows, loaded by a real worker while the page says how
far it is, its refused rows taken, corrected, handed in again, all taken."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.axe import findings
from tests.kannel.conftest import worker  # noqa: F401  (fixture)
from tests.making.registrations import make_officer_account
from vssid.domain.accounts.sign_in import sessions
from vssid.domain.audit.verify import verify_chain
from vssid.domain.imports.models import Upload
from vssid.domain.participants.models.people import Person

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.django_db(transaction=True)]
ROWS, WRONG = 1050, 7
CANARY = "Hoàng Chim Hoàng Yến"


@pytest.fixture
def desk(sight: Any, live_server: Any, settings: Any) -> Any:
    """Quang's wide screen, signed in."""
    settings.SMS_RECEIPT_BASE = live_server.url
    who = make_officer_account("quang", name="Quang", role="data")
    token = sessions.start(who, device="", proved_at=timezone.now(), now=timezone.now())
    sight.context.add_cookies([{"name": "vssid-session", "value": token, "url": live_server.url}])
    sight.set_viewport_size({"width": 1280, "height": 800})
    return sight


def people(path: Path) -> Path:
    """A file of people; some have the thirteenth month, and one of these is the canary."""
    lines = ["bhxh_code,full_name,birth_date,sex,id_number"]
    for number in range(ROWS):
        wrong = number % (ROWS // WRONG) == 1 and number < ROWS - 10
        name = CANARY if wrong else "Nguyễn Văn Mẫu"
        day = "1990-13-01" if wrong else "1990-12-01"
        lines.append(f"31{number:08d},{name},{day},1,0310{number:08d}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def hand_in(page: Any, path: Path) -> None:
    page.goto("/can-bo")
    page.get_by_role("link", name="Nhập liệu").click()
    page.get_by_label("Loại dữ liệu").select_option("people")
    page.get_by_label("Nguồn dữ liệu").fill("Sở mẫu")
    page.locator("#id_file").set_input_files(path)
    page.get_by_role("button", name="Tải lên và kiểm tra").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Người tham gia")


def confirm(page: Any) -> None:
    button = page.get_by_role("button", name="Xác nhận và nạp")
    expect(button).to_be_visible(timeout=60_000)
    assert CANARY not in page.content()
    clean(page)
    button.click()


def tally(page: Any) -> dict[str, str]:
    words = page.locator(".tally dt").all_inner_texts()
    return dict(zip(words, page.locator(".tally dd").all_inner_texts(), strict=True))


def clean(page: Any) -> None:
    assert findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1")


def test_wrong_rows_come_back_are_corrected_and_go_in(
    desk: Any,
    worker: Callable[..., Any],  # noqa: F811
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    hand_in(desk, people(tmp_path / "nguoi.csv"))
    expect(desk.get_by_role("heading", name="Tiến độ")).to_be_visible()
    expect(desk.locator(".meter")).to_contain_text("đang chờ đến lượt")
    clean(desk)
    worker()
    # The page asks by itself, and shows what the file would do when that is known.
    confirm(desk)
    expect(desk.get_by_text(f"{WRONG} dòng bị từ chối. Các dòng khác")).to_be_visible(timeout=60_000)
    assert tally(desk) == {
        "Đọc": "1.050", "Mới": "1.043", "Đổi": "0", "Như cũ": "0", "Bị từ chối": str(WRONG),
    }  # fmt: skip
    expect(desk.get_by_role("row", name=re.compile("birth_date"))).to_contain_text(str(WRONG))
    assert CANARY not in desk.content()
    clean(desk)

    with desk.expect_download() as download:
        desk.get_by_role("link", name="Tải các dòng bị từ chối").click()
    refused = tmp_path / "sua.csv"
    refused.write_bytes(Path(download.value.path()).read_bytes())
    text = refused.read_text(encoding="utf-8-sig")
    assert text.count(CANARY) == WRONG
    refused.write_text(text.replace("1990-13-01", "1990-11-01"), encoding="utf-8-sig")

    hand_in(desk, refused)
    confirm(desk)
    expect(desk.get_by_text("Không có dòng nào bị từ chối.")).to_be_visible(timeout=60_000)
    assert tally(desk)["Mới"] == str(WRONG)
    clean(desk)
    assert Person.objects.count() == ROWS
    assert [row.blob_key for row in Upload.objects.all()] == ["", ""]
    assert verify_chain().sound
    nothing_leaked(caplog.text + (tmp_path / "worker.log").read_text())


def nothing_leaked(log: str) -> None:
    """Neither logs nor job arguments hold a row of the file."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(string_agg(args::text, ' '), '') FROM procrastinate_jobs")
        arguments = cursor.fetchone()[0]
    for secret in (CANARY, "3100000001", "031000000001"):
        assert secret not in log
        assert secret not in arguments
