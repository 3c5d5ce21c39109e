"""Many applications, workers and employers at random, written as rows: for reports, which only count them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from tests.making.registrations import make_office, make_officer_account
from tests.runner.snapshots import snapshot
from vssid.domain.accounts.models.accounts import Account
from vssid.domain.accounts.sign_in import passwords
from vssid.domain.audit import actions as audit
from vssid.domain.imports.models import ImportRun
from vssid.domain.notifications.models.messages import Message
from vssid.domain.notifications.outbox.states import FINAL
from vssid.domain.offices.models import Office
from vssid.domain.participants.models.people import Contribution, Employer, Person
from vssid.domain.registration.draft import steps, typed_values
from vssid.domain.registration.models import Application, Draft
from vssid.domain.reports import counting
from vssid.domain.rollout import assigning, plans
from vssid.domain.vault import sealing as vault
from vssid.kernel.actor import SYSTEM

NOW = datetime.fromisoformat("2026-11-18T10:00:00+07:00")
PROVINCE, FIRST, SECOND, OTHER_PROVINCE, THIRD = "03100", "03101", "03102", "02200", "02201"
PLACES = (PROVINCE, FIRST, FIRST, SECOND, THIRD)
REASONS = ("photo_unclear", "identity_differs", "form_unsigned")


@dataclass
class World:
    """What was made."""

    employers: list[Employer] = field(default_factory=list)


def make_offices() -> None:
    """A head, two provinces, two offices in the first and one in the second."""
    tree = {
        PROVINCE: "00000",
        FIRST: PROVINCE,
        SECOND: PROVINCE,
        OTHER_PROVINCE: "00000",
        THIRD: OTHER_PROVINCE,
    }
    make_office("00000", "BHXH Việt Nam (mẫu)")
    for code, parent in tree.items():
        make_office(code, f"BHXH {code} (mẫu)")
        Office.objects.filter(code=code).update(parent_id=parent)


@snapshot
def make_world(seed: int = 7, *, people: int = 60, files: int = 120) -> World:
    """Offices, six employers, people with contributions, files in all states, drafts; the same for the same
    seed.
    """
    dice, world = random.Random(seed), World()
    make_offices()
    world.employers = [make_employer(f"TZ000{at}A", dice.choice((FIRST, SECOND, THIRD))) for at in range(6)]
    ImportRun.objects.create(
        kind="participation",
        subject_id=8_000_000,
        file_name="dong.csv",
        sha256=b"-",
        actor_kind="system",
        state=ImportRun.State.DONE,
        started_at=NOW,
        ended_at=NOW,
    )
    for number in range(1, people + 1):
        _person(dice, world, number)
    for number in range(1, files + 1):
        _file(dice, world, number, dice.randint(1, people))
    for number in range(80):
        _text(dice, number, files)
    for _number in range(10):
        make_draft(dice.randint(0, 4), dice.choice(PLACES), NOW - timedelta(days=dice.randint(0, 40)))
    return world


@snapshot
def make_counted_world(*, people: int = 60, files: int = 120) -> World:
    """The world, and what reports count of it."""
    world = make_world(people=people, files=files)
    counting.recount(NOW, people=True)
    return world


@snapshot
def make_counted_plan() -> dict[str, Any]:
    """The world with a plan, counted."""
    made = make_plan(make_world())
    counting.recount(NOW, people=True)
    return made


def make_employer(code: str, office: str, *, name: str = "") -> Employer:
    """An employer of an office."""
    return Employer.objects.create(
        code=code,
        name=name or f"Công ty {code} (mẫu)",
        office_id=office,
        is_synthetic=True,
        run_id=0,
        line=1,
        as_of=NOW,
    )


def make_collection_officer(username: str, office: str) -> int:
    """A collection officer of an office; the number."""
    return make_officer_account(username, office, username.title(), "collection_officer")


def make_worker(number: int, employer: str, *, until: date | None = None) -> None:
    """A person of the register who pays in at an employer since 2024."""
    if not Person.objects.filter(person_id=number).exists():
        Person.objects.create(
            person_id=number,
            bhxh_code=f"{number:010d}",
            full_name=f"Người Mẫu {number}",
            name_folded=f"nguoi mau {number}",
            birth_date=date(1990, 1, 1),
            sex=1,
            sealed=b"-",
            sealed_digest=b"-",
            run_id=0,
            line=1,
            as_of=NOW,
        )
    Contribution.objects.create(
        person_id=number,
        scheme="bhxh",
        from_month=date(2024, 1, 1),
        to_month=until,
        employer_id=employer,
        run_id=0,
        line=1,
        as_of=NOW,
    )


def make_file(
    number: int,
    person: int | None,
    office: str,
    state: str,
    sent: datetime,
    *,
    handed_in: datetime | None = None,
    closed: datetime | None = None,
    reasons: list[str] | None = None,
) -> None:
    """An application as a row."""
    Application.objects.create(
        id=9_000_000 + number,
        number=f"DK-{office}-26-{number:06d}",
        state=state,
        office_id=office,
        bhxh_code=f"{number + 5_000_000:010d}",
        person_id=person,
        full_name=f"Người Mẫu {person}",
        name_folded=f"nguoi mau {person}",
        lookup_fingerprint=b"-",
        sealed=b"-",
        submitted_at=sent,
        due_on=sent.date(),
        due_at=sent,
        form_received_at=handed_in,
        original_seen_at=handed_in,
        closed_at=closed,
        reasons=reasons or [],
    )


def make_draft(steps_done: int, office: str, begun: datetime) -> None:
    """A draft as a row, with so many of the steps in which something is typed done; the office is the
    third.
    """
    values: dict[str, Any] = {}
    for step in [step for step in steps.STEPS if step.gives][:steps_done]:
        values |= {name: office if name == "office_code" else f"mẫu {name}" for name in step.gives}
    draft = Draft(subject_id=vault.new_subject_id(), created_at=begun, updated_at=begun)
    typed_values.seal(draft, values)
    draft.save(force_insert=True)


def make_account(number: int, *, signed_in: datetime | None) -> None:
    """A citizen's account as a row."""
    Account.objects.get_or_create(
        person_id=number,
        defaults={
            "kind": "citizen",
            "login": f"{number:010d}",
            "display_name": "",
            "password": passwords.hashed("hoa sen trang 99"),
            "created_at": NOW,
            "last_sign_in_at": signed_in,
        },
    )


