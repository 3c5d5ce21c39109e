"""A demo's employers with many workers: made once by files that are taken whole, at different stages."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.making import roll_out as making
from tests.making.registrations import make_officer_account
from tests.making.roll_out import FIRST, SECOND
from vssid.cli.demo import big_employers, own_workers, seed
from vssid.cli.demo.invented import province
from vssid.cli.demo.invented.files import Files
from vssid.domain.employers.entries import actions, queries
from vssid.domain.employers.entries.queries import Stage
from vssid.domain.employers.models import Booking, Campaign, Part, RegistrationDay, Target, Wave
from vssid.domain.employers.models.invitations import Invitation
from vssid.domain.employers.models.roster import Worker
from vssid.domain.employers.seats import queries as seats
from vssid.domain.participants.models.people import Contribution, Person
from vssid.domain.registration.models import Application
from vssid.domain.rollout.models import Assignment

from .drawn import draw_nothing

pytestmark = pytest.mark.django_db(transaction=True)
FEW = tuple(replace(big, workers=workers) for big, workers in zip(big_employers.BIG, (2, 5, 4), strict=True))
DAY = timedelta(days=1)
# One of each step of the second one's workers.
STEPS = tuple((state, 1, days, agreed) for state, _number, days, agreed in own_workers.PLAN)


def test_three_employers_are_made_at_different_stages_and_twice_is_as_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(big_employers, "BIG", FEW)
    monkeypatch.setattr(own_workers, "PLAN", STEPS)
    draw_nothing(monkeypatch, tmp_path)
    with Files(tmp_path / "places") as files:
        files.write("offices", province.offices())
    seed._import({"offices": files.paths["offices"]}, lambda _line: None)
    officers = []
    for username, office in (("loan", FIRST), ("hoa", SECOND)):
        making.make_collection_officer(username, office)
        officers.append({"username": username, "office_code": office, "role": "collection_officer"})
    make_officer_account("minh", FIRST)
    officers.append({"username": "minh", "office_code": FIRST, "role": "reviewer"})
    (tmp_path / "demo").mkdir()
    seed._write(tmp_path / seed.WRITTEN, {"officers": officers})
    for _start in range(2):
        seed.fill_employers(tmp_path, say=lambda _line: None)
        (tmp_path / "demo" / "employers.done").unlink()
    now = timezone.now()
    assert _campaign() == ["letter", "letter", "reminder"]
    assert Person.objects.count() == 11
    codes = [big.code for big in FEW]
    workers = [
        Contribution.objects.filter(employer_id=code, to_month=None).values("person_id").distinct().count()
        for code in codes
    ]
    assert workers == [2, 5, 4]
    # HR sees them at once, not after the job of ten minutes.
    assert [Worker.objects.filter(employer_code=code).count() for code in codes] == [2, 5, 4]
    assert list(queries.stages(codes, now=now).values()) == [Stage.IN, Stage.IN, Stage.INVITED]
    assert Assignment.objects.filter(employer_id__in=codes, ended_at=None).count() == 3
    facts = seed._written(tmp_path / seed.WRITTEN)
    assert facts is not None
    (told,) = facts["employer_codes"]
    opening = actions.look(told["employer"], told["code"], address="203.0.113.9", now=now)
    assert opening.employer_code == codes[-1]
    nga = next(line for line in seats.of_employer(codes[0], on=timezone.localdate(now)))
    # Of the five one was only invited; each other sent once, and one of them lets the employer print.
    assert _sent() == {"submitted": 2, "received": 1, "approved": 1}
    assert Invitation.objects.filter(employer_code=codes[1]).count() == 5
    assert Application.objects.exclude(employer_prints_at=None).get().state == "submitted"
    # Both who wait have a time at the registration day tomorrow.
    day = RegistrationDay.objects.get()
    assert (day.employer_id, day.state, day.on) == (codes[1], "accepted", timezone.localdate(now) + DAY)
    assert Booking.objects.filter(day=day, cancelled_at=None).count() == 2
    held = seats.of_person(nga.person_id, on=timezone.localdate(now))
    assert {seat.employer_code: seat.role for seat in held} == {codes[0]: "administrator", codes[1]: "clerk"}


def _sent() -> Counter[str]:
    return Counter(Application.objects.values_list("state", flat=True))


def _campaign() -> list[str]:
    """The kinds of the waves of the one campaign. Two employers had their letters before they came in; the
    third was invited by hand.
    """
    campaign = Campaign.objects.get()
    assert (campaign.state, campaign.is_synthetic) == ("running", True)
    told = Target.objects.order_by("employer_id").values_list("letters", "skipped")
    assert list(told) == [(1, ""), (1, ""), (0, "invited")]
    parts = Part.objects.order_by("id")
    assert [(part.posted_at is not None, part.printed) for part in parts] == [(True, 2), (False, 0)]
    return list(Wave.objects.order_by("on_day").values_list("kind", flat=True))
