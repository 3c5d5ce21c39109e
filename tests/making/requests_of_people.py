"""Make what an online procedure needs: a person with a card, facilities, a draft, a sent request."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from tests.making.registrations import (
    HONG_BANG,
    LAN,
    NOW,
    Someone,
    make_office,
    make_officer,
    make_person,
    plain_photo,
)
from tests.runner.snapshots import snapshot
from vssid.domain.directory.models import Facility
from vssid.domain.participants.models.people import Person
from vssid.domain.procedures import actions, drafts
from vssid.domain.procedures.definition import walk
from vssid.domain.procedures.definition.shapes import Kind
from vssid.kernel.actor import Actor
from vssid.web.citizen.tests.cast import add_coverage

OLD_PLACE, NEW_PLACE = "31901", "31902"
ANSWERS: dict[Kind, dict[str, Any]] = {
    Kind.CARD_REISSUE: {"reason": "lost", "note": "Rơi ở chợ", "way": "office"},
    Kind.DATA_CHANGE: {"what": ["phone"], "phone": "+84987654321"},
    Kind.FACILITY_CHANGE: {"facility_code": NEW_PLACE, "from_day": "2027-01-01", "note": ""},
}


def make_facilities() -> None:
    """Two facilities, one of them the one Lan's card names."""
    for code, name in ((OLD_PLACE, "Trạm y tế Mẫu Một"), (NEW_PLACE, "Bệnh viện Mẫu Hai")):
        facts = {"name": name, "address": "2 Phố Mẫu", "province_code": "31", "is_synthetic": True}
        Facility.objects.get_or_create(code=code, defaults=facts | {"run_id": 0, "line": 1, "as_of": NOW})


@snapshot
def make_insured(who: Someone = LAN) -> int:
    """A person with a card that goes on, at the office of Hồng Bàng."""
    make_office()
    make_facilities()
    person_id = make_person(who)
    Person.objects.filter(person_id=person_id).update(office_id=HONG_BANG)
    add_coverage(person_id, date(2026, 1, 1), None)
    return person_id


def make_request_draft(
    person_id: int, kind: Kind, *, now: datetime = NOW, **changes: Any
) -> drafts.DraftView:
    """A complete draft."""
    request_id = drafts.start(person_id, kind, now=now)
    draft = drafts.view(person_id, kind)
    assert draft is not None
    first = draft.procedure.steps[0]
    drafts.accept(person_id, request_id, first, ANSWERS[kind] | changes, now=now)
    draft = drafts.view(person_id, kind)
    assert draft is not None
    for attachment in walk.attachments_of(draft.procedure, draft.answers):
        drafts.store_photo(person_id, request_id, attachment.name, plain_photo(), now=now)
    draft = drafts.view(person_id, kind)
    assert draft is not None
    return draft


@snapshot
def make_request(
    kind: Kind = Kind.CARD_REISSUE,
    person_id: int | None = None,
    *,
    by: Actor | None = None,
    now: datetime = NOW,
    **changes: Any,
) -> tuple[int, int]:
    """A sent request; accepted when an officer is given. Returns person and request id."""
    person_id = person_id or make_insured()
    draft = make_request_draft(person_id, kind, now=now, **changes)
    request_id = actions.submit(person_id, draft.request_id, version=draft.version, now=now)
    if by is not None:
        actions.accept(person_id, request_id, by=by, now=now)
    return person_id, request_id


@snapshot
def accepted(kind: Kind = Kind.CARD_REISSUE, **changes: Any) -> tuple[int, int, Actor]:
    """A request in review, and the officer who accepted it."""
    officer = make_officer()
    return (*make_request(kind, by=officer, **changes), officer)
