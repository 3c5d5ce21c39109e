"""What people do: a citizen from the first page to the own card, an officer at the counter."""

from __future__ import annotations

import queue
import re
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import httpx

from tests.kannel.network import Kannel
from tests.making.registrations import HONG_BANG, Someone, plain_photo
from tests.making.staff import secret_of
from vssid.domain.accounts.factors import totp

from .browser import Browser, GaveUp, Tally
from .house import House

OFFICER, STAFF_PASSWORD = "minh", "hoa sen trang 99"
OWN = "gao-xe-mua-den"
PICTURES = ("mat-truoc", "mat-sau", "chan-dung")
NUMBER = re.compile(r'Hồ sơ\s*<span class="num nowrap">([^<]+)<')
PASSWORD = re.compile(r"kich hoat (\S+?),")
CODE = re.compile(r"\b(\d{6})\b")
TEXT_SECONDS = 300  # until a text has come, through every stall of the gateway


def someone(n: int) -> Someone:
    """The n-th person; synthetic."""
    return Someone(
        f"{n:010d}",
        f"Nguyễn Thị Lan {_in_letters(n)}",
        date(1990, 1, 2),
        2,
        f"031190{n:06d}",
        phone=f"+84912{n:06d}",
    )


def _in_letters(n: int) -> str:
    return "".join("ABCDEGHIKL"[int(digit)] for digit in f"{n:04d}").capitalize()


