"""Laid by chance among what people send, handed in on an opening day, taken back after its term."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.making.registrations import (
    BINH,
    ELSEWHERE,
    HONG_BANG,
    LAN,
    NOW,
    Someone,
    make_application,
    make_office,
    make_officer_account,
    make_person,
)
from tests.making.trials import MADE_UP, OPEN, make_case, make_taker, make_trial
from vssid.domain.audit.models import Event
from vssid.domain.casework import claims
from vssid.domain.identity.models import IdImage
from vssid.domain.notifications.models.messages import Message
from vssid.domain.offices.models import Office
from vssid.domain.registration import actions, queries
from vssid.domain.registration.models import Application, Trial, TrialPace, TrialResult
from vssid.domain.registration.moves import APPLICATION
from vssid.domain.registration.states import State
from vssid.domain.registration.trials import ending, laying, loading
from vssid.domain.registration.trials.cases import BadCase
from vssid.domain.vault.models import SubjectKey
from vssid.kernel.actor import Actor, ActorKind

pytestmark = pytest.mark.django_db
MINH = Actor(ActorKind.OFFICER, 900, "Minh", HONG_BANG, "reviewer")
PHU = Someone("0000000003", "Phú", id_number="031190000003", phone="+84912345670")


@pytest.fixture
def certain(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """Chance always says yes."""
    settings.KNOWN_ANSWER_SHARE = 1
    monkeypatch.setattr("vssid.domain.registration.trials.laying.secrets.randbelow", lambda _most: 0)


def staffed() -> None:
    make_office()
    make_officer_account("minh", HONG_BANG, "Minh")
    make_taker()


def incoming(who: Someone = LAN, now: datetime = OPEN) -> None:
    make_application(who, now=now)


def begun() -> None:
    """The office was looked at once; from now on its numbers count."""
    incoming(PHU)
    assert laying.lay_due(OPEN) == 0


def test_it_takes_the_next_number_and_waits_for_its_form_as_any_other(certain: None) -> None:
    staffed()
    make_case()
    begun()
    incoming()
    assert laying.lay_due(OPEN) == 1
    trial = Application.with_trials.get(is_trial=True)
    real = Application.objects.get(full_name=LAN.full_name)
    assert (real.number, trial.number) == ("00002/2026/03101", "00003/2026/03101")
    same = ("state", "submitted_at", "due_on", "due_at", "form_received_at", "office_id", "reminded")
    assert [getattr(trial, name) for name in same] == [getattr(real, name) for name in same]
    assert [row.number for row in queries.waiting_at(HONG_BANG)][1:] == [real.number, trial.number]
    # Its own number asks chance for no other one.
    make_case("khac", Someone("9900000002", "Mẫu", id_number="031190009902", phone="+84590990002"))
    assert laying.lay_due(OPEN) == 0
    assert TrialPace.objects.get().seen == 3


def test_without_a_share_without_cases_or_where_a_scan_is_demanded_none_is_laid(
    certain: None, settings: Any
) -> None:
    staffed()
    case = make_case()
    begun()
    incoming()
    settings.KNOWN_ANSWER_SHARE = 0
    assert laying.lay_due(OPEN) == 0
    settings.KNOWN_ANSWER_SHARE, settings.SIGNED_FORM_REQUIRED = 1, True
    assert laying.lay_due(OPEN) == 0
    settings.SIGNED_FORM_REQUIRED = False
    assert loading.drop(case.name, now=OPEN)
    assert laying.lay_due(OPEN) == 0
    assert not loading.drop(case.name, now=OPEN)
    make_case()
    assert laying.lay_due(OPEN) == 1


def test_chance_is_asked_once_for_each_new_file(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.KNOWN_ANSWER_SHARE = 5
    asked: list[int] = []

    def no(most: int) -> int:
        asked.append(most)
        return int(settings.KNOWN_ANSWER_SHARE)

    monkeypatch.setattr("vssid.domain.registration.trials.laying.secrets.randbelow", no)
    staffed()
    make_case()
    begun()
    incoming()
    incoming(BINH)
    assert (laying.lay_due(OPEN), laying.lay_due(OPEN), asked) == (0, 0, [100, 100])


def test_a_closed_office_gets_none_until_it_opens(certain: None) -> None:
    staffed()
    make_case()
    begun()
    incoming(now=NOW)
    assert laying.lay_due(NOW) == 0  # 20:14
    assert laying.lay_due(OPEN) == 1


def test_an_office_gets_none_without_a_reviewer_or_where_one_alone_takes_papers_in(settings: Any) -> None:
    make_office()
    assert not laying.may_have(HONG_BANG, OPEN)
    make_officer_account("minh", HONG_BANG, "Minh")
    assert not laying.may_have(HONG_BANG, OPEN)
    make_taker()
    assert laying.may_have(HONG_BANG, OPEN)
    settings.KNOWN_ANSWER_MOST = 1
    make_trial(handed_in=False)
    assert not laying.may_have(HONG_BANG, OPEN)


def test_two_who_only_take_papers_in_are_no_reviewer() -> None:
    make_office()
    make_taker()
    make_officer_account("mai", HONG_BANG, "Mai", role="reception")
    assert not laying.may_have(HONG_BANG, OPEN)


def test_an_office_meets_a_case_once_and_no_case_lies_at_two_offices() -> None:
    trial = make_trial()
    make_office(ELSEWHERE)
    assert laying.lay_any(ELSEWHERE, now=OPEN) is None
    actions.refuse(trial, reasons=["identity_differs"], text="Sai.", by=MINH, now=OPEN)
    assert laying.lay_any(HONG_BANG, now=OPEN) is None
    assert laying.lay_any(ELSEWHERE, now=OPEN) is not None


def test_a_case_of_another_province_is_not_laid() -> None:
    make_case()
    make_office("01101")
    Office.objects.filter(code="01101").update(province_code="01")
    assert laying.lay_any("01101", now=OPEN) is None


def test_a_case_whose_number_a_person_has_by_now_is_not_laid() -> None:
    case = make_case()
    make_office()
    make_person(MADE_UP)
    with pytest.raises(BadCase) as refused:
        laying.lay(case, HONG_BANG, now=OPEN)
    assert (refused.value.problem, refused.value.detail) == ("is_person", "form.bhxh_code")
    assert not Trial.objects.exists()


def test_a_case_that_would_be_told_otherwise_is_not_laid_and_nothing_is_left() -> None:
    make_office()
    case = make_case(right=True, birth_date="1999-09-09")  # approvable, it says; the register says not
    keys = SubjectKey.objects.count()
    with pytest.raises(BadCase) as refused:
        laying.lay(case, HONG_BANG, now=OPEN)
    assert refused.value.problem == "doubt_not_named"
    assert not Trial.objects.exists()
    assert not Application.with_trials.exists()
    assert (IdImage.objects.count(), SubjectKey.objects.count()) == (3, keys)


def test_it_is_handed_in_while_the_office_is_open_by_who_takes_papers_in() -> None:
    trial = make_trial(handed_in=False)
    Trial.objects.update(hand_in_at=OPEN)
    assert laying.hand_in_due(OPEN) == 0  # there is nobody
    make_officer_account("minh", HONG_BANG, "Minh")
    make_taker()
    assert laying.hand_in_due(OPEN + timedelta(hours=10)) == 0
    later = OPEN + timedelta(hours=1)
    assert laying.hand_in_due(later) == 1
    assert laying.hand_in_due(later) == 0
    row = Application.with_trials.get(id=trial)
    assert (row.state, row.form_received_by, row.original_seen_by) == (State.RECEIVED, *["Tiếp Nhận"] * 2)
    assert row.form_received_at is not None
    assert row.original_seen_at == later
    assert timedelta(minutes=1) <= later - row.form_received_at <= timedelta(minutes=4)
    assert not Event.objects.filter(subject_id=trial).exists()


def test_undecided_it_is_taken_back_silently_and_counted_as_not_met() -> None:
    trial = make_trial()
    ends = Trial.objects.get().ends_at
    assert laying.take_back_due(ends - timedelta(seconds=1)) == 0
    claims.take(APPLICATION.name, trial, by=MINH, now=ends)
    assert laying.take_back_due(ends) == 0  # an officer looks at it
    claims.release_all(by=MINH)
    assert laying.take_back_due(ends) == 1
    assert (TrialResult.objects.get().outcome, TrialResult.objects.get().officer_id) == ("not_met", 0)
    assert not Application.with_trials.exists()
    assert not Message.objects.exists()
    assert Event.objects.get(subject_id=trial).kind == "trial.taken_back"
    assert ending.take_back(trial, now=ends) is False


def test_a_first_approval_counts_when_no_second_comes(settings: Any) -> None:
    settings.SECOND_SHARE = 100
    trial = make_trial()
    actions.approve(trial, by=MINH, now=OPEN)
    assert laying.take_back_due(Trial.objects.get().ends_at) == 1
    row = TrialResult.objects.get(application_id=trial)
    assert (row.officer_name, row.outcome) == ("Minh", "wrongly_approved")


def test_one_whose_form_was_given_back_ends_with_its_ten_days() -> None:
    trial = make_trial()
    actions.return_form(trial, by=MINH, now=OPEN)
    Trial.objects.update(ends_at=OPEN + timedelta(days=30))
    row = Application.with_trials.get(id=trial)
    assert laying.take_back_due(row.due_at - timedelta(seconds=1)) == 0
    assert laying.take_back_due(row.due_at) == 1


def test_what_a_killed_worker_began_to_lay_is_cleared() -> None:
    trial = make_trial(handed_in=False)
    Application.with_trials.filter(id=trial).delete()  # as before the second transaction
    assert laying.forget_lost(OPEN) == 0
    assert laying.forget_lost(OPEN + laying.LOST) == 1
    assert not Trial.objects.exists()
    assert not IdImage.objects.filter(subject_id=trial).exists()
    assert not SubjectKey.objects.filter(subject_id=trial).exists()
    assert not TrialResult.objects.exists()
