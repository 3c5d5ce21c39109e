"""Each figure equals a slow count of the tables it comes from."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.making import roll_out
from tests.making.registrations import make_officer
from tests.making.roll_out import FIRST, NOW, OTHER_PROVINCE, PROVINCE, SECOND, THIRD
from vssid.domain.registration.models import Application
from vssid.domain.reports import counting, funnel, lists, progress, scope
from vssid.domain.reports.lists import Asked
from vssid.domain.reports.models import FileLine, Progress, Tally, Worker
from vssid.domain.rollout import assigning
from vssid.kernel.actor import SYSTEM
from vssid.kernel.errors import NotYours

from . import slow_count

pytestmark = pytest.mark.django_db
SINCE, UNTIL = date(2026, 11, 1), date(2026, 11, 18)
BELOW = {
    FIRST: [FIRST],
    SECOND: [SECOND],
    PROVINCE: [PROVINCE, FIRST, SECOND],
    OTHER_PROVINCE: [OTHER_PROVINCE, THIRD],
}


@pytest.fixture
def world() -> roll_out.World:
    made = roll_out.make_world()
    counting.recount(NOW, people=True)
    return made


def of(at: str, **more: object) -> scope.Scope:
    director = make_officer("Hoa", at, "director")
    return scope.of(director, since=SINCE, until=UNTIL, **more)  # type: ignore[arg-type]


def told(line: funnel.Line) -> list[int]:
    return [getattr(line, stage) for stage in funnel.STAGES]


def test_the_funnel_equals_a_slow_count(world: roll_out.World) -> None:
    for office, below in BELOW.items():
        found = funnel.funnel(of(office))
        assert told(found.whole) == slow_count.funnel(below, SINCE, UNTIL, None), office
        assert found.whole.sent == sum(part.sent for part in found.parts), office


def test_the_parts_of_a_funnel_equal_a_slow_count(world: roll_out.World) -> None:
    parts = {part.code: told(part) for part in funnel.funnel(of(PROVINCE)).parts}
    assert parts == {code: slow_count.funnel([code], SINCE, UNTIL, None) for code in (FIRST, SECOND)}
    for code in (world.employers[0].code, ""):
        found = funnel.funnel(of(FIRST, employer=code))
        assert told(found.whole) == slow_count.funnel([FIRST], SINCE, UNTIL, [code])


def test_the_parts_of_an_office_are_its_officers_and_who_has_none(world: roll_out.World) -> None:
    here = [employer.code for employer in world.employers if employer.office_id == FIRST]
    thu = roll_out.make_collection_officer("thu", FIRST)
    assigning.assign(here[0], thu, date(2026, 11, 1), by=SYSTEM, now=NOW)
    mine, others = funnel.funnel(of(FIRST, officer=thu)), funnel.funnel(of(FIRST, officer=scope.NOBODY))
    whole = funnel.funnel(of(FIRST))
    assert told(mine.whole) == slow_count.funnel([FIRST], SINCE, UNTIL, here[:1])
    assert mine.whole.sent + others.whole.sent == whole.whole.sent
    assert {(part.code, part.sent) for part in whole.parts} == {
        (str(thu), mine.whole.sent),
        ("", others.whole.sent),
    }


def test_the_weekly_report_equals_a_slow_count(world: roll_out.World) -> None:
    for office, below in BELOW.items():
        asked = of(office)
        rows = progress.progress(asked, UNTIL, size=100)
        found = {row.employer_code: (row.workers, row.sent, row.approved) for row in rows}
        assert found == slow_count.progress(below), office
        whole = progress.total(asked, UNTIL)
        assert (whole.employers, whole.workers) == (len(rows), sum(row.workers for row in rows))
        assert whole.approved == sum(row.approved for row in rows)


def test_a_list_has_as_many_files_as_its_figure_says(world: roll_out.World) -> None:
    asked = of(PROVINCE)
    whole = funnel.funnel(asked).whole
    for stage in funnel.STAGES:
        assert lists.files(asked, Asked(stage=stage), today=UNTIL).count() == getattr(whole, stage)


def test_a_list_of_workers_has_as_many_as_its_figure_says(world: roll_out.World) -> None:
    for row in progress.progress(of("00000"), UNTIL, size=100):
        counts = [lists.workers(of("00000"), row.employer_code, stage).count() for stage in (0, 1, 3)]
        assert counts == [row.workers, row.sent, row.approved]


def test_another_count_of_the_same_changes_nothing(world: roll_out.World) -> None:
    before = [list(model.objects.order_by("pk").values()) for model in (FileLine, Tally, Worker, Progress)]
    counting.recount(NOW + timedelta(minutes=5), people=True)
    assert before == [
        list(model.objects.order_by("pk").values()) for model in (FileLine, Tally, Worker, Progress)
    ]


def test_what_changed_is_counted_anew_and_what_went_is_gone(world: roll_out.World) -> None:
    Application.objects.filter(office_id=SECOND).delete()
    Application.objects.filter(office_id=FIRST, state="received").update(
        state="submitted", form_received_at=None
    )
    counting.recount(NOW + timedelta(hours=1))
    assert told(funnel.funnel(of(PROVINCE)).whole) == slow_count.funnel(BELOW[PROVINCE], SINCE, UNTIL, None)
    assert funnel.funnel(of(SECOND)).whole.sent == 0
    rows = progress.progress(of("00000"), UNTIL, size=100)
    found = {row.employer_code: (row.workers, row.sent, row.approved) for row in rows}
    assert found == slow_count.progress([FIRST, SECOND, THIRD])


def test_the_last_day_of_a_week_stays_and_days_between_go(world: roll_out.World) -> None:
    for days in range(1, 14):
        counting.recount(NOW + timedelta(days=days))
    kept = [date(2026, 12, 1), date(2026, 11, 30), date(2026, 11, 29), date(2026, 11, 22)]
    assert progress.days() == kept


def test_another_office_is_not_there(world: roll_out.World) -> None:
    for office, other in ((FIRST, SECOND), (PROVINCE, OTHER_PROVINCE), (PROVINCE, THIRD), (FIRST, PROVINCE)):
        with pytest.raises(NotYours):
            of(office, office=other)
    collection = make_officer("Thu", FIRST, "collection_officer")
    assert scope.of(collection, since=SINCE, until=UNTIL).offices == (FIRST,)
    with pytest.raises(NotYours):
        scope.of(make_officer("Tiếp", FIRST, "reception"), since=SINCE, until=UNTIL)


def test_an_employer_of_another_office_has_no_rows_here(world: roll_out.World) -> None:
    far = next(row.code for row in world.employers if row.office_id == THIRD)
    assert progress.progress(of(FIRST, employer=far), UNTIL, size=10) == []
    with pytest.raises(NotYours):
        lists.workers(of(FIRST), far, 0)
