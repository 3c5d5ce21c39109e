"""Reports made each week or month: once a period, for the post as it is, also when a worker dies."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.making import roll_out
from tests.making.registrations import make_officer_account
from tests.making.roll_out import FIRST, NOW, PROVINCE
from vssid.domain.accounts.models.staff import Post
from vssid.domain.audit import actions as audit
from vssid.domain.audit.models import Event
from vssid.domain.reports import counting, makers, making, schedules
from vssid.domain.reports.models import Made
from vssid.kernel.actor import Actor, ActorKind
from vssid.kernel.errors import Invalid, NotYours

pytestmark = pytest.mark.django_db


@pytest.fixture
def hoa() -> Actor:
    roll_out.make_counted_world(people=20, files=30)
    return director("hoa")


def director(username: str, office: str = PROVINCE, role: str = "director") -> Actor:
    person_id = make_officer_account(username, office, username.title(), role)
    post = Post.objects.get(account_id=person_id)
    return Actor(ActorKind.OFFICER, person_id, username.title(), office, role, post.id)


def test_the_newest_week_and_month_that_are_over_are_made_once(hoa: Actor) -> None:
    schedules.ask("report", "weekly", by=hoa, now=NOW)
    schedules.ask("report_progress", "monthly", by=hoa, now=NOW)
    assert [making.make_due(NOW), making.make_due(NOW)] == [2, 0]
    assert set(Made.objects.values_list("since", "until")) == {
        (date(2026, 11, 9), date(2026, 11, 15)),
        (date(2026, 10, 1), date(2026, 10, 31)),
    }
    assert bytes(Made.objects.earliest("id").pdf or b"").startswith(b"%PDF-")
    assert Event.objects.filter(kind="report.made").count() == 2


def test_the_next_week_is_made_when_it_is_over_and_counted(hoa: Actor) -> None:
    schedules.ask("report", "weekly", by=hoa, now=NOW)
    making.make_due(NOW)
    next_monday = NOW + timedelta(days=5)
    assert making.make_due(next_monday) == 0  # not counted since
    counting.recount(next_monday)
    assert making.make_due(next_monday) == 1


def test_what_a_dead_worker_left_is_made_by_the_next_run(hoa: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    number = schedules.ask("report", "weekly", by=hoa, now=NOW)

    def die(*_args: Any, **_more: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as killed:
        killed.setattr(audit, "record", die)
        with pytest.raises(KeyboardInterrupt):
            making.make_one(number, date(2026, 11, 18), NOW)
    assert not Made.objects.exists()
    assert making.make_due(NOW) == 1


def test_of_two_workers_at_once_the_second_finds_it_made(hoa: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    number = schedules.ask("report", "weekly", by=hoa, now=NOW)
    real = makers.make
    told: list[Any] = []

    def make(*args: Any) -> Any:
        if not told:
            told.append(args)
            assert making.make_one(number, date(2026, 11, 18), NOW)
        return real(*args)

    monkeypatch.setattr(makers, "make", make)
    assert not making.make_one(number, date(2026, 11, 18), NOW)
    assert (Made.objects.count(), Event.objects.filter(kind="report.made").count()) == (1, 1)


def test_one_that_cannot_be_made_keeps_no_other_back(hoa: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    schedules.ask("report", "weekly", by=hoa, now=NOW)
    schedules.ask("report_ranking", "weekly", by=hoa, now=NOW)
    real = makers.make

    def half(report: str, *args: Any) -> Any:
        if report == "report":
            raise ValueError(report)
        return real(report, *args)

    monkeypatch.setattr(makers, "make", half)
    assert making.make_due(NOW) == 1


def test_a_post_that_ended_has_nothing_made(hoa: Actor) -> None:
    schedules.ask("report", "weekly", by=hoa, now=NOW)
    Post.objects.filter(id=hoa.post or 0).update(ended_at=NOW)
    assert making.make_due(NOW) == 0


def test_a_schedule_is_asked_for_once_and_ended_by_its_owner(hoa: Actor) -> None:
    number = schedules.ask("report", "weekly", by=hoa, now=NOW)
    for report, rhythm, wrong in (
        ("report", "weekly", {"report": "already"}),
        ("report_x", "daily", {"report": "bad_choice", "rhythm": "bad_choice"}),
    ):
        with pytest.raises(Invalid) as caught:
            schedules.ask(report, rhythm, by=hoa, now=NOW)
        assert caught.value.fields == wrong
    with pytest.raises(NotYours):
        schedules.end(number, by=director("khac", FIRST), now=NOW)
    schedules.end(number, by=hoa, now=NOW)
    assert schedules.own(hoa) == []
    assert making.make_due(NOW) == 0


def test_a_made_report_is_its_owners_within_reach(hoa: Actor) -> None:
    schedules.ask("report", "weekly", by=hoa, now=NOW)
    making.make_due(NOW)
    (row,) = schedules.unseen(hoa)
    for other in (
        director("khac"),
        Actor(ActorKind.OFFICER, hoa.id, "Hoa", FIRST, "director", hoa.post),
        Actor(ActorKind.OFFICER, hoa.id, "Hoa", PROVINCE, "reception", hoa.post),
    ):
        with pytest.raises(NotYours):
            schedules.take(row.id, "pdf", by=other, now=NOW)
    with pytest.raises(NotYours):
        schedules.take(row.id, "title", by=hoa, now=NOW)
    _row, content = schedules.take(row.id, "xlsx", by=hoa, now=NOW)
    assert content.startswith(b"PK")
    assert not schedules.unseen(hoa)


def test_files_go_when_their_term_is_over(hoa: Actor) -> None:
    schedules.ask("report", "weekly", by=hoa, now=NOW)
    making.make_due(NOW)
    assert schedules.forget_old(NOW + schedules.KEPT) == 0
    assert schedules.forget_old(NOW + schedules.KEPT + timedelta(days=1)) == 1


@pytest.mark.parametrize(
    ("today", "week", "month"),
    [
        (date(2026, 11, 15), date(2026, 11, 8), date(2026, 10, 31)),  # a Sunday is not over
        (date(2026, 11, 16), date(2026, 11, 15), date(2026, 10, 31)),
        (date(2027, 1, 1), date(2026, 12, 27), date(2026, 12, 31)),
    ],
)
def test_a_period_is_the_newest_that_is_over(today: date, week: date, month: date) -> None:
    assert schedules.last_period("weekly", today)[1] == week
    assert schedules.last_period("monthly", today)[1] == month
    assert schedules.last_period("monthly", today)[0] == month.replace(day=1)
