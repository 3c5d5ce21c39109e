"""Visitors of the small site in urls.py. No database is touched; imports wait for Django."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import pytest
from django.test import Client

LAN = {"person_id": 7, "kind": "citizen", "plain_login": "0000000001", "display_name": "Nguyễn Thị Lan"}
MINH = {
    "person_id": 9,
    "kind": "staff",
    "plain_login": "minh",
    "display_name": "Minh",
    "proved_at": datetime(2026, 11, 18, tzinfo=UTC),
}


def a_session(person, **changes):
    from vssid.domain.accounts.sign_in.sessions import SessionView

    return SessionView(
        **{"session_id": uuid.uuid4(), "must_set_password": False, "post": None, **person, **changes}
    )


@pytest.fixture
def site(settings, tmp_path):
    settings.ROOT_URLCONF = "vssid.web.ui.tests.urls"
    settings.DEMO = True
    settings.STATIC_ROOT = tmp_path
    return Client(raise_request_exception=False)


@pytest.fixture
def signed_in(site, monkeypatch):
    """Call with a person to sign the visitor in."""
    from vssid.domain.accounts.sign_in import sessions
    from vssid.web.ui import cookies

    def sign_in(person, **changes):
        view = a_session(person, **changes)
        monkeypatch.setattr(sessions, "resolve", lambda token, *, now: view if token == "good" else None)
        site.cookies[cookies.SESSION] = "good"
        return site

    return sign_in


@pytest.fixture
def lan(signed_in):
    return signed_in(LAN)


@pytest.fixture
def minh(signed_in):
    from vssid.domain.accounts.sign_in.sessions import PostView

    return signed_in(MINH, post=PostView("00311", "reviewer"))
