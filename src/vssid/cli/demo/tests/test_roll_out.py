"""A demo's plan: made once, said to be made up, with figures to see."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests.making import roll_out as making
from tests.making.roll_out import FIRST
from vssid.cli.demo import roll_out
from vssid.domain.reports import counting
from vssid.domain.rollout.models import Assignment, Plan, Target

pytestmark = pytest.mark.django_db


def test_a_demo_has_a_plan_that_says_it_is_made_up_and_a_second_start_makes_no_other() -> None:
    making.make_world(people=30, files=20)
    officers = []
    for username in ("loan", "son"):
        making.make_collection_officer(username, FIRST)
        officers.append({"username": username, "office_code": FIRST, "role": "collection_officer"})
    for _start in range(2):
        roll_out.prepare(officers, now=timezone.now())
    plan = Plan.objects.get()
    assert plan.is_synthetic
    assert "MẪU" in plan.letter_number
    assert Target.objects.filter(office_id=FIRST).count() == 1
    assert set(Target.objects.values_list("employer_id", flat=True)) > {None}
    assert set(Assignment.objects.values_list("office_id", flat=True)) == {FIRST}
    assert counting.as_of() is not None
