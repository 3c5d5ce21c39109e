"""Administrators of the whole country hear of a cap once a day and stage, never by text."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.making.registrations import HONG_BANG, make_office, make_officer_account
from vssid.domain.accounts.models.accounts import Account
from vssid.domain.accounts.models.staff import Post, StaffPerson
from vssid.domain.accounts.tests.people import LAN, make_account
from vssid.domain.notifications import languages
from vssid.domain.notifications.caps import setting, spending
from vssid.domain.notifications.inbox import words
from vssid.domain.notifications.models.caps import CapCount
from vssid.domain.notifications.models.messages import Message, Notice
from vssid.domain.offices.models import Office
from vssid.kernel.actor import SYSTEM
from vssid.kernel.calendar import local_day

from .. import cap_notices

pytestmark = pytest.mark.django_db
NOW = datetime.fromisoformat("2026-11-18T10:00:00+07:00")


def use(count: int, *, scope: str = "codes", now: datetime = NOW) -> None:
    """So many of a cap of ten are used."""
    setting.put(scope, 10, local_day(now), why="Để thử", by=SYSTEM, now=now)
    CapCount.objects.update_or_create(day=local_day(now), key=scope, defaults={"count": count})


@pytest.fixture
def van() -> int:
    person_id = make_officer_account("van", name="Vân", role="administrator")
    Post.objects.update(from_on=local_day(NOW) - timedelta(days=1))
    return person_id


def told(person_id: int) -> list[tuple[str, str]]:
    return [(notice.kind, notice.facts["scope"]) for notice in cap_notices.unseen(person_id, NOW)]


def test_at_eighty_percent_and_at_the_end_once_each(van):
    use(7)
    assert cap_notices.tell(NOW) == 0
    use(8)
    assert [cap_notices.tell(NOW), cap_notices.tell(NOW)] == [1, 0]
    use(10)
    assert [cap_notices.tell(NOW), cap_notices.tell(NOW)] == [1, 0]
    assert sorted(told(van)) == [("sms_cap_near", "codes"), ("sms_cap_used_up", "codes")]


def test_each_cap_is_told_by_itself_and_each_day_anew(van):
    use(8)
    use(9, scope="kind:phone_code")
    assert cap_notices.tell(NOW) == 2
    tomorrow = NOW + timedelta(days=1)
    use(8, now=tomorrow)
    assert cap_notices.tell(tomorrow) == 1
    assert [notice.facts["scope"] for notice in cap_notices.unseen(van, tomorrow)] == ["codes"]
    assert Notice.objects.filter(read_at=None).count() == 1, "those of the day before are over"


def test_only_who_manages_delivery_of_the_whole_country_is_told(van):
    head = Office.objects.get(code=HONG_BANG)
    make_office("03102", "BHXH quận Lê Chân (mẫu)")
    Office.objects.filter(code="03102").update(parent=head)
    make_officer_account("elsewhere", name="Nam", role="administrator", office="03102")
    make_officer_account("minh2", name="Minh", role="reviewer")
    ended = make_officer_account("ended", name="Cũ", role="administrator")
    Post.objects.update(from_on=local_day(NOW) - timedelta(days=1))
    Post.objects.filter(account_id=ended).update(ended_at=NOW)
    use(9)
    assert cap_notices.tell(NOW) == 1
    assert list(Notice.objects.values_list("person_id", flat=True)) == [van]


def test_who_has_an_own_account_with_an_address_gets_an_email_and_nobody_a_text(van, settings):
    settings.MAIL_GATEWAY = "log"
    make_account(email=True)
    StaffPerson.objects.create(account=Account.objects.get(person_id=van), person_id=LAN)
    use(10)
    cap_notices.tell(NOW)
    assert list(Message.objects.values_list("channel", "kind")) == [("email", "sms_cap_used_up")]


def test_it_says_which_cap_and_how_much_in_the_language_of_the_console(van):
    use(8)
    cap_notices.tell(NOW)
    [notice] = cap_notices.unseen(van, NOW)
    said = words.paragraphs(notice.kind, notice.facts)[0]
    assert said == "Mã và mật khẩu, cả nước một ngày: đã gửi 8 trên mức trần 10."
    assert languages.of(van) is languages.Language.VI
    assert spending.listed(NOW)[0].is_used_up is False
