"""A child's pages: for the guardian of a live link, to read, to the last minute; for nobody else."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from tests.architecture.test_reading import Writes
from tests.making.families import AN, BIRTHDAY, ELDEST, GIA, LAST_MINUTE, add_child_coverage, make_link
from tests.making.registrations import HONG_BANG, make_officer_account
from tests.making.staff import session_of
from vssid.domain.accounts.guardianship import guardians
from vssid.domain.accounts.models.relations import Guardian
from vssid.domain.audit.models import Event
from vssid.domain.cards import actions
from vssid.domain.families.models import ChildRequest
from vssid.domain.participants.models.people import Coverage, Person
from vssid.domain.record import children as records
from vssid.kernel.actor import SYSTEM, person
from vssid.kernel.errors import NotYours
from vssid.web.citizen.card.tests.test_credential import check
from vssid.web.citizen.tests.cast import LAN, browser, enter
from vssid.web.ui import cookies

from .test_requests import lan, tuan

pytestmark = pytest.mark.django_db
PAGES = (
    "",
    "/the",
    "/the/ma",
    "/the/hinh-anh",
    "/qua-trinh",
    "/qua-trinh/bhtn",
    "/qua-trinh/bhyt",
    "/qua-trinh/bhyt/1",
)


def linked(who=AN):
    """Lan with a linked child who has a card; gives her id, the link and her browser."""
    guardian, client = lan()
    _guardian, link_id = make_link(guardian, who, now=timezone.now())
    add_child_coverage(who)
    return guardian, link_id, client


def pages(link_id) -> list[str]:
    return [f"/con/{link_id}{page}" for page in PAGES]


def hidden_from(client, link_id) -> None:
    for url in pages(link_id):
        answer = client.get(url)
        assert answer.status_code == 404, url
        assert AN.full_name not in answer.text
        assert AN.full_name.upper() not in answer.text


def test_each_page_says_whose_record_it_shows_and_may_be_kept():
    _guardian, link_id, client = linked()
    for url in pages(link_id):
        answer = client.get(url)
        assert answer.status_code == 200, url
        assert "Bạn đang xem hồ sơ của con:" in answer.text, url
        assert AN.full_name in answer.text
        assert answer["X-Offline"] == "keep"


def test_the_signed_code_is_the_childs_and_is_renewed_below_its_link():
    actions.ensure_key(now=timezone.now())
    guardian, link_id, client = linked()
    fresh = f"/con/{link_id}/the/chung-thuc"
    assert f'data-signed="{fresh}"' in client.get(f"/con/{link_id}/the/ma").text
    verdict = check(client.get(fresh).json()["svg"])
    assert verdict.facts is not None
    assert verdict.facts.full_name == AN.full_name
    guardians.end(guardian, link_id, reason="guardian", by=SYSTEM, now=timezone.now())
    assert client.get(fresh).status_code == 404


def test_links_on_a_childs_pages_stay_with_the_child():
    _guardian, link_id, client = linked()
    for url in pages(link_id):
        page = client.get(url).text
        main = page[page.index("<main") : page.index("</main>")]
        for own in ('href="/the', 'href="/qua-trinh'):
            people = main[main.find('<nav class="people') : main.find("</nav>")] if "people" in main else ""
            assert own not in main.replace(people, ""), url


def test_each_card_is_one_swipe_away_on_home_and_the_switcher_is_on_the_card():
    guardian, link_id, client = linked()
    make_link(guardian, GIA, now=timezone.now())
    home = client.get("/").text
    assert 'class="wallet many"' in home
    assert home.count("<article") == 3
    assert f'href="/con/{link_id}/the/ma"' in home
    assert f"/con/{link_id}/the/ma" in home.split("data-warm=")[1].split('"')[1]
    assert AN.full_name.upper() in home
    assert GIA.full_name.upper() in home  # without a card, and said so
    assert "Chưa có thẻ BHYT trong dữ liệu" in home
    card = client.get("/the").text
    assert f'href="/con/{link_id}/the"' in card


def test_without_children_there_is_no_switcher():
    _guardian, client = lan()
    assert 'class="people"' not in client.get("/the").text
    assert 'class="wallet"' in client.get("/").text


def test_a_childs_ended_card_is_grey_and_stamped_on_every_page_that_shows_it():
    _guardian, link_id, client = linked()
    Coverage.objects.filter(object_code="TE").update(valid_to=date(2026, 10, 5))
    home = client.get("/").text
    assert f"Thẻ của {AN.full_name} đã hết giá trị 05/10/2026" in home
    assert f'href="/con/{link_id}/the"' in home
    for url in ("/", *(f"/con/{link_id}{page}" for page in ("", "/the", "/the/ma", "/the/hinh-anh"))):
        page = client.get(url).text
        assert "data-ended" in page, url
        assert '<strong class="stamp" data-if-ended>HẾT GIÁ TRỊ 05/10/2026</strong>' in page, url
    for url in (f"/con/{link_id}/the", f"/con/{link_id}/the/ma"):
        page = client.get(url).text
        assert "Con đã đi học: hỏi nhà trường" in page, url
        assert "Còn giá trị" not in page, url


def test_a_card_with_a_last_day_tells_the_phone_that_day_so_that_a_stored_copy_turns_itself():
    _guardian, link_id, client = linked()
    Coverage.objects.filter(object_code="TE").update(valid_to=date(2027, 9, 30))
    for url in ("/", *(f"/con/{link_id}{page}" for page in ("", "/the", "/the/ma", "/the/hinh-anh"))):
        page = client.get(url).text
        assert 'data-ends="2027-09-30"' in page, url
        assert '<strong class="stamp" hidden data-if-ended>HẾT GIÁ TRỊ 30/09/2027</strong>' in page, url


def test_the_portrait_of_the_request_is_the_guardians_to_see_until_it_is_erased():
    _guardian, link_id, client = linked()
    url = f"/con/{link_id}/chan-dung"
    answer = client.get(url)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert tuan().get(url).status_code == 404
    ChildRequest.objects.update(papers_erased_at=timezone.now())
    assert client.get(url).status_code == 404


def test_a_look_is_an_event_once_a_day_and_nothing_else_is_written():
    guardian, link_id, client = linked()
    client.get("/")
    for url in ["/the", *pages(link_id)]:
        with Writes() as writes:
            client.get(url)
        assert writes.seen == [], url
    (look,) = Event.objects.filter(kind="guardian.looked")
    assert (look.actor_id, look.facts["link"]) == (guardian, str(link_id))


def test_nothing_can_be_done_for_the_child():
    _guardian, link_id, client = linked()
    for url in pages(link_id):
        assert client.post(url).status_code == 405, url
    for act in ("doi-mat-khau", "thiet-bi", "dang-xuat"):
        assert client.get(f"/con/{link_id}/{act}").status_code == 404


def test_another_citizen_the_guardian_of_another_child_and_an_invented_link_find_nothing():
    _guardian, link_id, client = linked()
    other = tuan()
    hidden_from(other, link_id)
    from vssid.domain.accounts.models.accounts import LoginName

    tuan_id = LoginName.objects.exclude(name=LAN).filter(name="0100000002").get().person_id
    make_link(tuan_id, GIA, now=timezone.now())
    hidden_from(other, link_id)
    hidden_from(client, uuid.uuid4())
    assert "X-Offline" not in other.get(f"/con/{link_id}")


def test_a_former_guardian_finds_nothing_and_the_device_forgets():
    guardian, link_id, client = linked()
    guardians.end(guardian, link_id, reason="office", by=SYSTEM, now=timezone.now())
    hidden_from(client, link_id)
    assert client.get(f"/con/{link_id}/the")["X-Offline"] == "wipe"
    assert AN.full_name not in client.get("/the").text


def test_staff_and_strangers_are_sent_to_sign_in():
    _guardian, link_id, _client = linked()
    officer = Client()
    officer.cookies[cookies.SESSION] = session_of(make_officer_account("hanh", HONG_BANG, "Hạnh"))
    for client in (officer, browser()):
        for url in pages(link_id):
            answer = client.get(url)
            assert answer["Location"].startswith("/dang-nhap"), url


def test_the_child_with_an_own_account_does_not_become_the_guardian():
    from vssid.web.citizen.tests.cast import make_citizen

    _guardian, link_id, _client = linked()
    child = Person.objects.get(bhxh_code=AN.bhxh_code).person_id
    make_citizen(AN.bhxh_code, person_id=child)
    own = browser()
    enter(own, AN.bhxh_code)
    hidden_from_child = own.get(f"/con/{link_id}")
    assert hidden_from_child.status_code == 404
    assert own.get("/the").status_code == 200


def test_the_page_is_there_in_the_last_minute_and_gone_in_the_next_in_viet_nam():
    with time_machine.travel(LAST_MINUTE - timedelta(hours=3), tick=False):
        guardian, link_id, client = linked(ELDEST)
    with time_machine.travel(LAST_MINUTE, tick=False):
        assert client.get(f"/con/{link_id}/the").status_code == 200
    with time_machine.travel(BIRTHDAY, tick=False):
        assert client.get(f"/con/{link_id}/the").status_code == 404
        assert client.get("/").text.count("Thẻ của con") == 0
    assert Guardian.objects.get(person_id=guardian).ended_at is None  # the job has not even run


def test_the_record_is_not_read_without_a_live_link_in_the_same_statement():
    guardian, link_id, _client = linked()
    now = timezone.now()
    child = guardians.child(guardian, link_id, now=now)
    guardians.end(guardian, link_id, reason="guardian", by=person(guardian), now=now)
    with pytest.raises(NotYours):
        records.child_record(child, now=now)
