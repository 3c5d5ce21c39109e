"""The signed form by camera, by file, and out of a scanner's folder; kept while there is no network."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from PIL import Image

from tests.browser.officer.camera import camera_shows, give_camera, give_folder, scan_into_folder
from tests.browser.test_every_page import session_of
from tests.making.registrations import make_application, make_officer_account
from vssid.domain.registration.models import SignedPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def open_file(sight: Any, live_server: Any) -> int:
    application = make_application()
    session = session_of(make_officer_account())
    sight.context.add_cookies([{"name": "vssid-session", "value": session, "url": live_server.url}])
    sight.goto(f"/can-bo/ho-so/{application}")
    return application


def pages_of(application: int) -> list[tuple[int, int]]:
    rows = SignedPage.objects.filter(subject_id=application).order_by("version", "number")
    return list(rows.values_list("version", "number"))


def test_pages_are_photographed_by_keys_and_sent_again_when_the_network_is_back(
    sight: Any, live_server: Any
) -> None:
    application = open_file(sight, live_server)
    give_camera(sight)
    figures = sight.locator("[data-captured] figure")
    sight.keyboard.press("q")
    camera_shows(sight)
    sight.keyboard.press("q")
    figures.nth(0).wait_for()
    assert pages_of(application) == [(1, 1)]
    assert sight.locator("[data-live]").is_hidden()

    sight.context.set_offline(True)
    sight.keyboard.press("q")
    camera_shows(sight)
    sight.keyboard.press("q")
    sight.get_by_text("Mất mạng: ảnh chưa lưu được và vẫn còn ở đây.").wait_for()
    assert pages_of(application) == [(1, 1)]
    sight.context.set_offline(False)
    figures.nth(1).wait_for()
    assert pages_of(application) == [(1, 1), (1, 2)]


def test_the_newest_scan_of_the_folder_is_taken_and_never_the_same_one_twice(
    sight: Any, live_server: Any
) -> None:
    application = open_file(sight, live_server)
    give_folder(sight)
    sight.reload()
    take = sight.locator("[data-newest]")
    take.click()
    sight.get_by_text("Thư mục chưa có bản quét nào").wait_for()
    scan_into_folder(sight, "notes.txt")
    scan_into_folder(sight, "scan1.png")
    take.click()
    sight.locator("[data-captured] figure").nth(0).wait_for()
    take.click()
    sight.get_by_text("Chưa có bản quét mới hơn bản đã lấy.").wait_for()
    assert pages_of(application) == [(1, 1)]


def test_who_has_no_camera_is_told_and_chooses_files(sight: Any, live_server: Any) -> None:
    application = open_file(sight, live_server)
    sight.evaluate(
        "() => { navigator.mediaDevices.getUserMedia = async () => { throw new Error('refused'); }; }"
    )
    sight.keyboard.press("q")
    sight.get_by_text("Chưa mở được camera.").wait_for()
    files = [
        {"name": f"{shade}.jpg", "mimeType": "image/jpeg", "buffer": picture(shade)} for shade in (20, 230)
    ]
    sight.locator("[data-captured] [data-files]").set_input_files(files)
    sight.locator("[data-captured] figure").nth(1).wait_for()
    assert pages_of(application) == [(1, 1), (1, 2)]
    bad = [{"name": "a.jpg", "mimeType": "image/jpeg", "buffer": json.dumps("words").encode()}]
    sight.locator("[data-captured] [data-files]").set_input_files(bad)
    sight.get_by_text("Tệp này không phải ảnh hay PDF.").wait_for()
    assert pages_of(application) == [(1, 1), (1, 2)]


def picture(shade: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (600, 850), (shade,) * 3).save(out, "JPEG")
    return out.getvalue()
