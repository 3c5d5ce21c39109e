"""Plans and targets: who may write them, what is refused, and that nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.making import roll_out
from tests.making.registrations import make_officer
from tests.making.roll_out import FIRST, NOW, PROVINCE, SECOND, THIRD
from vssid.domain.audit.models import Event
from vssid.domain.offices.policy import NotAllowed
from vssid.domain.rollout import plans, queries
from vssid.domain.rollout.models import Plan, Target
from vssid.domain.rollout.plans import Aim, Letter
from vssid.kernel.actor import Actor
from vssid.kernel.errors import Invalid, NotYours

pytestmark = pytest.mark.django_db
LETTER = Letter(
    PROVINCE, "12/KH-BHXH", date(2026, 10, 1), "Kế hoạch mẫu", date(2026, 10, 1), date(2026, 12, 31)
)
QUARTER = (LETTER.from_on, LETTER.to_on)


@pytest.fixture(autouse=True)
def offices() -> None:
    roll_out.make_offices()


def director(office: str = PROVINCE) -> Actor:
    return make_officer("Hoa", office, "director")


def written() -> int:
    return plans.write(LETTER, by=director(), now=NOW)


def refused(plan_id: int, asked: Aim) -> dict[str, str]:
    with pytest.raises(Invalid) as caught:
        plans.aim(plan_id, asked, by=director(), now=NOW)
    return caught.value.fields


def test_a_director_writes_a_plan_for_the_own_office_and_those_below() -> None:
    plan_id = written()
    plans.write(replace(LETTER, office_code=FIRST), by=director(), now=NOW)
    assert queries.plan(plan_id, [PROVINCE]).letter_number == "12/KH-BHXH"
    with pytest.raises(NotAllowed):
        plans.write(replace(LETTER, office_code=THIRD), by=director(), now=NOW)
    for role in ("collection_officer", "auditor", "reviewer", "administrator"):
        with pytest.raises(NotAllowed):
            plans.write(replace(LETTER, letter_number="9"), by=make_officer("Tú", PROVINCE, role), now=NOW)


def test_a_plan_without_number_title_or_days_in_order_is_refused_field_by_field() -> None:
    letter = replace(LETTER, letter_number=" ", title="x" * 201, to_on=date(2026, 9, 1))
    with pytest.raises(Invalid) as caught:
        plans.write(letter, by=director(), now=NOW)
    assert caught.value.fields == {"letter_number": "required", "title": "too_long", "to_on": "before_from"}


def test_the_same_letter_is_refused_while_its_plan_counts() -> None:
    plan_id = written()
    with pytest.raises(Invalid):
        written()
    plans.end(plan_id, by=director(), now=NOW)
    assert written() != plan_id


def test_each_version_of_a_plan_is_kept_and_told() -> None:
    plan_id = written()
    plans.change(plan_id, replace(LETTER, title="Kế hoạch mới"), seen=1, by=director(), now=NOW)
    assert [row.what["title"] for row in queries.versions(plan_id)] == ["Kế hoạch mới", "Kế hoạch mẫu"]
    assert list(Event.objects.order_by("at", "seq").values_list("kind", flat=True)) == [
        "plan.written",
        "plan.changed",
    ]


def test_who_saw_an_older_version_is_told() -> None:
    plan_id = written()
    plans.change(plan_id, LETTER, seen=1, by=director(), now=NOW)
    with pytest.raises(Invalid) as caught:
        plans.change(plan_id, LETTER, seen=1, by=director(), now=NOW)
    assert caught.value.fields == {"version": "changed"}


def test_a_plan_does_not_leave_its_targets_outside() -> None:
    plan_id = written()
    plans.aim(plan_id, Aim(*QUARTER, 100, office_code=FIRST), by=director(), now=NOW)
    shorter = replace(LETTER, to_on=date(2026, 11, 30))
    with pytest.raises(Invalid) as caught:
        plans.change(plan_id, shorter, seen=1, by=director(), now=NOW)
    assert caught.value.fields == {"to_on": "targets_outside"}


def test_a_plan_of_elsewhere_is_not_there() -> None:
    plan_id = written()
    with pytest.raises(NotYours):
        plans.end(plan_id, by=director(THIRD), now=NOW)
    with pytest.raises(NotAllowed):  # one below sees it and does not change it
        plans.end(plan_id, by=director(FIRST), now=NOW)
    with pytest.raises(NotYours):
        queries.plan(plan_id, [THIRD])
    assert Plan.objects.get(id=plan_id).ended_at is None


def test_a_target_is_of_an_office_an_employer_or_an_officer() -> None:
    plan_id, thu = written(), roll_out.make_collection_officer("thu", FIRST)
    roll_out.make_employer("TZ0001A", FIRST)
    for asked in (
        Aim(*QUARTER, 500, office_code=FIRST),
        Aim(*QUARTER, 40, employer_code="TZ0001A"),
        Aim(*QUARTER, 300, officer_id=thu),
    ):
        plans.aim(plan_id, asked, by=director(), now=NOW)
    told = {(target.kind, target.whom) for target in queries.shown(list(queries.targets(plan_id)))}
    assert told == {
        ("office", "BHXH 03101 (mẫu)"),
        ("employer", "Công ty TZ0001A (mẫu) (TZ0001A)"),
        ("officer", "Thu"),
    }


def test_a_target_out_of_the_plan_is_refused_beside_its_field() -> None:
    plan_id = written()
    roll_out.make_employer("TZ0009A", THIRD)
    assert refused(plan_id, Aim(*QUARTER, 0, office_code=FIRST)) == {"people": "out_of_range"}
    assert refused(plan_id, Aim(*QUARTER, 1, office_code=THIRD)) == {"office": "bad_choice"}
    assert refused(plan_id, Aim(*QUARTER, 1, employer_code="TZ0009A")) == {"employer": "not_here"}
    assert refused(plan_id, Aim(*QUARTER, 1, officer_id=5)) == {"officer": "not_here"}
    assert refused(plan_id, Aim(*QUARTER, 1)) == {"whom": "exactly_one"}
    day = timedelta(days=1)
    early = Aim(LETTER.from_on - day, LETTER.to_on + day, 1, office_code=FIRST)
    assert refused(plan_id, early) == {"from_on": "outside_plan", "to_on": "outside_plan"}


def test_a_target_set_again_replaces_the_one_before_and_both_are_kept() -> None:
    plan_id = written()
    for people in (100, 120):
        plans.aim(plan_id, Aim(*QUARTER, people, office_code=SECOND), by=director(), now=NOW)
    assert list(Target.objects.filter(ended_at=None).values_list("people", flat=True)) == [120]
    assert Target.objects.count() == 2
    live = Target.objects.get(ended_at=None)
    plans.take_back(plan_id, live.id, by=director(), now=NOW)
    plans.take_back(plan_id, live.id, by=director(), now=NOW)
    assert Event.objects.filter(kind="plan.target_ended").count() == 1
