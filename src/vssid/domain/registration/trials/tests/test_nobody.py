"""A file with a known answer reaches no person, figure or other file; the desk sees it as any other."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError

from tests.making.registrations import (
    ADDRESS,
    BINH,
    ELSEWHERE,
    HONG_BANG,
    NOW,
    make_application,
    make_office,
    make_person,
)
from tests.making.trials import MADE_UP, OPEN, make_trial
from vssid.domain.accounts.models.accounts import Account
from vssid.domain.audit.models import Event
from vssid.domain.identity.kinds import ImageKind
from vssid.domain.identity.models import ImageMark
from vssid.domain.notifications.models.messages import Message
from vssid.domain.oversight import patterns
from vssid.domain.privacy import looking
from vssid.domain.registration import actions, jobs, manage_codes, of_person, queries
from vssid.domain.registration.counter import visitors
from vssid.domain.registration.desk import counts, looks, readiness, receiving, search
from vssid.domain.registration.desk.receiving import Outcome
from vssid.domain.registration.draft import drafts
from vssid.domain.registration.errors import NotOpen
from vssid.domain.registration.models import Application, Counter
from vssid.domain.registration.quality import drift
from vssid.domain.reports import counting
from vssid.domain.reports.models import FileLine
from vssid.kernel.actor import Actor, ActorKind
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import NotYours
from vssid.kernel.ids import Phone

pytestmark = pytest.mark.django_db
MINH = Actor(ActorKind.OFFICER, 900, "Minh", HONG_BANG, "reviewer")
ACTS = ("submitted", "form_received", "original_seen", "viewed", "photo_viewed")
SON = Actor(ActorKind.OFFICER, 910, "Sơn", HONG_BANG, "director")


def number() -> str:
    return Application.with_trials.get(is_trial=True).number


def test_it_is_no_row_for_who_does_not_ask_for_the_desk() -> None:
    trial = make_trial()
    assert not Application.objects.filter(id=trial).exists()
    assert not Application._default_manager.filter(id=trial).exists()


def test_the_public_look_up_and_the_persons_own_pages_do_not_know_it() -> None:
    trial = make_trial()
    assert queries.look_up(number(), Phone(MADE_UP.phone), address=ADDRESS, now=OPEN) is None
    assert queries.own(trial, now=OPEN) is None
    with pytest.raises(NotYours):
        actions.withdraw(trial, now=OPEN)
    with pytest.raises(NotYours):
        drafts.correct(trial, now=OPEN)
    with pytest.raises(NotYours):
        manage_codes.send(trial, address=ADDRESS, now=OPEN)
    assert not Message.objects.exists()


@pytest.mark.parametrize("columns", [{"state": "refused", "closed_at": OPEN}, {"person_id": 5}])
def test_the_database_lets_nobody_close_it_or_name_a_person_in_it(columns: dict[str, object]) -> None:
    trial = make_trial()
    with pytest.raises(IntegrityError, match="registration_trial_open"):
        Application.with_trials.filter(id=trial).update(**columns)


def test_no_password_is_sent_for_it() -> None:
    trial = make_trial()
    with pytest.raises(NotOpen):
        actions.resend_activation(trial, by=MINH, now=OPEN)
    assert not Account.objects.filter(kind="citizen").exists()


@pytest.mark.parametrize("days", [7, 9, 12, 60])
def test_time_neither_reminds_nor_expires_nor_counts_it(days: int) -> None:
    trial = make_trial(handed_in=False)
    later = OPEN + timedelta(days=days)
    done = [job(later) for job in (jobs.expire_due, jobs.remind_due, jobs.erase_images, jobs.judge_names)]
    assert done == [0, 0, 0, 0]
    assert Application.with_trials.get(id=trial).state == "submitted"
    assert not Message.objects.exists()


def test_no_report_counts_it_before_or_after_it_is_decided() -> None:
    make_application(now=NOW)
    trial = make_trial()
    counting.recount(OPEN)
    assert [line.application_id for line in FileLine.objects.all()] == [Application.objects.get().id]
    actions.refuse(trial, reasons=["identity_differs"], text="Sai.", by=MINH, now=OPEN)
    counting.recount(OPEN)
    assert FileLine.objects.count() == Application.objects.count() == 1
    assert drift.officers(by=SON, now=OPEN + timedelta(hours=1)) == []


def test_a_line_of_a_report_that_was_one_goes() -> None:
    trial = make_trial()
    day = local_day(OPEN)
    FileLine.objects.create(
        application_id=trial, office_code=HONG_BANG, employer_code="", state="received", stage=2, sent_on=day
    )
    counting.recount(OPEN)
    assert not FileLine.objects.exists()


def test_looks_at_it_are_no_looks_at_a_person() -> None:
    trial = make_trial()
    looks.look_at(trial, by=MINH, now=OPEN)
    for at in range(patterns.LIMITS["many_lookers"] + 1):
        by = Actor(ActorKind.OFFICER, 950 + at, f"Cán bộ {at}", HONG_BANG, "reviewer")
        looks.look_at(trial, by=by, now=OPEN)
    assert list(patterns.of_day(local_day(OPEN))) == []
    assert not Event.objects.filter(kind__in=looking.LOOKS).exists()


def test_a_person_with_its_code_is_neither_kept_out_nor_told_of_it() -> None:
    trial = make_trial()
    person = make_person(MADE_UP)
    real = make_application(MADE_UP, now=OPEN)
    assert of_person.applications(person, now=OPEN)[0].status.id == real
    assert len(of_person.applications(person, now=OPEN)) == 1
    assert set(looking.subjects_of(person)) == {person, real}
    row = Application.objects.get(id=real)
    assert not [finding for finding in row.findings if finding["against"] == "double"]
    assert readiness.read(row, on=local_day(OPEN)).doubles == ()
    assert trial != real


def test_the_same_picture_in_it_is_no_sign_for_another_file() -> None:
    trial, real = make_trial(), make_application(now=OPEN)
    ImageMark.objects.filter(subject_id=trial).delete()
    for subject in (trial, real):
        ImageMark.objects.create(subject_id=subject, kind="portrait", place=0, mark=b"the same picture")
    row = Application.objects.get(id=real)
    assert readiness.read(row, on=local_day(OPEN)).doubles == ()
    ImageMark.objects.filter(subject_id=trial).update(subject_id=make_application(BINH, now=OPEN))
    assert [double.code for double in readiness.read(row, on=local_day(OPEN)).doubles] == ["same_image"]


def test_the_counter_finds_no_open_file_of_it() -> None:
    make_trial()
    make_person(MADE_UP)
    assert visitors.find(MADE_UP.bhxh_code, by=MINH, now=OPEN).files == ()


@pytest.mark.parametrize(
    "typed", [MADE_UP.bhxh_code, MADE_UP.id_number, "0590990001", "lo thi mau", "1", "00001/2026/03101"]
)
def test_the_desk_finds_it_by_all_it_finds_others_by(typed: str) -> None:
    trial = make_trial()
    found = search.find(HONG_BANG, search.read_scan(typed), now=OPEN, at_most=9)
    assert [row.id for row in found] == [trial]
    make_office(ELSEWHERE)
    assert search.find(ELSEWHERE, search.read_scan(typed), now=OPEN, at_most=9) == []


def test_the_desk_counts_lists_and_scans_it_as_any_other() -> None:
    trial = make_trial()
    assert counts.at(HONG_BANG, now=OPEN).received == 1
    assert [row.id for row in queries.waiting_at(HONG_BANG)] == [trial]
    assert queries.by_number(HONG_BANG, number()) == trial
    assert receiving.receive(number(), by=MINH, now=OPEN).outcome is Outcome.TWICE
    assert [receipt.application_id for receipt in receiving.of_today(by=MINH, now=OPEN)] == [trial]
    assert Counter.objects.get().last == 1


def test_its_page_tells_a_history_like_any_other() -> None:
    real = make_application(now=OPEN)
    trial = make_trial()
    actions.receive_form(real, by=MINH, now=OPEN)
    actions.see_original(real, by=MINH, now=OPEN)
    for file in (real, trial):
        looks.look_at(file, by=MINH, now=OPEN)
        looks.look_at_photo(file, ImageKind.PORTRAIT, by=MINH, now=OPEN)
    told = [
        {event.kind for event in looks.look_at(file, by=MINH, now=OPEN).history} for file in (real, trial)
    ]
    assert told[0] == told[1] == {f"application.{act}" for act in ACTS}


def test_its_file_shows_the_made_up_register_and_no_account() -> None:
    file = looks.look_at(make_trial(), by=MINH, now=OPEN)
    assert file.register is not None
    assert file.register.birth_date.isoformat() == "1991-02-03"
    assert (file.account, file.intake, file.missing) == (None, None, ())
    assert [finding["field"] for finding in file.findings] == ["birth_date"]
