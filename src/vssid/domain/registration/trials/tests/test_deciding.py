"""A file with a known answer is decided as any other; then nothing of it is left but how it was decided."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.making.registrations import HONG_BANG, make_office
from tests.making.trials import BIRTH_DIFFERS, LESSON, OPEN, make_trial
from tests.together import at_once
from vssid.domain.accounts.models.accounts import Account
from vssid.domain.audit.models import Event
from vssid.domain.audit.verify import verify_chain
from vssid.domain.casework import claims
from vssid.domain.casework.models import Assignment, Claim, FileNote
from vssid.domain.casework.work import notes
from vssid.domain.identity.models import IdImage, ImageMark
from vssid.domain.notifications.models.messages import Message
from vssid.domain.registration import actions
from vssid.domain.registration.desk import counts, looks, readiness
from vssid.domain.registration.errors import AwaitsSecond, NotReady
from vssid.domain.registration.models import Application, SecondLook, Trial, TrialResult
from vssid.domain.registration.moves import APPLICATION
from vssid.domain.registration.trials import accuracy
from vssid.domain.registration.trials.outcomes import Outcome, Verdict, judge
from vssid.domain.vault.models import SubjectKey
from vssid.infra import blobs
from vssid.kernel.actor import Actor, ActorKind
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import NotYours

pytestmark = pytest.mark.django_db
MINH = Actor(ActorKind.OFFICER, 900, "Minh", HONG_BANG, "reviewer")
NGOC = Actor(ActorKind.OFFICER, 901, "Ngọc", HONG_BANG, "reviewer")
LATER = OPEN + timedelta(hours=1)


def refuse(trial: int, *reasons: str, by: Actor = MINH) -> None:
    actions.refuse(trial, reasons=reasons, text="Sai ngày sinh.", by=by, now=LATER)


def outcomes() -> list[tuple[str, str, str]]:
    rows = TrialResult.objects.order_by("officer_name")
    return [(row.officer_name, row.given, row.outcome) for row in rows]


def nothing_left(trial: int) -> bool:
    rows = (
        Application.with_trials.filter(id=trial),
        Trial.objects.filter(application_id=trial),
        SecondLook.objects.filter(application_id=trial),
        IdImage.objects.filter(subject_id=trial),
        ImageMark.objects.filter(subject_id=trial),
        SubjectKey.objects.filter(subject_id=trial),
        Claim.objects.filter(file_id=trial),
        Assignment.objects.filter(file_id=trial),
        FileNote.objects.filter(file_id=trial),
    )
    return not any(each.exists() for each in rows)


def test_an_approval_opens_no_account_tells_nobody_and_leaves_the_result_alone(
    django_capture_on_commit_callbacks: Any,
) -> None:
    trial = make_trial()
    claims.take(APPLICATION.name, trial, by=MINH, now=OPEN)
    notes.write(APPLICATION, trial, "Đã gọi.", by=MINH, now=OPEN)
    keys = list(IdImage.objects.filter(subject_id=trial).values_list("blob_key", flat=True))
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.approve(trial, by=MINH, now=OPEN + timedelta(seconds=95)) is True
    assert nothing_left(trial)
    for key in keys:
        with pytest.raises(blobs.NotStored):
            blobs.get(key)
    row = TrialResult.objects.get()
    assert (row.officer_id, row.given, row.outcome) == (900, "approve", "wrongly_approved")
    assert (row.seconds, row.lesson, row.findings) == (95, LESSON, [BIRTH_DIFFERS])
    assert not Account.objects.filter(kind="citizen").exists()
    assert not Message.objects.exists()


def test_a_refusal_for_what_was_to_see_is_right_and_sends_nothing() -> None:
    trial = make_trial()
    refuse(trial, "photo_unclear", "identity_differs")
    assert outcomes() == [("Minh", "refuse", "right")]
    assert nothing_left(trial)
    assert not Message.objects.exists()


def test_a_refusal_for_another_reason_has_not_seen_it() -> None:
    refuse(make_trial(), "photo_unclear")
    assert outcomes() == [("Minh", "refuse", "other_reason")]


def test_who_refuses_a_file_with_nothing_wrong_is_wrong_and_who_approves_it_right() -> None:
    refuse(make_trial(right=True), "other")
    actions.approve(make_trial(right=True, name="dung", handed_in=True), by=NGOC, now=LATER)
    assert outcomes() == [("Minh", "refuse", "wrongly_refused"), ("Ngọc", "approve", "right")]


@pytest.mark.parametrize(
    ("expected", "verdict", "outcome"),
    [
        ("refuse", Verdict(1, "", "send_back", ("look_again",)), Outcome.RIGHT),
        ("approve", Verdict(1, "", "send_back", ("look_again",)), Outcome.WRONGLY_REFUSED),
        ("refuse", Verdict(1, "", "approve"), Outcome.WRONGLY_APPROVED),
        ("approve", Verdict(1, "", "approve"), Outcome.RIGHT),
        ("refuse", Verdict(1, "", "refuse", ("two_codes",)), Outcome.OTHER_REASON),
    ],
)
def test_a_verdict_stands_beside_the_answer(expected: str, verdict: Verdict, outcome: Outcome) -> None:
    assert judge(expected, ["identity_differs"], verdict) is outcome


def test_it_asks_for_a_second_officer_as_any_other_and_counts_both(settings: Any) -> None:
    settings.SECOND_SHARE = 100
    trial = make_trial()
    assert actions.approve(trial, by=MINH, now=LATER) is False
    assert (counts.at(HONG_BANG, now=LATER).second, outcomes()) == (1, [])
    with pytest.raises(AwaitsSecond):
        actions.confirm(trial, by=MINH, now=LATER)
    actions.send_back(trial, reasons=["look_again"], text="Xem lại.", by=NGOC, now=LATER)
    assert outcomes() == [("Minh", "approve", "wrongly_approved"), ("Ngọc", "send_back", "right")]
    assert nothing_left(trial)


def test_a_second_officer_who_confirms_has_approved_too(settings: Any) -> None:
    settings.SECOND_SHARE = 100
    trial = make_trial()
    actions.approve(trial, by=MINH, now=LATER)
    actions.confirm(trial, by=NGOC, now=LATER)
    assert [outcome for _who, _given, outcome in outcomes()] == ["wrongly_approved"] * 2
    assert not Account.objects.filter(kind="citizen").exists()


def test_a_code_that_is_to_be_unknown_cannot_be_approved() -> None:
    trial = make_trial(known=False)
    with pytest.raises(NotReady) as refused:
        actions.approve(trial, by=MINH, now=LATER)
    assert refused.value.missing == ("person",)


def test_the_log_says_truly_what_was_decided_and_nothing_that_nobody_did() -> None:
    trial = make_trial()
    looks.look_at(trial, by=MINH, now=LATER)
    refuse(trial, "identity_differs")
    events = Event.objects.filter(subject_id=trial).order_by("at", "seq")
    assert [(event.kind, event.actor_name) for event in events] == [
        ("trial.viewed", "Minh"),
        ("trial.decided", "Minh"),
    ]
    facts = events[1].facts
    assert (facts["given"], facts["expected"], facts["outcome"]) == ("refuse", "refuse", "right")
    laid = Event.objects.get(kind="trial.laid")
    assert (laid.subject_id, laid.facts, laid.office) == (0, {}, HONG_BANG)
    assert verify_chain().sound


def test_sent_twice_it_counts_once_and_the_officer_finds_the_result() -> None:
    trial = make_trial()
    refuse(trial, "identity_differs")
    with pytest.raises(NotYours):
        refuse(trial, "identity_differs")
    assert outcomes() == [("Minh", "refuse", "right")]
    told = accuracy.told_to(trial, by=MINH)
    assert told is not None
    assert told.outcome == "right"


def test_a_colleague_is_told_that_it_is_gone_and_not_how_it_was_decided() -> None:
    trial = make_trial()
    refuse(trial, "identity_differs")
    assert accuracy.told_to(trial, by=NGOC) is None
    make_office("03102")
    with pytest.raises(NotYours):
        accuracy.told_to(trial, by=Actor(ActorKind.OFFICER, 902, "Hạnh", "03102", "reviewer"))


def test_a_decision_that_fails_leaves_the_file_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    trial = make_trial()

    def fall(*_given: object, **_named: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("vssid.domain.vault.sealing.erase", fall)
    with pytest.raises(RuntimeError):
        actions.approve(trial, by=MINH, now=LATER)
    assert not TrialResult.objects.exists()
    row = Application.with_trials.get(id=trial)
    assert readiness.read(row, on=local_day(LATER)).missing == ()


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_at_once_one_decides() -> None:
    trial = make_trial()
    answers = at_once(
        lambda: actions.approve(trial, by=MINH, now=LATER), lambda: refuse(trial, "identity_differs", by=NGOC)
    )
    assert len([answer for answer in answers if isinstance(answer, NotYours)]) == 1
    assert TrialResult.objects.count() == 1
    assert nothing_left(trial)
