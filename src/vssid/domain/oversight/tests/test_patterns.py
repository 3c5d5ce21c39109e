"""The night finds who looks too much, and tells those who are answerable once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.certain import certain
from tests.making.registrations import ELSEWHERE, HONG_BANG, LAN, make_application, make_office
from vssid.domain.audit import actions as audit
from vssid.domain.audit.models import Event
from vssid.domain.oversight import alerts, jobs, patterns
from vssid.domain.oversight.models import NOBODY, Alert, LookedAtDay
from vssid.domain.participants import queries
from vssid.kernel.actor import Actor, ActorKind
from vssid.kernel.errors import Invalid, NotYours
from vssid.kernel.ids import BhxhCode

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)  # 12:00 in Việt Nam
NOW = datetime(2026, 11, 24, 20, 25, tzinfo=UTC)


def officer(number: int = 7, office: str = HONG_BANG) -> Actor:
    return Actor(ActorKind.OFFICER, number, f"Cán bộ {number}", office)


def look(subjects, *, by=None, at=NOON, kind="application.viewed"):
    for subject in subjects:
        audit.record(kind, subject=subject, by=by or officer(), now=at)


def told(day=MONDAY) -> dict[str, int]:
    return {pattern.rule: pattern.count for pattern in patterns.of_day(day)}


def test_a_usual_day_of_an_officer_raises_nothing():
    look(range(100, 140))
    for subject in range(100, 140):
        audit.record("application.approved", subject=subject, by=officer(), now=NOON)
    assert told() == {}


def test_files_looked_at_and_not_worked_on_are_counted_once_each():
    look([*range(100, 129), 100, 101])
    assert told() == {}
    look([129], at=NOON + timedelta(hours=2))
    assert told() == {"looked_only": 30}
    # One of them was decided after all; a colleague's decision does not count for the officer who looked.
    audit.record("application.refused", subject=100, by=officer(8), now=NOON)
    assert told() == {"looked_only": 30}
    audit.record("application.refused", subject=100, by=officer(), now=NOON)
    assert told() == {}


def test_files_that_lie_at_another_office_are_told_apart(monkeypatch):
    monkeypatch.setitem(patterns.LIMITS, "other_offices", 1)
    application_id = make_application(now=NOON - timedelta(days=1))
    look([application_id])
    assert told() == {}
    make_office(ELSEWHERE)
    look([application_id], by=officer(9, ELSEWHERE))
    assert [(pattern.actor_id, pattern.office) for pattern in patterns.of_day(MONDAY)] == [(9, ELSEWHERE)]


@pytest.mark.parametrize(
    ("at", "is_late"),
    [
        (datetime(2026, 11, 22, 22, 59, tzinfo=UTC), True),  # 05:59
        (datetime(2026, 11, 22, 23, 0, tzinfo=UTC), False),  # 06:00
        (datetime(2026, 11, 23, 12, 59, tzinfo=UTC), False),  # 19:59
        (datetime(2026, 11, 23, 13, 0, tzinfo=UTC), True),  # 20:00
    ],
)
def test_looks_before_six_and_from_eight_in_the_evening_are_out_of_hours(at, is_late):
    look(range(5), at=at)
    assert told() == ({"out_of_hours": 5} if is_late else {})


@pytest.mark.parametrize("day", [date(2026, 11, 22), date(2026, 9, 2)])
def test_on_sundays_and_public_holidays_every_look_is_out_of_hours(day):
    look(range(5), at=datetime(day.year, day.month, day.day, 3, 0, tzinfo=UTC))
    assert told(day) == {"out_of_hours": 5}


def test_who_takes_many_files_of_events_is_told():
    look([7, 7], kind="audit.exported")
    assert told() == {}
    look([7], kind="audit.exported")
    assert told() == {"many_exports": 3}


def test_a_person_whose_matters_many_officers_look_at_is_told_with_all_matters_together():
    application_id = make_application(now=NOON - timedelta(days=1))
    person_id = certain(queries.by_bhxh_code(BhxhCode(LAN.bhxh_code))).person_id
    for number in range(4):
        look([application_id], by=officer(10 + number), at=NOON - timedelta(days=20))
    assert told() == {}
    look([person_id], by=officer(99), kind="procedure.viewed")
    assert [(p.rule, p.subject_id, p.count, p.office) for p in patterns.of_day(MONDAY)] == [
        ("many_lookers", person_id, 5, "")
    ]


def test_the_night_tells_each_pattern_once_and_makes_up_for_days_it_missed():
    alerts.note_day(MONDAY - timedelta(days=3), now=NOW)
    look(range(100, 130))
    assert alerts.note_days(MONDAY + timedelta(days=2), now=NOW) == 1
    assert set(LookedAtDay.objects.values_list("day", flat=True)) == {
        MONDAY + timedelta(days=number) for number in range(-3, 2)
    }
    assert alerts.note_days(MONDAY + timedelta(days=2), now=NOW) == 0
    assert alerts.note_day(MONDAY, now=NOW) == 0
    assert Alert.objects.count() == 1


def test_the_job_of_the_night_looks_through_yesterday():
    jobs.note(0)
    assert LookedAtDay.objects.count() == 1


def test_alerts_are_for_the_office_and_the_ones_above_and_those_of_persons_for_the_country():
    make_office(HONG_BANG)
    make_office(ELSEWHERE)
    for office, subject in ((HONG_BANG, NOBODY), (ELSEWHERE, NOBODY), ("", 5)):
        Alert.objects.create(
            rule="looked_only",
            day=MONDAY,
            actor_id=7,
            subject_id=subject,
            office=office,
            count=30,
            made_at=NOW,
        )
    assert [alert.office for alert in alerts.of_reach(HONG_BANG)] == [HONG_BANG]
    assert alerts.of_reach(None).count() == 3


class TestSeeingTo:
    @pytest.fixture
    def alert(self) -> Alert:
        make_office(HONG_BANG)
        make_office(ELSEWHERE)
        look(range(100, 130))
        alerts.note_day(MONDAY, now=NOW)
        return Alert.objects.get()

    def test_who_is_answerable_says_what_it_was_and_it_stands_in_the_log(self, alert):
        assert alerts.see_to(alert.id, " Trực  bàn ", reach=HONG_BANG, by=officer(20), now=NOW)
        alert.refresh_from_db()
        assert (alert.seen_by, alert.note) == (20, "Trực bàn")
        assert Event.objects.get(kind="oversight.seen").subject_id == 7
        assert not alerts.see_to(alert.id, "nữa", reach=HONG_BANG, by=officer(21), now=NOW)

    def test_nobody_sees_to_what_is_told_of_oneself(self, alert):
        with pytest.raises(NotYours):
            alerts.see_to(alert.id, "tôi", reach=HONG_BANG, by=officer(7), now=NOW)

    def test_an_alert_of_another_office_is_not_there(self, alert):
        with pytest.raises(NotYours):
            alerts.see_to(alert.id, "x", reach=ELSEWHERE, by=officer(20), now=NOW)

    @pytest.mark.parametrize(("note", "why"), [("  ", "required"), ("x" * 501, "too_long")])
    def test_it_is_not_seen_to_without_a_word_of_what_it_was(self, alert, note, why):
        with pytest.raises(Invalid) as refused:
            alerts.see_to(alert.id, note, reach=HONG_BANG, by=officer(20), now=NOW)
        assert refused.value.fields == {"note": why}
