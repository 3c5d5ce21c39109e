"""Make families: a guardian, children in one household, a request on its way, a link."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from unittest.mock import patch

from tests.making.registrations import (
    ADDRESS,
    BINH,
    HONG_BANG,
    LAN,
    NOW,
    Someone,
    looked_at,
    make_office,
    make_officer,
    make_person,
)
from tests.runner.snapshots import snapshot
from vssid.domain.families import actions, deciding, form
from vssid.domain.families.models import ChildRequest
from vssid.domain.families.rules import PAPERS
from vssid.domain.identity import reader
from vssid.domain.participants.models.people import Coverage, Identifier, Person
from vssid.kernel.actor import Actor
from vssid.kernel.ids import BhxhCode

AN = Someone("0000000031", "Trần Bảo An", date(2018, 5, 20), 2, "031318000031", phone="+84912345678")
GIA = Someone("0000000032", "Trần Gia Huy", date(2021, 9, 1), 1, "031221000032", phone="+84912345678")
CHILD = Someone("0000000034", "Trần Khánh Linh", date(2019, 3, 8), 2, "031319000034")
HOUSEHOLD = "3100000001"
# The last minute of a child born on 26 November 2008, and the first of the adult, in Việt Nam.
ELDEST = Someone("0000000033", "Trần Minh Khôi", date(2008, 11, 26), 1, "031208000033", phone="+84912345679")
LAST_MINUTE = datetime(2026, 11, 25, 16, 59, tzinfo=UTC)
BIRTHDAY = datetime(2026, 11, 25, 17, 0, tzinfo=UTC)


def make_member(who: Someone, household: str = HOUSEHOLD) -> int:
    """A person of the register in a household, looked after by the office at Hồng Bàng."""
    make_office()
    known = Identifier.objects.filter(key=who.bhxh_code).first()
    person_id = known.person_id if known else make_person(who)
    Person.objects.filter(person_id=person_id).update(household_code=household, office_id=HONG_BANG)
    return person_id


def typed(who: Someone = AN, relation: str = "mother") -> form.Child:
    """The child as its guardian types it."""
    return form.Child(BhxhCode(who.bhxh_code), who.full_name, who.birth_date, relation)


def make_draft(guardian: int, who: Someone = AN, *, papers: bool = True, now: datetime = NOW) -> int:
    """A draft, with both papers unless said otherwise."""
    request_id = actions.save(guardian, typed(who), now=now)
    if papers:
        with patch.object(reader, "look", lambda kind, _data: looked_at(kind)):
            for kind in PAPERS:
                actions.store_paper(guardian, kind, b"", address=ADDRESS, now=now)
    return request_id


@snapshot
def make_request(guardian: int | None = None, who: Someone = AN, *, now: datetime = NOW) -> tuple[int, int]:
    """A sent request; gives guardian and request."""
    guardian = guardian or make_member(LAN)
    make_member(who)
    request_id = make_draft(guardian, who, now=now)
    actions.submit(guardian, request_id, office_code=HONG_BANG, now=now)
    return guardian, request_id


@snapshot
def make_ready(
    guardian: int | None = None, who: Someone = AN, *, by: Actor | None = None, now: datetime = NOW
) -> tuple[int, int]:
    """A sent request whose certificate was compared: approval is open."""
    key = make_request(guardian, who, now=now)
    deciding.see_certificate(*key, by=by or make_officer(), now=now)
    return key


@snapshot
def make_link(
    guardian: int | None = None, who: Someone = AN, *, now: datetime = NOW
) -> tuple[int, uuid.UUID]:
    """An approved request; gives guardian and link."""
    key = make_ready(guardian, who, now=now)
    deciding.approve(*key, by=make_officer(), now=now)
    link_id = ChildRequest.objects.get(person_id=key[0], id=key[1]).link_id
    assert link_id is not None
    return key[0], link_id


def make_father() -> int:
    """Bình, the other parent."""
    return make_member(BINH)


def add_child_coverage(who: Someone = AN) -> None:
    """The card of a child under six or at school."""
    Coverage.objects.create(
        person_id=Person.objects.get(bhxh_code=who.bhxh_code).person_id,
        valid_from=date(2020, 1, 1),
        valid_to=None,
        object_code="TE",
        benefit_level="1",
        card_province="31",
        facility_code="31901",
        office_id=HONG_BANG,
        issued_on=date(2019, 12, 15),
        auto_renews=False,
        run_id=0,
        line=1,
        as_of=NOW,
    )
