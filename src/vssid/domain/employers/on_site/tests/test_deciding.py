"""What a device sends back: each decision once, by the desk's rules, and never on a file that changed."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.making.registrations import BINH, ELSEWHERE, LAN, NOW, keep_photo, make_officer
from tests.together import at_once
from vssid.domain.accounts.models.accounts import Account
from vssid.domain.audit.queries import events_of
from vssid.domain.employers.days import passing
from vssid.domain.employers.models import DayDevice, RegistrationDay, SiteDecision
from vssid.domain.employers.on_site import deciding, devices, queries, retention
from vssid.domain.employers.on_site.deciding import Outcome
from vssid.domain.employers.on_site.errors import NothingTaken
from vssid.domain.identity.kinds import ImageKind
from vssid.domain.offices.policy import NotAllowed
from vssid.domain.registration import actions
from vssid.domain.registration.models import Application
from vssid.kernel.errors import NotYours

from .day import DEVICE, SECOND, decide, make_day, make_sent, sent

pytestmark = pytest.mark.django_db
REFUSAL = {"reasons": ("photo_unclear",), "text": "Chụp lại ảnh."}


def _taken(device: uuid.UUID = DEVICE) -> tuple[RegistrationDay, devices.Taken]:
    day = RegistrationDay.objects.first() or make_day()
    if not Application.objects.exists():
        make_sent(LAN)
    return day, devices.take(day.id, device, by=make_officer(), now=NOW).files[0]


def _kinds(application_id: int) -> list[str]:
    return [event.kind for event in events_of(application_id)]


def test_an_approval_there_does_what_the_desk_does_and_says_when_by_the_devices_clock():
    day, taken = _taken()
    decision = sent(day, taken)
    assert decide(decision).outcome == Outcome.APPLIED
    row = Application.objects.get()
    assert row.state == "approved"
    assert row.form_received_by == row.original_seen_by == "Minh"
    (event,) = [one for one in events_of(row.id) if one.kind == "application.decided_on_site"]
    assert event.facts["decided_at"] == decision.decided_at.isoformat(timespec="seconds")
    assert event.facts["day"] == str(day.id)
    assert "application.taken_along" in _kinds(row.id)


def test_what_was_not_ticked_the_desks_rule_asks_for():
    day, taken = _taken()
    answer = decide(sent(day, taken, checked=frozenset({"form"})))
    assert (answer.outcome, answer.said) == (Outcome.REFUSED, {"code": "not_ready", "missing": ["original"]})
    assert Application.objects.get().form_received_at is None


def test_the_same_number_again_changes_nothing_and_says_so():
    day, taken = _taken()
    decision = sent(day, taken)
    decide(decision)
    before = _kinds(taken.file.status.id)
    assert decide(decision).outcome == Outcome.REPEATED
    assert _kinds(taken.file.status.id) == before
    assert SiteDecision.objects.count() == 1


def test_the_same_decision_from_a_second_device_is_a_repetition():
    day, taken = _taken()
    _, again = _taken(SECOND)
    decide(sent(day, taken))
    assert decide(sent(day, again, device=SECOND)).outcome == Outcome.REPEATED
    assert Account.objects.filter(kind="citizen").count() == 1


def test_another_decision_of_what_was_decided_is_not_done_and_says_who_was_first():
    day, taken = _taken()
    decide(sent(day, taken))
    answer = decide(sent(day, taken, "refuse", reasons=("other",), text="Mời đến cơ quan."))
    assert answer.outcome == Outcome.CHANGED
    assert (answer.said["code"], answer.said["by"]) == ("already_decided", "Minh")
    assert Application.objects.get().state == "approved"


def test_a_file_that_was_withdrawn_meanwhile_is_told_and_left_alone():
    day, taken = _taken()
    actions.withdraw(taken.file.status.id, now=NOW)
    answer = decide(sent(day, taken))
    assert (answer.outcome, answer.said["state"]) == (Outcome.CHANGED, "withdrawn")
    assert queries.not_carried_out(make_officer()).get().outcome == Outcome.CHANGED


def test_a_file_with_other_pictures_than_the_officer_saw_is_told_and_left_alone():
    day, taken = _taken()
    keep_photo(taken.file.status.id, ImageKind.PORTRAIT, now=NOW + timedelta(minutes=1))
    answer = decide(sent(day, taken))
    assert (answer.outcome, answer.said["parts"]) == (Outcome.CHANGED, ["pictures"])
    assert Application.objects.get().state == "submitted"


def test_refusing_takes_the_desks_reasons():
    day, taken = _taken()
    assert decide(sent(day, taken, "refuse")).said["code"] == "invalid"
    assert decide(sent(day, taken, "refuse", **REFUSAL)).outcome == Outcome.APPLIED
    assert Application.objects.get().reason_text == "Chụp lại ảnh."


def test_an_unsigned_form_is_given_back_and_who_did_not_come_keeps_the_file():
    day, taken = _taken()
    assert decide(sent(day, taken, "unsigned")).outcome == Outcome.APPLIED
    assert decide(sent(day, taken, "absent")).outcome == Outcome.APPLIED
    assert Application.objects.get().state == "submitted"
    kinds = _kinds(taken.file.status.id)
    assert "application.form_unsigned" in kinds
    assert kinds.count("application.decided_on_site") == 2
    assert decide(sent(day, taken)).outcome == Outcome.APPLIED


def test_who_is_not_named_any_more_decides_nothing():
    day, taken = _taken()
    RegistrationDay.objects.update(officer_id=501)
    assert decide(sent(day, taken)).said["code"] == "not_named"
    assert Application.objects.get().state == "submitted"


def test_whose_post_ended_or_lets_nobody_decide_decides_nothing():
    day, taken = _taken()
    for role in ("reception", ""):
        answer = decide(sent(day, taken), replace(make_officer(), role=role))
        assert answer.outcome == Outcome.REFUSED
    assert Application.objects.get().state == "submitted"


def test_a_withdrawn_device_decides_nothing_and_takes_nothing():
    day, taken = _taken()
    devices.withdraw(DayDevice.objects.get().id, by=make_officer(), now=NOW)
    assert devices.withdrawn(DEVICE, by=make_officer()) == [day.id]
    assert decide(sent(day, taken)).said["code"] == "device_withdrawn"
    with pytest.raises(NotYours):
        devices.take(day.id, DEVICE, by=make_officer(), now=NOW)


def test_only_the_officer_named_at_the_days_office_takes_it_along():
    make_sent(LAN)
    day = make_day()
    for officer in (replace(make_officer(), id=501), make_officer(office=ELSEWHERE)):
        with pytest.raises(NotYours):
            devices.take(day.id, DEVICE, by=officer, now=NOW)
    with pytest.raises(NotAllowed):
        devices.take(day.id, DEVICE, by=make_officer(role="reception"), now=NOW)
    with pytest.raises(NotYours):
        devices.take(day.id, DEVICE, by=make_officer(), now=NOW + timedelta(days=9))
    assert not DayDevice.objects.exists()


def test_a_day_gives_its_own_employers_files_and_no_others():
    make_sent(BINH, employer="TZ0002A")
    day = make_day()
    with pytest.raises(NothingTaken):
        devices.take(day.id, DEVICE, by=make_officer(), now=NOW)


def test_a_file_that_the_device_was_never_given_is_not_there():
    day, taken = _taken()
    other = make_sent(BINH, employer="TZ0002A")
    for decision, by in (
        (sent(day, taken, application=other), make_officer()),
        (sent(day, taken, device=SECOND), make_officer()),
        (sent(day, taken), replace(make_officer(), id=501)),
    ):
        with pytest.raises(NotYours):
            decide(decision, by)
    assert not SiteDecision.objects.exists()


def test_a_number_used_for_one_file_says_nothing_of_another():
    day, taken = _taken()
    make_sent(BINH)
    pack = devices.take(day.id, DEVICE, by=make_officer(), now=NOW)
    decision = sent(day, taken)
    decide(decision)
    other = next(one for one in pack.files if one.file.status.id != taken.file.status.id)
    with pytest.raises(NotYours):
        decide(replace(decision, application=other.file.status.id))


def test_a_clock_that_is_off_is_told():
    day, taken = _taken()
    assert decide(sent(day, taken, "absent", sent_at=NOW + timedelta(minutes=42))).minutes_off == 42
    assert decide(sent(day, taken, sent_at=NOW - timedelta(minutes=4))).minutes_off == 0


@pytest.mark.django_db(transaction=True)
def test_one_number_twice_at_once_is_carried_out_once():
    day, taken = _taken()
    decision = sent(day, taken, "refuse", **REFUSAL)
    answers = at_once(*[lambda: deciding.decide(decision, by=make_officer(), now=NOW)] * 2)
    assert sorted(answer.outcome for answer in answers) == [Outcome.APPLIED, Outcome.REPEATED]
    assert _kinds(taken.file.status.id).count("application.refused") == 1


@pytest.mark.django_db(transaction=True)
def test_two_devices_of_one_officer_at_once_decide_once():
    day, taken = _taken()
    _taken(SECOND)
    both = [sent(day, taken, "refuse", device=device, **REFUSAL) for device in (DEVICE, SECOND)]
    answers = at_once(*[lambda one=one: deciding.decide(one, by=make_officer(), now=NOW) for one in both])
    assert sorted(answer.outcome for answer in answers) == [Outcome.APPLIED, Outcome.REPEATED]
    assert _kinds(taken.file.status.id).count("application.refused") == 1


def test_the_device_says_that_it_has_forgotten():
    day, _file = _taken()
    devices.forget(day.id, DEVICE, by=make_officer(), now=NOW)
    assert DayDevice.objects.get().forgotten_at == NOW


def test_what_was_decided_outlives_the_days_term_and_goes_at_its_own():
    day, taken = _taken()
    decide(sent(day, taken))
    after_day, after_all = NOW + timedelta(days=800), NOW + timedelta(days=1900)
    assert (retention.erase_old(after_day), passing.erase_old(after_day)) == (0, 0)
    assert SiteDecision.objects.exists()
    assert DayDevice.objects.exists()
    assert (retention.erase_old(after_all), passing.erase_old(after_all)) == (2, 1)
    assert not RegistrationDay.objects.exists()


def test_a_device_that_sent_nothing_goes_at_the_same_term():
    _taken()
    assert retention.erase_old(NOW + timedelta(days=1800)) == 0
    assert retention.erase_old(NOW + timedelta(days=1900)) == 1