class Phones:
    """Every phone of the trial: what the phone network handed over, number by number."""

    def __init__(self, kannel: Kannel) -> None:
        self._kannel = kannel

    def texts(self, phone: str) -> list[str]:
        """The texts to a phone, oldest first."""
        return self.all().get(phone, [])

    def all(self) -> dict[str, list[str]]:
        """All texts by phone."""
        texts: dict[str, list[str]] = defaultdict(list)
        for sms in self._kannel.received():
            texts[sms.to].append(sms.text)
        return texts

    def wait(self, phone: str, pattern: re.Pattern[str], *, seconds: float = TEXT_SECONDS) -> str:
        """What the newest text that fits says. Raises GaveUp."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            matches = [match[1] for text in self.texts(phone) if (match := pattern.search(text))]
            if matches:
                return matches[-1]
            time.sleep(0.5)
        raise GaveUp("a text that did not come")


@dataclass
class Done:
    """What was acknowledged to somebody."""

    sent: dict[int, str] = field(default_factory=dict)  # person → number of the file
    approved: set[int] = field(default_factory=set)
    signed_in: set[int] = field(default_factory=set)
    read: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass
class Town:
    """What all people of the trial share."""

    house: House
    tally: Tally
    phones: Phones
    officer_id: int
    done: Done = field(default_factory=Done)
    counter: queue.Queue[int] = field(default_factory=queue.Queue)
    next: int = 0
    over: threading.Event = field(default_factory=threading.Event)
    last_sent: threading.Event = field(default_factory=threading.Event)

    def browser(self, n: int) -> Browser:
        """A browser at an address of its own."""
        return Browser(self.house.ports, f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}", self.tally)

    def take(self) -> int:
        """The next person who registers."""
        with self.done.lock:
            self.next += 1
            return self.next


def citizens(town: Town) -> None:
    """One after another registers, until it is over."""
    while not town.over.is_set():
        n = town.take()
        browser = town.browser(n)
        try:
            number = register(town, browser, n)
            with town.done.lock:
                town.done.sent[n] = number
            town.counter.put(n)
        except GaveUp as why:
            town.tally.tell(f"person {n} gave up registering: {why}")
        finally:
            browser.close()


def register(town: Town, browser: Browser, n: int) -> str:
    """From the first page to the number of the file: whichever step the house says is next."""
    who = someone(n)
    steps: dict[str, Callable[[], object]] = {
        "dang-ky": lambda: browser.post("/dang-ky/ban-than", _who(who)),
        "ban-than": lambda: browser.post("/dang-ky/ban-than", _who(who)),
        "lien-he": lambda: browser.post("/dang-ky/lien-he", _contact(who)),
        "anh": lambda: [browser.post(f"/dang-ky/anh?loai={slug}", {}, plain_photo()) for slug in PICTURES],
        "noi-nop": lambda: browser.post("/dang-ky/noi-nop", {"office_code": HONG_BANG}),
        "xem-lai": lambda: browser.post("/dang-ky/xem-lai", {"commitment": "yes"}),
        "chua-khop": lambda: browser.post("/dang-ky/gui", {}, at="/dang-ky/chua-khop"),
    }
    for _attempt in range(40):
        if number := NUMBER.search(browser.get("/dang-ky/ho-so").text):
            return number[1].strip()
        answer = browser.get("/dang-ky/ma-xac-nhan")
        if answer.status_code == 200:
            answer = _enter_code(town, browser, who)
        there = answer.headers.get("Location", "").rpartition("/")[2]
        if there in steps:
            steps[there]()
    raise GaveUp(f"never sent; the last page: {_said(browser.page)}")


def _enter_code(town: Town, browser: Browser, who: Someone) -> httpx.Response:
    """The code of the newest text; another one where none comes."""
    try:
        code = town.phones.wait(who.phone, CODE, seconds=90)
    except GaveUp:
        browser.post("/dang-ky/ma-xac-nhan", {"go": "again"})
        code = town.phones.wait(who.phone, CODE)
    return browser.post("/dang-ky/ma-xac-nhan", {"code": code})


def _who(who: Someone) -> dict[str, Any]:
    return {
        "bhxh_code": who.bhxh_code,
        "full_name": who.full_name,
        "birth_date": "2/1/1990",
        "sex": "2",
        "id_kind": "cccd",
        "id_number": who.id_number,
        "issued_on": "01/03/2021",
    }


def _contact(who: Someone) -> dict[str, Any]:
    place = {"province_code": "31", "commune_code": "11311", "street": "Số 12, ngõ 45"}
    return {"phone": who.phone, "email": ""} | place


def officers(town: Town) -> None:
    """Take what was sent, approve it, see the person sign in; after the end until the counter is empty."""
    browser = town.browser(900_000 + threading.get_ident() % 1000)
    while not (town.last_sent.is_set() and town.counter.empty()):
        try:
            n = town.counter.get(timeout=1)
        except queue.Empty:
            continue
        try:
            approve(town, browser, n)
            with town.done.lock:
                town.done.approved.add(n)
            first_sign_in(town, n)
            with town.done.lock:
                town.done.signed_in.add(n)
        except GaveUp as why:
            town.tally.tell(f"person {n} gave up at the counter or signing in: {why}")


def approve(town: Town, browser: Browser, n: int) -> None:
    """Find the file, take the form, compare, approve; each as often as needed to see that it is so."""
    for _attempt in range(8):
        location = browser.post("/can-bo/tim", {"q": town.done.sent[n]}, at="/can-bo").headers.get(
            "Location", ""
        )
        if "dang-nhap" in location or not location:
            browser.post("/can-bo/dang-nhap", {"username": OFFICER, "password": STAFF_PASSWORD})
            # Two officers of one name: a code works once, so each time the other of the two that are good.
            step = totp.step_of(datetime.now(UTC)) + _attempt % 2
            code = totp.code_at(secret_of(town.officer_id), step)
            browser.post("/can-bo/dang-nhap/buoc-hai", {"ma_xac_thuc": code})
            continue
        if "Đã duyệt" in browser.get(location).text:
            return
        browser.post(f"{location}/nhan-to-khai", {}, at=location)
        browser.post(f"{location}/xem-ban-chinh", {}, at=location)
        asked = browser.post(f"{location}/duyet", {}, at=location)
        seen = re.search(r'name="da-xem" value="([0-9a-f]+)"', asked.text)
        if seen:
            reasons = re.findall(r'name="(vi-sao-[a-z]+)" value="([a-z_]+)"', asked.text)
            browser.post(f"{location}/duyet", {"da-xem": seen[1], **dict(reasons)}, at=location)
    raise GaveUp(f"never approved; the last page: {_said(browser.page)}")


def first_sign_in(town: Town, n: int) -> None:
    """With the password of the text, then the own one, to the own card."""
    who, browser = someone(n), town.browser(n)
    given = town.phones.wait(who.phone, PASSWORD)
    for _attempt in range(8):
        browser.post("/dang-nhap", {"name": who.bhxh_code, "password": given, "tiep": "/the"})
        browser.post("/dat-mat-khau", {"new": OWN, "again": OWN, "tiep": "/the"})
        if _reads_own(town, browser, who):
            browser.close()
            return
        browser.post("/dang-nhap", {"name": who.bhxh_code, "password": OWN, "tiep": "/the"})
        if _reads_own(town, browser, who):
            browser.close()
            return
    raise GaveUp(f"never signed in; the last page: {_said(browser.page)}")


def _reads_own(town: Town, browser: Browser, who: Someone) -> bool:
    if browser.get("/the").status_code != 200:
        return False
    if who.full_name not in browser.get("/api/v1/me/record").text:
        town.tally.tell(f"{who.bhxh_code} read a record that is not theirs")
    with town.done.lock:
        town.done.read += 1
    return True


def readers(town: Town) -> None:
    """Those who have signed in come back and read."""
    while not town.over.is_set():
        with town.done.lock:
            known = sorted(town.done.signed_in)[-3:]
        for n in known:
            who, browser = someone(n), town.browser(n)
            try:
                browser.post("/dang-nhap", {"name": who.bhxh_code, "password": OWN, "tiep": "/the"})
                if not _reads_own(town, browser, who):
                    town.tally.tell(f"person {n} could not come back: {_said(browser.page)}")
            except GaveUp as why:
                town.tally.tell(f"person {n} gave up reading: {why}")
            browser.close()
        time.sleep(2)


def _said(page: str) -> str:
    return " ".join(
        re.sub(r"<[^>]+>", " ", re.sub(r"<(script|style|head)\b.*?</\1>", " ", page, flags=re.S)).split()
    )[:300]
