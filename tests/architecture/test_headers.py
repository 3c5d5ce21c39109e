"""Every answer carries the headers, also errors and static files; every form is checked; cookies are shut."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.making.employers import SAO_MAI, make_employers, make_hr
from tests.making.registrations import make_draft, make_officer_account
from tests.making.staff import code_now
from vssid.domain.employers.seats.roles import Role as HrRole
from vssid.web.citizen.tests import cast
from vssid.web.officer.imports.tests.data_desk import quang
from vssid.web.officer.tests.desk import PASSWORD, browser_of, minh, ngoc
from vssid.web.public.registration import file_cookie

from .urls import Route, routes

FORM_REFUSED = "Trang đã mở quá lâu"
pytestmark = [pytest.mark.architecture, pytest.mark.django_db]
EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def address(route: Route) -> str:
    """The route with something in place of its parameters."""
    path = route.path
    for part, value in {
        "<int:": "1",
        "<uuid:": "00000000-0000-4000-8000-000000000000",
        "<slug:": "x",
        "<str:": "x",
    }.items():
        while part in path:
            start = path.index(part)
            path = path[:start] + value + path[path.index(">", start) + 1 :]
    return path


def lacking(answer: Any) -> list[str]:
    """What an answer should say and does not."""
    wrong = [name for name, value in EXPECTED.items() if answer.headers.get(name) != value]
    policy = answer.headers.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy:
        wrong.append("Content-Security-Policy")
    if "unsafe" in policy or "*" in policy:
        wrong.append("an open Content-Security-Policy")
    if not answer.headers.get("Permissions-Policy", "").startswith("camera=(self)"):
        wrong.append("Permissions-Policy")
    if not answer.headers.get("Cache-Control"):
        wrong.append("Cache-Control")
    return wrong


def test_every_answer_carries_the_headers() -> None:
    client = Client(raise_request_exception=False)
    for method in ("get", "post", "put"):
        for route in routes():
            assert lacking(getattr(client, method)(address(route))) == [], (method, route.path)


@pytest.mark.parametrize("host", ["testserver", "evil.example"])
def test_errors_carry_the_headers(host: str) -> None:
    for path in ("/khong-co", "/%00", "/static/khong-co.css"):
        assert lacking(Client().get(path, HTTP_HOST=host)) == []


def test_a_broken_page_carries_the_headers(monkeypatch: pytest.MonkeyPatch) -> None:
    from vssid.domain.directory import search

    monkeypatch.setattr(search, "search", lambda *_args, **_more: 1 / 0)
    answer = Client(raise_request_exception=False).get("/tra-cuu/co-quan-bhxh")
    assert (answer.status_code, lacking(answer)) == (500, [])


def test_static_files_carry_the_headers(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "a.0123456789ab.svg").write_text("<svg/>")
    settings.STATIC_ROOT = tmp_path
    for name, kept in {"a.0123456789ab.svg": "immutable", "ui/icons/icon.svg": "max-age=60"}.items():
        answer = Client().get(f"/static/{name}")
        b"".join(answer)
        answer.close()
        assert (answer.status_code, lacking(answer)) == (200, [])
        assert "private" not in answer.headers["Cache-Control"]
        assert kept in answer.headers["Cache-Control"]


def test_over_https_the_browser_is_told_to_stay_there(settings: Any) -> None:
    settings.SECURE_HSTS_SECONDS = 31_536_000
    assert "max-age=31536000" in Client().get("/", secure=True).headers["Strict-Transport-Security"]


def test_personal_pages_are_kept_by_no_cache() -> None:
    cast.make_worker()
    client = cast.browser()
    cast.sign_in(client)
    client.cookies[file_cookie.COOKIE] = make_draft()
    for path in ("/", "/the", "/qua-trinh", "/thiet-bi", "/dang-ky/xem-lai", "/dang-ky/anh/mat-truoc"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store, private"), path


def test_every_form_is_checked_for_where_it_comes_from() -> None:
    """Of whoever may open the page: who may not is sent away before anything is read."""
    browsers = {
        "public": Client(),
        "citizen": browser_of(cast.make_citizen()),
        "member": minh(),
    }
    make_employers()
    hr = browser_of(make_hr("Trần Tuấn", (SAO_MAI, HrRole.ADMINISTRATOR)))
    browsers |= {"employer_member": hr, "employer": hr}
    roles = ("administrator", "auditor", "director")
    desks = (ngoc(), quang(), *(browser_of(make_officer_account(role, role=role)) for role in roles))
    for client in (*browsers.values(), *desks):
        client.handler.enforce_csrf_checks = True
    for route in routes():
        if route.access != "token":
            # An address for programs takes no form at all.
            expected = 405 if route.path.startswith("/api/") else 403
            clients = [browsers[route.access]] if route.access in browsers else desks
            said = [client.post(address(route)) for client in clients]
            assert {answer.status_code for answer in said} == {expected}, route.path
            # Of staff one at least has the right: there it is the form that is refused.
            assert route.access != "officer" or any(
                FORM_REFUSED in answer.content.decode() for answer in said
            )


def test_no_cookie_is_open_to_scripts_or_other_sites(settings: Any) -> None:
    settings.SECURE = settings.CSRF_COOKIE_SECURE = True
    cast.make_citizen()
    make_officer_account("minh")
    client = Client()
    answers = [
        client.get("/dang-nhap"),
        cast.sign_in(client),
        client.post("/can-bo/dang-nhap", {"username": "minh", "password": PASSWORD}),
        client.post("/can-bo/dang-nhap/buoc-hai", {"ma_xac_thuc": code_now()}),
        client.post("/dang-ky/moi"),
        client.post("/dang-ky/tiep-tuc", {"phone": "0912345678", "bhxh_code": "0000000001"}),
        client.post("/ngon-ngu", {"lang": "en"}),
        client.post("/giao-dien", {"theme": "dark"}),
    ]
    given = {cookie.key: cookie for answer in answers for cookie in answer.cookies.values()}
    assert set(given) >= {"vssid-session", "vssid-device", "vssid-draft", "vssid-tiep-tuc", "vssid-lang"}
    assert set(given) >= {"vssid-ban", "vssid-buoc-hai"}
    for cookie in given.values():
        assert (cookie["httponly"], cookie["secure"], cookie["samesite"]) == (True, True, "Lax"), cookie.key
