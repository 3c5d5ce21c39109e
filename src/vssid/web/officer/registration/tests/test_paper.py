"""Form 01 printed at the desk, for who has no printer."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from tests.making.registrations import HONG_BANG, LAN, make_application, make_officer_account, make_ready
from tests.page_text import text_of
from vssid.domain.audit.models import Event
from vssid.domain.registration import actions
from vssid.domain.registration.errors import Unprintable
from vssid.domain.registration.models import Application
from vssid.domain.registration.paper import form01
from vssid.web.officer.tests.desk import browser_of, file_of, hanh, minh

pytestmark = pytest.mark.django_db


def printed(client, application_id):
    return client.get(file_of(application_id, "to-khai.pdf"))


def test_the_desk_prints_form_01_and_that_is_an_event_of_the_person() -> None:
    client, application = minh(), make_application()
    answer = printed(client, application)
    words = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert Application.objects.get(id=application).number in words
    assert LAN.full_name in words
    assert (answer["Content-Type"], "no-store" in answer["Cache-Control"]) == ("application/pdf", True)
    assert answer["Content-Disposition"].startswith("inline")
    event = Event.objects.filter(subject_id=application).latest("seq")
    assert (event.kind, event.actor_name) == ("application.form_printed", "Minh")
    assert "in tờ khai mẫu 01" in text_of(client.get(file_of(application)).content)


def test_the_page_offers_it_by_a_key_while_the_file_waits() -> None:
    client, application = minh(), make_application()
    assert 'data-key="p"' in client.get(file_of(application)).content.decode()
    actions.withdraw(application, now=Application.objects.get(id=application).submitted_at)
    assert 'data-key="p"' not in client.get(file_of(application)).content.decode()


def test_of_a_closed_file_nothing_is_printed() -> None:
    client, application = minh(), make_application()
    actions.withdraw(application, now=Application.objects.get(id=application).submitted_at)
    answer = printed(client, application)
    assert (answer.status_code, "Chỉ in tờ khai khi hồ sơ còn chờ." in text_of(answer.content)) == (409, True)


def test_letters_that_cannot_be_printed_are_named_on_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    client, application = minh(), make_application()

    def refuse(*_parts: object) -> bytes:
        raise Unprintable(fields=("street",))

    monkeypatch.setattr(form01, "render", refuse)
    answer = printed(client, application)
    assert answer.status_code == 422
    assert "Tờ khai chưa in được" in text_of(answer.content)
    assert not Event.objects.filter(kind="application.form_printed").exists()


def test_another_office_prints_nothing() -> None:
    assert printed(hanh(), make_ready()).status_code == 404


def test_who_only_looks_prints_nothing() -> None:
    application = make_application()
    director = browser_of(make_officer_account("huong", HONG_BANG, "Hương", "director"))
    assert printed(director, application).status_code == 403
    assert 'data-key="p"' not in director.get(file_of(application)).content.decode()
