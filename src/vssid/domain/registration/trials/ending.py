"""How a file with a known answer ends: decided, or taken back undecided. Only the result stays.

Row, notes, pictures and key go in the transaction that writes the result, so nothing is half gone; blobs that
a crash leaves, the sweep of orphans removes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from vssid.domain.audit import actions as audit
from vssid.domain.casework import claims
from vssid.domain.casework.models import Claim
from vssid.domain.casework.work import assignments, notes
from vssid.domain.identity import actions as identity
from vssid.domain.vault import sealing as vault
from vssid.kernel.actor import SYSTEM, Actor

from ..deciding import second_looks
from ..models import Application, SecondLook, Trial, TrialResult
from ..models.trials import APPROVE, NOBODY
from ..moves import APPLICATION
from ..signed import filing
from ..states import State
from .outcomes import Outcome, Verdict, judge

KIND = APPLICATION.name


def decide(row: Application, verdict: Verdict, *, by: Actor, now: datetime) -> None:
    """Keep how it was decided, and how a first approval was, and end the file, in the caller's transaction.

    `row` is locked. Nobody is told anything.
    """
    trial = Trial.objects.get(application_id=row.id)
    for each in _verdicts(row, verdict):
        outcome = judge(trial.expected, trial.reasons, each)
        _keep(row, trial, each, outcome, now)
        facts = {
            "number": row.number,
            "case": trial.case_name,
            "officer": each.officer,
            "given": each.given,
            "reasons": list(each.reasons),
            "expected": trial.expected,
            "outcome": outcome.value,
        }
        audit.record("trial.decided", subject=row.id, by=by, now=now, facts=facts, office=row.office_id)
    clear(row.id)


def _verdicts(row: Application, last: Verdict) -> Iterator[Verdict]:
    look = second_looks.waiting_of(row.id)
    if look is not None and look.first_by_id != last.officer_id:
        yield _first(look)
    yield last


def _first(look: SecondLook) -> Verdict:
    return Verdict(look.first_by_id, look.first_by, APPROVE)


def take_back_due(now: datetime) -> list[int]:
    """The numbers of those whose term is over, and that nobody has in hand at this moment."""
    row_of = Application.with_trials.filter(id=OuterRef("application_id"))
    past_due = row_of.filter(state=State.SUBMITTED, due_at__lte=now)
    in_hand = Claim.objects.filter(kind=KIND, file_id=OuterRef("application_id"), until__gt=now)
    over = Trial.objects.filter(Q(ends_at__lte=now) | Exists(past_due), Exists(row_of), ~Exists(in_hand))
    return list(over.values_list("application_id", flat=True))


def take_back(application_id: int, *, now: datetime) -> bool:
    """End a file that nobody has decided; a first approval counts. Re-checks under the lock; did it?"""
    with transaction.atomic():
        row = (
            Application.with_trials.select_for_update(skip_locked=True)
            .filter(id=application_id, is_trial=True)
            .first()
        )
        if row is None or application_id not in take_back_due(now):
            return False
        look = second_looks.waiting_of(row.id)
        if look is not None:
            decide(row, _first(look), by=SYSTEM, now=now)
            return True
        trial = Trial.objects.get(application_id=row.id)
        _keep(row, trial, Verdict(NOBODY, "", ""), Outcome.NOT_MET, now)
        facts = {"number": row.number, "case": trial.case_name}
        audit.record(
            "trial.taken_back", subject=row.id, by=SYSTEM, now=now, facts=facts, office=row.office_id
        )
        clear(row.id)
    return True


def _keep(row: Application, trial: Trial, verdict: Verdict, outcome: Outcome, now: datetime) -> None:
    TrialResult.objects.create(
        application_id=row.id,
        officer_id=verdict.officer_id,
        officer_name=verdict.officer[:120],
        office_id=row.office_id,
        number=row.number,
        case_name=trial.case_name,
        expected=trial.expected,
        reasons=trial.reasons,
        findings=trial.findings,
        lesson=trial.lesson,
        given=verdict.given,
        given_reasons=list(verdict.reasons),
        outcome=outcome.value,
        decided_at=now,
        seconds=_in_hand_for(row.id, verdict.officer_id, now),
    )


def _in_hand_for(application_id: int, officer_id: int, now: datetime) -> int | None:
    claim = Claim.objects.filter(kind=KIND, file_id=application_id, officer_id=officer_id).first()
    return int((now - claim.since).total_seconds()) if claim is not None else None


def clear(application_id: int) -> None:
    """Delete everything of the file but its result, in the caller's transaction."""
    claims.release(KIND, application_id)
    assignments.drop(KIND, application_id)
    notes.erase(KIND, application_id)
    filing.erase(application_id)
    SecondLook.objects.filter(application_id=application_id).delete()
    Trial.objects.filter(application_id=application_id).delete()
    Application.with_trials.filter(id=application_id, is_trial=True).delete()
    identity.erase(application_id)
    vault.erase(application_id)
