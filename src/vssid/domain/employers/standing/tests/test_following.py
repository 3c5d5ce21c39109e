"""What is open of an employer that moves to another office goes there; what is closed stays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.making import employers_hr as hr
from tests.making.employers_hr import HERE, HR
from tests.making.registrations import make_officer
from tests.making.roll_out import FIRST, NOW, SECOND
from vssid.domain.audit.models import Event
from vssid.domain.casework import claims
from vssid.domain.employers.alignment.kinds import Kind
from vssid.domain.employers.corrections import answering, queries, sending
from vssid.domain.employers.corrections.moves import CORRECTION
from vssid.domain.employers.days.tests.made import make_day
from vssid.domain.employers.models import Correction, Standing
from vssid.domain.employers.standing import actions, following
from vssid.domain.employers.standing.actions import Noted
from vssid.domain.participants.models.participation import Employer
from vssid.domain.support import answering as messages
from vssid.domain.support.employers import conversation
from vssid.domain.support.models import Ticket
from vssid.domain.support.moves import EMPLOYERS_TICKET
from vssid.domain.support.notes import written
from vssid.kernel.actor import SYSTEM, Actor, ActorKind
from vssid.kernel.calendar import local_day

pytestmark = pytest.mark.django_db
TODAY = local_day(NOW)
TUAN = Actor(ActorKind.EMPLOYER, 9_100_001, "Tuấn", employer=HERE)


@pytest.fixture(autouse=True)
def sent() -> list[int]:
    """Three requests lie at the first office; the first is answered, the second taken by Thu."""
    hr.make_employers()
    hr.take(hr.table("Nguyễn Thị Lam,01/01/1990,0000000001,,,,,"))
    sending.send_all(HERE, Kind.NAME, by=HR, now=NOW)
    sending.send_all(HERE, Kind.MISSING, by=HR, now=NOW)
    rows = list(Correction.objects.order_by("id").values_list("id", flat=True))
    thu = make_officer("Thu", FIRST, "collection_officer")
    answering.keep(rows[0], ["papers_agree"], "", by=thu, now=NOW)
    answering.take(rows[1], by=thu, now=NOW)
    return rows


def note_move(from_on: date = TODAY) -> None:
    actions.note(HERE, Noted("moved", from_on, "QĐ 12", office=SECOND), by=SYSTEM, now=NOW)


def offices() -> list[str]:
    return list(Correction.objects.order_by("id").values_list("office_id", flat=True))


def ask(once: str) -> int:
    return conversation.send(written("Hỏi", once), topic="other", office_code=FIRST, by=TUAN, now=NOW)


def test_open_requests_go_with_the_note_of_the_move_and_nobody_there_has_them(sent: list[int]) -> None:
    note_move()
    assert offices() == [FIRST, SECOND, SECOND]
    row = Correction.objects.get(id=sent[1])
    assert (row.state, row.taken_by, row.taken_at) == ("sent", "", None)
    ha = make_officer("Hà", SECOND, "collection_officer")
    assert claims.other(CORRECTION.name, sent[1], by=ha, now=NOW) is None
    assert set(queries.within(ha, "open").values_list("id", flat=True)) == set(sent[1:])
    event = Event.objects.filter(kind="correction.followed").latest("seq")
    assert (event.facts["from"], event.facts["to"]) == (FIRST, SECOND)


def test_a_move_of_a_later_day_and_of_the_register_is_followed_by_the_clock(sent: list[int]) -> None:
    note_move(TODAY + timedelta(days=2))
    assert (following.follow_all(NOW), offices()) == (0, [FIRST] * 3)
    assert following.follow_all(NOW + timedelta(days=2)) == 1
    assert offices() == [FIRST, SECOND, SECOND]
    assert following.follow_all(NOW + timedelta(days=2)) == 0
    Standing.objects.update(taken_back_at=NOW)
    Employer.objects.filter(code=HERE).update(office_id=None)
    assert (following.follow_all(NOW), offices()) == (0, [FIRST, SECOND, SECOND])


def test_a_day_that_waits_goes_too_and_one_that_was_accepted_stays_with_who_comes() -> None:
    waiting = make_day(on=TODAY + timedelta(days=5), employer_id=HERE, office_id=FIRST)
    accepted = make_day(make_officer(), on=TODAY + timedelta(days=6), employer_id=HERE, office_id=FIRST)
    note_move()
    waiting.refresh_from_db()
    accepted.refresh_from_db()
    assert (waiting.office_id, accepted.office_id) == (SECOND, FIRST)
    event = Event.objects.get(kind="employer.day_followed")
    assert (event.office, event.facts["to"]) == (FIRST, SECOND)
    assert following.follow_all(NOW) == 0


def test_messages_go_too_unread_while_the_office_owes_a_word() -> None:
    thu = make_officer("Thu", FIRST, "collection_officer")
    read, answered, closed = ask("a"), ask("b"), ask("c")
    messages.answer(answered, written("Đã xem", "d"), by=thu, now=NOW, kind=EMPLOYERS_TICKET)
    messages.close(closed, by=thu, now=NOW, kind=EMPLOYERS_TICKET)
    Ticket.of_employers.filter(id=read).update(state="read", read_at=NOW)
    note_move()
    rows = {row.id: (row.office_id, row.state) for row in Ticket.of_employers.all()}
    assert rows == {read: (SECOND, "sent"), answered: (SECOND, "answered"), closed: (FIRST, "closed")}
    assert len(conversation.of(HERE, NOW)) == 3
