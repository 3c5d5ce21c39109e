"""Pages that say no say what to do next, and tell nothing."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from vssid.web.ui import errors, uploads


@pytest.mark.parametrize(
    ("kind", "status"),
    [("not-yours", 404), ("404", 404), ("invalid", 400), ("limited", 429), ("unheard", 409), ("bug", 500)],
)
def test_every_refusal_is_a_page_with_a_way_on(site, kind, status):
    answer = site.get(f"/loi/{kind}")
    page = answer.content.decode()
    assert answer.status_code == status
    assert "1900 9068" in page
    assert 'href="/"' in page
    assert "0912345678" not in page


def test_too_many_tries_say_until_when_in_vietnamese_time(site):
    answer = site.get("/loi/limited")
    assert "15:05, 22/11/2026" in answer.content.decode()
    assert answer["Retry-After"] == "Sun, 22 Nov 2026 08:05:00 GMT"


def test_not_yours_looks_like_not_there(site):
    def words(address):
        return site.get(address).content.decode().split("<main")[1].split("Mã tra cứu")[0]

    assert words("/loi/not-yours") == words("/nothing-here")


def test_a_form_that_is_too_old_is_explained(site):
    site.handler.enforce_csrf_checks = True
    answer = site.post("/gui", {"a": "b"})
    assert answer.status_code == 403
    assert "Trang đã mở quá lâu" in answer.content.decode()


def test_a_broken_template_still_gives_an_answer(monkeypatch):
    monkeypatch.setattr(errors, "answer", lambda *args: 1 / 0)
    answer = errors.server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "1900 9068" in answer.content.decode()


def test_a_door_adds_its_page_once(monkeypatch):
    monkeypatch.setattr(errors, "PAGES", dict(errors.PAGES))
    errors.register_page("made_up_for_this", status=409, title="a", text=lambda facts: f"số {facts['n']}")
    with pytest.raises(ValueError, match="made_up_for_this"):
        errors.register_page("made_up_for_this", status=409, title="b", text="c")


def test_an_upload_stays_in_memory(site):
    photo = SimpleUploadedFile("a.jpg", b"x" * (3 * 1024 * 1024), "image/jpeg")
    answer = site.post("/tai-len", {"front": photo})
    assert answer.content == b"InMemoryUploadedFile 3145728"


def test_three_photos_of_ten_megabytes_are_taken(site):
    photos = {name: SimpleUploadedFile(f"{name}.jpg", b"x" * 10 * uploads.MEGABYTE) for name in "abc"}
    assert site.post("/tai-len", photos).status_code == 200


def test_a_body_that_is_too_big_is_refused_with_a_page(site, monkeypatch):
    monkeypatch.setattr(uploads, "MOST", 1000)
    answer = site.post("/tai-len", {"front": SimpleUploadedFile("a.jpg", b"x" * 2000)})
    assert answer.status_code == 413
    assert "Mỗi ảnh tối đa 10 MB" in answer.content.decode()


def test_too_big_is_said_also_when_the_form_is_checked_first(site, monkeypatch):
    monkeypatch.setattr(uploads, "MOST", 1000)
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    strict.cookies["vssid-csrf"] = "a" * 32
    assert strict.post("/gui", {"front": SimpleUploadedFile("a.jpg", b"x" * 2000)}).status_code == 413
