"""Whose a device is: what a page that comes back without being loaded asks, and what it is told."""

from __future__ import annotations

import re

from vssid.web.ui import cookies
from vssid.web.ui.tests.conftest import LAN, MINH

MARKS = re.compile(
    r'data-whose="(?P<person>\S+) (?P<file>\S+)" data-ask="(?P<ask>[^"]+)" data-left="(?P<left>[^"]+)"'
)


def marks_of(client, path="/"):
    match = MARKS.search(client.get(path).content.decode())
    assert match is not None
    return match


def test_a_page_of_somebody_signed_in_carries_the_mark_that_the_server_answers(lan):
    page = marks_of(lan)
    answer = lan.get(page["ask"])
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["X-Whose"] == f"{page['person']} -"
    assert answer["X-Served-By"] == "vssid"
    assert "X-Offline" not in answer.headers
    assert page["left"] == "/da-dang-xuat"


def test_the_mark_names_nobody_and_is_another_for_another_person(signed_in):
    lans = marks_of(signed_in(LAN))
    others = marks_of(signed_in({**LAN, "person_id": 8}))
    assert lans["person"] != others["person"]
    assert re.fullmatch(r"[0-9a-f]{16}", lans["person"])


def test_an_officers_page_leads_to_the_officers_sign_in(signed_in):
    assert marks_of(signed_in(MINH))["left"] == "/can-bo/dang-nhap"


def test_where_nobody_is_signed_in_the_answer_is_the_order_to_forget(site):
    answer = site.get("/phien")
    assert (answer["X-Whose"], answer["X-Offline"]) == ("- -", "wipe")


def test_an_ended_session_is_told_to_forget_and_one_that_lives_is_not(site, monkeypatch):
    from vssid.domain.accounts.sign_in import sessions

    site.cookies[cookies.SESSION] = "old secret"
    monkeypatch.setattr(sessions, "resolve", lambda _token, *, now: None)
    monkeypatch.setattr(sessions, "lives", lambda _token: False)
    assert site.get("/phien")["X-Offline"] == "wipe"
    monkeypatch.setattr(sessions, "lives", lambda _token: True)
    assert "X-Offline" not in site.get("/phien").headers


def test_a_strangers_page_asks_nothing(site):
    site.cookies[cookies.THEME] = "dark"
    assert "data-whose" not in site.get("/demo/giao-dien").content.decode()


def test_a_registration_held_by_this_browser_has_a_mark_of_its_own_below_its_path(site):
    site.cookies[cookies.FILE] = "a token"
    answer = site.get("/dang-ky/phien")
    person, file = answer["X-Whose"].split()
    assert person == "-"
    assert re.fullmatch(r"[0-9a-f]{16}", file)
    assert "a token" not in answer["X-Whose"]
    site.cookies[cookies.FILE] = "another"
    assert site.get("/dang-ky/phien")["X-Whose"] != answer["X-Whose"]
