"""The page of a mobile officer's device and what it asks the server, without a browser."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.making.registrations import LAN, make_officer, make_officer_account
from vssid.domain.employers.models import DayDevice, RegistrationDay, SiteDecision
from vssid.domain.employers.on_site.tests.day import DEVICE, make_day, make_sent
from vssid.domain.registration.models import Application
from vssid.web.officer.tests.desk import PASSWORD, browser_of

pytestmark = pytest.mark.django_db
HERE = "/can-bo/luu-dong"


@pytest.fixture
def desk() -> Client:
    """Minh's browser; he is named for the day of today, to which Lan comes."""
    now = timezone.now()
    person_id = make_officer_account()
    make_sent(LAN, now=now)
    make_day(replace(make_officer(), id=person_id), now=now)
    return browser_of(person_id)


def _take(desk: Client, password: str = PASSWORD) -> Any:
    day = RegistrationDay.objects.get()
    return desk.post(f"{HERE}/{day.id}/nhan", {"may": str(DEVICE), "mat_khau": password})


def _decision(pack: dict[str, Any], **more: Any) -> dict[str, Any]:
    file, now = pack["files"][0], timezone.now().isoformat()
    return {
        "id": str(uuid.uuid4()),
        "day": pack["day"]["id"],
        "device": str(DEVICE),
        "application": file["id"],
        "what": "approve",
        "decided_at": now,
        "sent_at": now,
        "version": file["version"],
        "checked": ["form", "original"],
        "seen": file["seen"],
        "given": {group["name"]: group["reasons"][0][0] for group in file["groups"]},
        **more,
    }


def _decide(desk: Client, sent: Any) -> Any:
    return desk.post(f"{HERE}/quyet-dinh", json.dumps(sent), content_type="application/json")


def test_the_page_is_the_same_for_everybody_and_knows_nobody(desk: Client) -> None:
    stranger, officer = Client().get(HERE), desk.get(HERE)
    assert stranger.content == officer.content
    assert "Minh" not in officer.content.decode()


def test_it_tells_the_named_officer_the_days_and_nobody_else(desk: Client) -> None:
    (day,) = desk.get(f"{HERE}/viec?may={DEVICE}").json()["days"]
    assert day["name"].startswith("Hội trường Sao Mai (mẫu), ")
    assert browser_of(make_officer_account("ngoc")).get(f"{HERE}/viec").json()["days"] == []


def test_the_files_are_given_only_after_the_password(desk: Client) -> None:
    wrong = _take(desk, "không phải")
    assert (wrong.status_code, wrong.json()["wrong"]) == (422, "Mật khẩu không đúng.")
    assert not DayDevice.objects.exists()
    given = _take(desk)
    assert given["Cache-Control"] == "no-store, private"
    (file,) = given.json()["files"]
    assert file["name"] == LAN.full_name
    assert [picture["kind"] for picture in file["pictures"]] == ["front", "back", "portrait", "card-face"]


def test_a_decision_is_carried_out_and_answered_in_words(desk: Client) -> None:
    answer = _decide(desk, _decision(_take(desk).json()))
    assert (answer.status_code, answer.json()["title"]) == (200, "Đã ghi nhận")
    assert Application.objects.get().state == "approved"


def test_what_changed_is_said_to_the_device_and_beside_the_officers_work(desk: Client) -> None:
    sent = _decision(_take(desk).json(), version="a:b:c")
    assert "Khác lúc nhận về máy: tờ khai, ảnh" in _decide(desk, sent).json()["reason"]
    page = desk.get(f"{HERE}/may").content.decode()
    assert "Khác lúc nhận về máy: tờ khai, ảnh" in page
    assert SiteDecision.objects.get().outcome == "changed"


@pytest.mark.parametrize(
    "odd",
    [
        {"id": "không"},
        {"decided_at": "2026-12-01T08:00:00"},
        {"what": "delete"},
        {"application": "-1"},
        {"given": ["a"]},
        {"checked": None},
    ],
)
def test_what_no_page_of_ours_sends_is_refused_whole(desk: Client, odd: dict[str, Any]) -> None:
    assert _decide(desk, _decision(_take(desk).json(), **odd)).status_code == 400
    assert _decide(desk, [odd]).status_code == 400
    assert not SiteDecision.objects.exists()


def test_another_officer_can_not_send_what_this_one_took(desk: Client) -> None:
    sent = _decision(_take(desk).json())
    assert _decide(browser_of(make_officer_account("ngoc")), sent).status_code == 404
    assert Application.objects.get().state == "submitted"


def test_a_withdrawn_device_is_told_to_forget(desk: Client) -> None:
    _take(desk)
    device = DayDevice.objects.get()
    assert browser_of(make_officer_account("ngoc")).post(f"{HERE}/may/{device.id}/thu-hoi").status_code == 404
    assert desk.post(f"{HERE}/may/{device.id}/thu-hoi").status_code == 302
    assert desk.get(f"{HERE}/viec?may={DEVICE}").json()["withdrawn"] == [str(device.day_id)]
    assert _take(desk).status_code == 404
