"""A mobile officer's device: without a network, killed, a second one, and what changed meanwhile."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, time
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from tests import chromium as chromium_program
from tests.browser.keeping.kept import new_context
from tests.browser.looks import findings_in_both_themes
from tests.browser.test_every_page import session_of
from tests.browser.waiting import until
from tests.making.registrations import BINH, LAN, make_officer_account
from vssid.domain.accounts.models.accounts import Account
from vssid.domain.employers.models import Booking, DayDevice, SiteDecision
from vssid.domain.employers.on_site import devices
from vssid.domain.employers.on_site.tests.day import make_day, make_sent
from vssid.domain.registration import actions
from vssid.domain.registration.models import Application
from vssid.kernel.actor import Actor, ActorKind
from vssid.kernel.calendar import VIETNAM, local_day
from vssid.web.officer.tests.desk import PASSWORD

from . import scanner

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HERE = "/can-bo/luu-dong"
# All that the device holds, as one text: each byte of a box a letter.
HELD = """async () => {
  const told = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
  const letters = (bytes) => Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join("");
  const text = (value) => JSON.stringify(value, (_key, part) =>
    part instanceof ArrayBuffer ? letters(part) : part instanceof Uint8Array ? letters(part) : part);
  for (const { name } of await indexedDB.databases()) {
    const base = await new Promise((done) => {
      const asked = indexedDB.open(name);
      asked.onsuccess = () => done(asked.result);
    });
    for (const shelf of base.objectStoreNames) {
      const asked = base.transaction(shelf).objectStore(shelf).getAll();
      await new Promise((done) => (asked.onsuccess = done));
      told.push(`${shelf}: ${asked.result.length}`, text(asked.result));
    }
    base.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys())
      told.push(request.url, letters(await (await cache.match(request)).arrayBuffer()));
  }
  return told.join("\\n");
}"""
SENT = "() => document.querySelector('[data-waiting]').dataset.n === '0'"


def _officer() -> Actor:
    person_id = make_officer_account()
    return Actor(ActorKind.OFFICER, person_id, "Minh", "03101", "reviewer")


def _sign_in(context: Any, url: str, person_id: int) -> None:
    context.add_cookies([{"name": "vssid-session", "value": session_of(person_id), "url": url}])


def _go(page: Any) -> None:
    page.goto(HERE)
    page.locator("[data-on-site][data-ready]").wait_for(state="attached")


def _give_password(page: Any, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()
    page.locator("#mat-khau").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.locator("[data-screen=list]").wait_for()


def _approve(page: Any, name: str) -> None:
    page.locator("[data-files]").get_by_text(name).click()
    page.locator("[data-pictures] img").nth(2).wait_for()
    for box in page.locator("[name=da]").all():
        box.check()
    for choice in page.locator("[data-groups] select").all():
        choice.select_option(index=1)
    page.get_by_role("button", name="Duyệt", exact=True).click()
    page.locator("[data-screen=list]").wait_for()


class Profile:
    """A whole browser with a profile of its own, that can be killed and started again."""

    def __init__(self, driver: Any, folder: Path, url: str) -> None:
        self._driver, self._folder, self._url = driver, folder, url

    def start(self) -> Any:
        self.context = self._driver.chromium.launch_persistent_context(
            str(self._folder),
            executable_path=chromium_program.WHOLE or chromium_program.LIGHT,
            args=["--no-sandbox"],
            base_url=self._url,
            locale="vi-VN",
            viewport={"width": 820, "height": 1180},
        )
        return self.context.pages[0]

    def kill(self) -> None:
        """As a flat battery does: every process of it at once, and nothing is told."""
        from playwright.sync_api import Error

        for process in Path("/proc").glob("[0-9]*"):
            if str(self._folder).encode() in _command(process):
                os.kill(int(process.name), signal.SIGKILL)
        with suppress(Error):
            self.context.close()

    def holds(self, text: str) -> bool:
        """Is this on the disk, in any file of the profile?"""
        forms = (text.encode(), text.encode("utf-16-le"))
        files = [path for path in self._folder.rglob("*") if path.is_file()]
        return any(form in path.read_bytes() for path in files for form in forms)


def _command(process: Path) -> bytes:
    try:
        return (process / "cmdline").read_bytes()
    except OSError:
        return b""


@pytest.fixture
def profile(_driver: Any, tmp_path: Path, live_server: Any, chromium: Any) -> Iterator[Profile]:
    made = Profile(_driver, tmp_path / "profile", live_server.url)
    yield made
    made.kill()


def test_decisions_outlive_flight_mode_and_a_killed_browser(profile: Profile, live_server: Any) -> None:
    officer, now = _officer(), timezone.now()
    make_sent(LAN, now=now)
    make_day(officer, now=now)
    page = profile.start()
    _sign_in(profile.context, live_server.url, officer.id or 0)
    _go(page)
    _give_password(page, "Nhận hồ sơ về máy")
    held = page.evaluate(HELD)
    assert "boxes: 5" in held
    for secret in ("Lan", LAN.id_number, LAN.bhxh_code, PASSWORD, "JFIF"):
        assert secret not in held
    profile.context.set_offline(True)
    page.reload()
    assert page.get_by_text("Nguyễn Thị Lan").count() == 0
    _give_password(page, "Mở khóa")
    scanner.scan(page, LAN.id_number)
    page.get_by_role("heading", name="Nguyễn Thị Lan").wait_for()
    page.keyboard.press("Escape")
    _approve(page, "Nguyễn Thị Lan")
    assert page.get_by_text("Duyệt: Đã cất, chưa gửi").count() == 1
    profile.kill()
    for secret in ("Nguyễn Thị Lan", LAN.id_number, PASSWORD):
        assert not profile.holds(secret)
    page = profile.start()
    profile.context.set_offline(True)
    _go(page)
    assert page.locator("[data-waiting]").get_attribute("data-n") == "1"
    _give_password(page, "Mở khóa")
    assert Application.objects.get().state == "submitted"
    _sign_in(profile.context, live_server.url, officer.id or 0)
    profile.context.set_offline(False)
    until(page, SENT)
    page.get_by_text("Duyệt: Đã ghi nhận").wait_for()
    assert Application.objects.get().state == "approved"
    assert SiteDecision.objects.get().outcome == "applied"
    assert Account.objects.filter(kind="citizen").count() == 1


def test_a_second_device_repeats_and_what_changed_meanwhile_is_told(chromium: Any, live_server: Any) -> None:
    officer, now = _officer(), timezone.now()
    make_sent(LAN, now=now)
    binh = make_sent(BINH, now=now)
    starts_at = datetime.combine(local_day(now), time(8, 15), VIETNAM)
    booked = {
        "person_id": Application.objects.get(id=binh).person_id,
        "starts_at": starts_at,
        "booked_at": now,
    }
    Booking.objects.create(day=make_day(officer, now=now), **booked)
    pages = []
    for _device in range(2):
        context = new_context(chromium, live_server.url, service_workers="allow")
        _sign_in(context, live_server.url, officer.id or 0)
        page = context.new_page()
        _go(page)
        _give_password(page, "Nhận hồ sơ về máy")
        pages.append(page)
    first, second = pages
    lines = first.locator("[data-files] button")
    # By time, which is Việt Nam's on a device of whatever zone.
    times = [lines.nth(at).locator(".num").first.inner_text() for at in range(2)]
    assert times == ["08:15", "Chưa hẹn giờ"]
    first.goto(HERE)
    first.get_by_text(re.compile(r"\d\d:\d\d, \d\d/\d\d/\d{4}")).wait_for()
    _go(first)
    _give_password(first, "Mở khóa")
    assert findings_in_both_themes(first) == []
    for page in pages:
        _approve(page, "Nguyễn Thị Lan")
        until(page, SENT)
    second.get_by_text("Duyệt: Đã ghi nhận từ trước").wait_for()
    actions.withdraw(binh, now=timezone.now())
    _approve(second, "Trần Văn Bình")
    second.get_by_text("Hồ sơ đã thay đổi, chưa làm gì").wait_for()
    second.get_by_text("Người nộp đã rút hồ sơ này").wait_for()
    assert Account.objects.filter(kind="citizen").count() == 1
    first.goto("/can-bo/luu-dong/may")
    assert first.get_by_text("người nộp đã rút").count() == 1


def test_a_colleague_is_told_that_decisions_wait_and_a_withdrawn_device_forgets(
    chromium: Any, live_server: Any
) -> None:
    officer, now = _officer(), timezone.now()
    make_sent(LAN, now=now)
    make_day(officer, now=now)
    colleague = make_officer_account("ngoc", name="Ngọc")
    context = new_context(chromium, live_server.url, service_workers="allow")
    _sign_in(context, live_server.url, officer.id or 0)
    page = context.new_page()
    _go(page)
    _give_password(page, "Nhận hồ sơ về máy")
    _sign_in(context, live_server.url, colleague)
    _approve(page, "Nguyễn Thị Lan")
    _go(page)
    page.get_by_text("1 quyết định đã niêm phong của đồng nghiệp").wait_for()
    assert page.get_by_role("button", name="Mở khóa").count() == 0
    assert not SiteDecision.objects.exists()
    devices.withdraw(DayDevice.objects.get().id, by=officer, now=timezone.now())
    _sign_in(context, live_server.url, officer.id or 0)
    _go(page)
    page.get_by_text("Cơ quan đã thu hồi máy này").wait_for()
    held = page.evaluate(HELD)
    assert "boxes: 0" in held
    assert "decisions: 1" in held
