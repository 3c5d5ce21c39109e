"""No page says Vietnamese to who reads English: without a browser, so that it is known within a minute.

The browser tests look at every page, with what scripts say; these at what the server answers.
"""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from django.test import Client
from django.utils import timezone

from tests.architecture.messages import VIETNAMESE
from tests.browser import pages
from tests.browser.english import ALLOWED
from tests.making.employers_of_the_register import make_employers
from tests.making.places_of_the_directory import make_point
from tests.making.registrations import make_application, make_officer_account
from tests.making.requests_of_people import make_facilities
from vssid.domain.directory import index
from vssid.domain.notifications.inbox import notices
from vssid.web.citizen.tests import cast, records
from vssid.web.officer.tests import desk
from vssid.web.ui import cookies

pytestmark = pytest.mark.django_db
VOID = {"meta", "link", "input", "img", "br", "hr", "source", "wbr", "path", "use", "circle", "rect", "col"}


class Said(HTMLParser):
    """Texts and labels of a page that are not marked as Vietnamese."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.inside: list[bool] = [False]

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        silent = self.inside[-1] or given.get("lang") == "vi" or tag in ("script", "style")
        if tag not in VOID:
            self.inside.append(silent)
        if not silent:
            spoken = ("aria-label", "alt", "title", "placeholder")
            self.said += [text for name, text in given.items() if name in spoken]
            self.said += [
                text for name, text in given.items() if name.startswith("data-") and name != "data-advice"
            ]

    def handle_endtag(self, tag):
        if tag not in VOID and len(self.inside) > 1:
            self.inside.pop()

    def handle_data(self, data):
        if not self.inside[-1]:
            self.said.append(data)


def left_in_vietnamese(page: bytes) -> list[str]:
    """What a page still says in Vietnamese."""
    reader = Said()
    reader.feed(page.decode())
    return [text.strip() for text in reader.said if VIETNAMESE.search(ALLOWED.sub("", text))]


def wrong(client: Client, addresses) -> dict[str, list[str]]:
    """The pages that say something in Vietnamese, and what."""
    client.cookies[cookies.LANGUAGE] = "en"
    by_address = {}
    for address in addresses:
        if address and not address.startswith(pages.ONE_FOR_ALL):
            answer = client.get(address)
            assert b'<html lang="en"' in answer.content, address
            by_address[address] = left_in_vietnamese(answer.content)
    return {address: texts for address, texts in by_address.items() if texts}


def test_it_sees_vietnamese_left_in_a_page():
    page = '<p>Decree <b>NĐ-CP: Nghị định</b></p><i lang="vi">Có</i><img alt="Ảnh"><br><script>"Ơ"</script>'
    assert left_in_vietnamese(page.encode()) == ["NĐ-CP: Nghị định", "Ảnh"]


def test_no_page_for_everybody_speaks_vietnamese(settings):
    settings.DEMO = True
    make_officer_account()
    make_facilities()
    make_point()
    make_employers()
    index.refresh()
    assert wrong(Client(), pages.VISITOR.values()) == {}


def test_no_page_of_a_citizen_speaks_vietnamese():
    person_id = cast.make_worker()
    records.make_records(person_id)
    notices.notify(person_id, "test", now=timezone.now())
    assert wrong(desk.browser_of(person_id), (*pages.CITIZEN.values(), *pages.OTHER_TABS)) == {}


def test_no_page_of_an_officer_speaks_vietnamese():
    application_id = make_application(now=timezone.now())
    pages = ("/can-bo", "/can-bo/tai-khoan", "/can-bo/dich-vu", "/can-bo/tin-nhan", "/can-bo/gia-dinh")
    assert wrong(desk.minh(), (*pages, desk.file_of(application_id))) == {}
