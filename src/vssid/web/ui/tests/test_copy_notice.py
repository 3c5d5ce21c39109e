"""Every page of a copy says that it is one."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.test import Client

from vssid.domain.installation import standing
from vssid.domain.installation.standing import Standing, State

from ..pages import copy_notice

pytestmark = pytest.mark.django_db
WORDS = "Đây là bản sao"


@pytest.fixture(autouse=True)
def forgotten():
    """What was found is forgotten again."""
    yield
    copy_notice._copy.clear()


def stands(monkeypatch: pytest.MonkeyPatch, state: State) -> None:
    monkeypatch.setattr(standing, "now", lambda: Standing(state))
    copy_notice.look()


@pytest.mark.parametrize("path", ["/", "/can-bo/dang-nhap", "/tro-giup", "/nowhere", "/the"])
def test_a_copy_says_so_on_every_page_and_the_service_on_none(monkeypatch, path):
    client = Client()
    assert WORDS not in client.get(path, follow=True).content.decode()
    stands(monkeypatch, State.MOVED)
    assert WORDS in client.get(path, follow=True).content.decode()
    stands(monkeypatch, State.OURS)
    assert WORDS not in client.get(path, follow=True).content.decode()


def test_while_the_database_is_away_what_was_found_holds(monkeypatch):
    stands(monkeypatch, State.STRANGE)

    def away() -> Standing:
        raise OperationalError

    monkeypatch.setattr(standing, "now", away)
    copy_notice.look()
    assert copy_notice.is_copy()


def test_the_metrics_say_it():
    assert "vssid_installation_held 0.0" in Client().get("/metrics").content.decode()
