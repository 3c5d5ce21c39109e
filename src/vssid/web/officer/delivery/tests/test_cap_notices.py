"""A cap that is nearly used up is said on every console page, to whom it is told, until put away."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from tests.making.registrations import make_officer_account
from tests.page_text import text_of
from vssid.domain.accounts.posts import cap_notices
from vssid.domain.notifications.caps import setting
from vssid.domain.notifications.models.caps import CapCount
from vssid.domain.notifications.models.messages import Notice
from vssid.kernel.actor import SYSTEM
from vssid.kernel.calendar import local_day
from vssid.web.officer.tests.desk import browser_of

pytestmark = pytest.mark.django_db
STAFF, PAGE = "/can-bo/nhan-su", "/can-bo/tin-gui-di"
SAID = "đã gửi 9 trên mức trần 10"


def admin(name: str) -> tuple[int, Client]:
    person_id = make_officer_account(name, name=name, role="administrator")
    return person_id, browser_of(person_id)


def near_its_end() -> None:
    """Of the codes of the day nine of ten are used."""
    day = local_day(timezone.now())
    setting.put("codes", 10, day, why="Để thử", by=SYSTEM, now=timezone.now())
    CapCount.objects.create(day=day, key="codes", count=9)
    cap_notices.tell(timezone.now())


def put_away(client: Client, person_id: int, back: str = STAFF):
    notice = Notice.objects.get(person_id=person_id)
    return client.post(f"/can-bo/thong-bao/{notice.id}/da-xem", {"tiep": back})


def test_every_page_of_an_administrator_says_it_until_it_is_put_away():
    van, client = admin("van")
    near_its_end()
    for page in (STAFF, PAGE):
        said = text_of(client.get(page).content)
        assert "Sắp hết mức trần tin nhắn trong ngày" in said
        assert SAID in said
    assert put_away(client, van)["Location"] == STAFF
    assert SAID not in text_of(client.get(STAFF).content)


def test_putting_away_never_leads_to_another_site():
    van, client = admin("van")
    near_its_end()
    assert put_away(client, van, "https://evil.example/")["Location"] == "/"


def test_nobody_puts_away_what_another_was_told():
    _van, client = admin("van")
    hoa, _ = admin("hoa")
    near_its_end()
    assert put_away(client, hoa).status_code == 302
    assert not Notice.objects.exclude(read_at=None).exists()


def test_who_does_not_manage_delivery_is_told_nothing():
    admin("van")
    director = browser_of(make_officer_account("giam-doc", name="Long", role="director"))
    near_its_end()
    assert SAID not in text_of(director.get(STAFF).content)
