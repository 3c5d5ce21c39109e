"""Each figure equals a slow count of the tables it comes from."""

from __future__ import annotations

import math
import statistics
from datetime import date, timedelta

import pytest

from tests.making import roll_out
from tests.making.registrations import make_officer
from tests.making.roll_out import FIRST, NOW, OTHER_PROVINCE, PROVINCE, SECOND, THIRD
from vssid.domain.employers.models.roster import Worker
from vssid.domain.registration.draft import typed_values
from vssid.domain.registration.models import Application, Draft
from vssid.domain.reports import (
    ageing,
    counting,
    deciding,
    funnel,
    lists,
    progress,
    ranking,
    refusals,
    scope,
    targets,
    trend,
)
from vssid.domain.reports.lists import Asked
from vssid.domain.reports.models import FileLine, Progress, Tally
from vssid.domain.rollout import assigning
from vssid.domain.rollout.models import Target
from vssid.kernel.actor import SYSTEM
from vssid.kernel.calendar import local_day, start_of
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
    return roll_out.make_counted_world()


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
    parts = {part.code: told(part) for part in funnel.funnel(of(PROVINCE)).parts if part.started}
    assert {FIRST, SECOND} <= parts.keys() <= set(BELOW[PROVINCE])
    assert parts == {code: slow_count.funnel([code], SINCE, UNTIL, None) for code in parts}
    for code in (world.employers[0].code, ""):
        found = funnel.funnel(of(FIRST, employer=code))
        assert told(found.whole) == slow_count.funnel([FIRST], SINCE, UNTIL, [code])


def test_what_was_started_equals_a_slow_count_of_sealed_drafts(world: roll_out.World) -> None:
    for office, below in {**BELOW, "00000": [*BELOW[PROVINCE], *BELOW[OTHER_PROVINCE], "00000", ""]}.items():
        asked = of(office)
        found = {(row.office_code, row.day, row.step): row.files for row in funnel.drafts(asked)}
        assert found == slow_count.drafts(below, SINCE, UNTIL), office
        told = funnel.funnel(asked)
        assert told.whole.started == told.whole.sent + sum(found.values()), office
    assert told.unplaced == slow_count.drafts([""], SINCE, UNTIL).total() > 0
    assert told.whole.started == told.unplaced + sum(part.started or 0 for part in told.parts)


def test_a_draft_of_before_counts_for_the_country_until_its_next_step(world: roll_out.World) -> None:
    roll_out.make_draft(3, FIRST, NOW)
    Draft.objects.filter(office_code=FIRST).update(office_code="", step="")
    counting.recount(NOW)
    assert slow_count.drafts([FIRST], SINCE, UNTIL)
    assert funnel.drafts(of(FIRST)) == []
    assert (
        sum(row.files for row in funnel.drafts(of("00000")))
        == Draft.objects.filter(created_at__gte=start_of(SINCE)).count()
    )
    for draft in Draft.objects.all():
        typed_values.seal(draft, typed_values.values_of(draft))
        draft.save(update_fields=typed_values.WRITTEN)
    counting.recount(NOW)
    found = {(row.office_code, row.day, row.step): row.files for row in funnel.drafts(of(FIRST))}
    assert found == slow_count.drafts([FIRST], SINCE, UNTIL)


def test_below_an_office_nobody_is_told_of_drafts(world: roll_out.World) -> None:
    narrow = of(FIRST, employer=world.employers[0].code)
    assert funnel.funnel(narrow).whole.started is None
    assert {part.started for part in funnel.funnel(of(FIRST)).parts} == {None}
    with pytest.raises(NotYours):
        funnel.drafts(narrow)


def test_what_is_sent_is_a_draft_no_more(world: roll_out.World) -> None:
    Draft.objects.filter(office_code=FIRST).delete()
    counting.recount(NOW + timedelta(minutes=5))
    told = funnel.funnel(of(FIRST)).whole
    assert told.started == told.sent


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