def _person(dice: random.Random, world: World, number: int) -> None:
    places = dice.sample(world.employers, dice.choice((0, 1, 1, 1, 2)))
    for employer in places:
        gone = dice.random() < 0.2
        make_worker(number, employer.code, until=date(2026, 3, 1) if gone else None)
    if not places and dice.random() < 0.3:
        audit.record("lookup.card_checked", subject=number, by=SYSTEM, now=NOW)


def _file(dice: random.Random, world: World, number: int, person: int) -> None:
    sent = NOW - timedelta(minutes=dice.randint(60, 40 * 1440))
    state = dice.choice(("submitted", "received", "approved", "approved", "refused", "expired", "withdrawn"))
    came = state in ("received", "approved") or (state in ("refused", "withdrawn") and dice.random() < 0.5)
    handed_in = sent + timedelta(minutes=dice.randint(1, 2000)) if came else None
    closed = None
    if state not in ("submitted", "received"):
        closed = (handed_in or sent) + timedelta(minutes=dice.randint(1, 3000))
    known = state == "approved" or dice.random() < 0.8
    reasons = dice.sample(REASONS, dice.choice((1, 2))) if state == "refused" else []
    office = dice.choice((FIRST, FIRST, SECOND, THIRD))
    make_file(
        number,
        person if known else None,
        office,
        state,
        sent,
        handed_in=handed_in,
        closed=closed,
        reasons=reasons,
    )
    if state == "approved" and closed is not None:
        if dice.random() < 0.6:
            make_account(person, signed_in=closed if dice.random() < 0.7 else None)
        if dice.random() < 0.5:
            audit.record("lookup.card_checked", subject=person, by=SYSTEM, now=closed + timedelta(hours=1))


def make_text(number: int, subject: int, kind: str, state: str, at: datetime, seconds: float = 0.0) -> None:
    """A text as a row; `seconds` until it ended."""
    is_final, ended = state in FINAL, at + timedelta(seconds=seconds)
    Message.objects.create(
        subject_id=subject,
        id=UUID(int=number),
        kind=kind,
        channel="sms",
        state=state,
        body=None if is_final else b"x",
        to_masked="09•• ••• 678",
        created_at=at,
        next_try_at=at,
        expires_at=at + timedelta(days=2),
        delivered_at=ended if state == "delivered" else None,
        ended_at=ended if is_final else None,
    )


def _text(dice: random.Random, number: int, files: int) -> None:
    at = NOW - timedelta(minutes=dice.randint(0, 30 * 1440))
    subject = 9_000_000 + dice.randint(1, files + files // 4)  # some are of no file
    state = dice.choice(("created", "sent", "delivered", "delivered", "delivered", "failed", "expired"))
    kind = dice.choice(("phone_code", "application_received", "account_activation"))
    make_text(number, subject, kind, state, at, dice.choice((0.4, 9, 31.5, 170, 1_234)))


def make_plan(world: World) -> dict[str, Any]:
    """A plan of the province with targets, and an officer for one employer of the first office."""
    thu = make_collection_officer("thu", FIRST)
    employer = next(one.code for one in world.employers if one.office_id == FIRST)
    days = (date(2026, 10, 1), date(2026, 12, 31))
    letter = plans.Letter(PROVINCE, "12/KH-BHXH", date(2026, 9, 20), "Kế hoạch mẫu quý IV", *days)
    plan = plans.write(letter, by=SYSTEM, now=NOW, is_synthetic=True)
    for aim in (
        plans.Aim(*days, 40, office_code=FIRST),
        plans.Aim(*days, 5, employer_code=employer),
        plans.Aim(*days, 20, officer_id=thu),
    ):
        target = plans.aim(plan, aim, by=SYSTEM, now=NOW)
    assignment = assigning.assign(employer, thu, days[0], by=SYSTEM, now=NOW)
    return {"plan": plan, "target": target, "employer": employer, "officer": thu, "assignment": assignment}