def test_each_day_of_the_trend_equals_a_slow_count(world: roll_out.World) -> None:
    days = trend.trend(of(PROVINCE))
    assert [day.day for day in days] == [SINCE + timedelta(days=at) for at in range(18)]
    for day in days:
        sent = slow_count.files(BELOW[PROVINCE], lambda row: local_day(row.submitted_at) == day.day)  # noqa: B023
        approved = slow_count.closed(BELOW[PROVINCE], "approved", day.day, day.day)
        assert (day.sent, day.approved) == (len(sent), len(approved)), day.day


def test_the_ranking_equals_a_slow_count(world: roll_out.World) -> None:
    ranked = ranking.ranking(of("00000"), UNTIL)
    for place, row in ranked:
        told = slow_count.progress([row.code]).values()
        assert (row.workers, row.sent, row.approved) == tuple(map(sum, zip(*told, strict=True))), row.code
        assert place == 1 + sum(other.rate > row.rate for _place, other in ranked)


def test_the_age_of_open_files_equals_a_slow_count(world: roll_out.World) -> None:
    found = ageing.ageing(of(PROVINCE), UNTIL)
    for office in BELOW[PROVINCE]:
        counts = [0, 0, 0, 0]
        for row in slow_count.files([office], lambda row: row.closed_at is None):
            days = (UNTIL - local_day(row.submitted_at)).days
            counts[0 if days <= 2 else 1 if days <= 5 else 2 if days <= 10 else 3] += 1
        assert found.get(office, [0, 0, 0, 0]) == counts, office


def test_the_reasons_of_refusals_equal_a_slow_count(world: roll_out.World) -> None:
    for office, below in BELOW.items():
        found = {row.reason: row.files for row in refusals.refusals(of(office))}
        assert found == slow_count.reasons(below, SINCE, UNTIL), office
        whole = len(slow_count.closed(below, "refused", SINCE, UNTIL))
        assert {row.refused for row in refusals.refusals(of(office))} <= {whole}, office


def test_the_time_to_decide_equals_a_slow_count(world: roll_out.World) -> None:
    _parts, whole = deciding.deciding(of(PROVINCE))
    assert {line.outcome for line in whole} == {"approved", "refused"}
    for line in whole:
        hours = [
            slow_count.hours(row) for row in slow_count.closed(BELOW[PROVINCE], line.outcome, SINCE, UNTIL)
        ]
        assert (line.files, line.median) == (len(hours), statistics.median_low(hours))
        assert line.most == sorted(hours)[math.ceil(len(hours) * 0.9) - 1]


def test_the_reason_of_a_refusal_is_told_of_no_single_employer(world: roll_out.World) -> None:
    with pytest.raises(NotYours):
        lists.files(of(FIRST, employer=world.employers[0].code), Asked(reason="photo_unclear"), today=UNTIL)


def test_a_target_counts_the_workers_it_is_set_for(world: roll_out.World) -> None:
    made = roll_out.make_plan(world)
    counted = targets.reached(list(Target.objects.all()), UNTIL)
    told = {row.id: counted[row.id] for row in Target.objects.all()}
    approved = {code: line[2] for code, line in slow_count.progress([FIRST]).items()}
    of_office = Target.objects.get(office_id=FIRST).id
    others = {row.id for row in Target.objects.exclude(id=of_office)}
    assert told[of_office] == sum(approved.values())
    assert {told[number] for number in others} == {approved[made["employer"]]}


def test_a_list_has_as_many_files_as_its_figure_says(world: roll_out.World) -> None:
    asked = of(PROVINCE)
    whole = funnel.funnel(asked).whole
    for stage in funnel.STAGES:
        assert lists.files(asked, Asked(stage=stage), today=UNTIL).count() == getattr(whole, stage)


def test_a_list_of_workers_has_as_many_as_its_figure_says(world: roll_out.World) -> None:
    for row in progress.progress(of("00000"), UNTIL, size=100):
        asked = of("00000", employer=row.employer_code)
        counts = [lists.workers(asked, stage).count() for stage in (0, 1, 3)]
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
        lists.workers(of(FIRST, employer=far), 0)
