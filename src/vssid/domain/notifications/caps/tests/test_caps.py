"""At a cap a text waits or goes another way, and none is lost; codes have a share of their own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import structlog

from tests.together import at_once
from vssid.domain.audit.models import Event
from vssid.domain.notifications import actions
from vssid.domain.notifications.inbox import notices
from vssid.domain.notifications.models.caps import Cap, CapCount
from vssid.domain.notifications.models.messages import Message
from vssid.domain.notifications.outbox import next_channel, sweeping
from vssid.domain.notifications.outbox.states import State
from vssid.domain.notifications.tests.conftest import phones as phones
from vssid.domain.notifications.tests.fakes import NOW, PHONE, again, make_message, run
from vssid.domain.vault import sealing as vault
from vssid.infra.sms import Unavailable
from vssid.kernel.actor import Actor, ActorKind
from vssid.kernel.calendar import local_day
from vssid.kernel.email_address import EmailAddress
from vssid.kernel.ids import Phone

from .. import setting, spending

pytestmark = pytest.mark.django_db
ADMIN = Actor(ActorKind.OFFICER, 500, "Vân", "0000", "administrator")
TODAY = local_day(NOW)
# Midnight in Việt Nam after NOW (08:00 there).
MIDNIGHT = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def put(scope: str, most: int, from_on=TODAY) -> None:
    setting.put(scope, most, from_on, why="Hợp đồng mới", by=ADMIN, now=NOW)


def in_force(day) -> int:
    """The cap of other texts on a day, as the page of caps shows it."""
    return next(cap.most for cap in spending.listed(NOW + (day - TODAY)) if cap.scope == spending.OTHERS)


def make_code(life: timedelta = DAY) -> Message:
    message = make_message(expires_in=life)
    Message.objects.filter(id=message.id).update(series="phone:" + message.id.hex)
    return again(message.subject_id, message.id)


@pytest.mark.parametrize("scope", [spending.OTHERS, spending.PHONE, "kind:phone_code"])
def test_at_a_cap_a_text_waits_for_the_next_day_and_goes_then(phones, scope):
    put(scope, 2)
    sent = [run(make_message(expires_in=DAY)) for _ in range(2)]
    waits = run(make_message(expires_in=DAY))

    assert [message.state for message in sent] == [State.SENT] * 2
    assert (waits.state, waits.reason, waits.attempts) == (State.CREATED, "capped", 0)
    assert waits.next_try_at == MIDNIGHT
    assert run(waits, MIDNIGHT).state == State.SENT
    assert len(phones.copies) == 3


def test_codes_go_on_when_the_others_are_used_up_and_the_other_way_round(phones):
    put(spending.OTHERS, 0)
    assert run(make_message()).state == State.CREATED
    assert run(make_code()).state == State.SENT
    put(spending.CODES, 1)
    put(spending.OTHERS, 1)
    assert run(make_code()).reason == "capped"
    assert run(make_message()).state == State.SENT


def test_another_phone_is_not_held_by_the_cap_of_one(phones):
    put(spending.PHONE, 1)
    assert run(make_message()).state == State.SENT
    assert run(make_message()).reason == "capped"
    other = actions.send_sms(
        to=Phone.parse_mobile("0987654321"),
        text="BHXH: tin.",
        kind="x",
        subject_id=(subject_id := vault.new_subject_id()),
        now=NOW,
        expires_in=DAY,
    )
    assert run(again(subject_id, other)).state == State.SENT


def test_a_text_that_is_tried_again_is_one_text(phones):
    put(spending.OTHERS, 1)
    phones.errors = [Unavailable("x")]
    assert run(run(make_message())).state == State.SENT
    assert CapCount.objects.get(key=spending.OTHERS).count == 1


def test_what_is_refused_for_one_cap_takes_nothing_of_another(phones):
    put(spending.OTHERS, 0)
    run(make_message())
    assert not CapCount.objects.exists()


def test_what_runs_out_before_the_next_day_is_said_to_be_unsent(phones):
    put(spending.CODES, 0)
    code = run(make_code(timedelta(minutes=5)))
    assert code.next_try_at == code.expires_at
    sweeping.sweep(code.expires_at)
    code = again(code.subject_id, code.id)
    assert (code.state, code.reason) == (State.EXPIRED, "unsent")


def test_a_notice_goes_by_the_next_channel_at_once(phones, settings):
    settings.MAIL_GATEWAY = "log"
    put(spending.OTHERS, 0)
    person_id, address = vault.new_subject_id(), EmailAddress("lan@example.vn")
    facts = {"at": NOW.isoformat()}
    notice_id = notices.notify(person_id, "account_frozen", now=NOW, facts=facts, reach=notices.nowhere)
    letter = actions.letter(person_id, "account_frozen", address, ("a", "b"), notice_id)
    text = actions.sms(person_id, "account_frozen", Phone.parse_mobile(PHONE), "BHXH: tin.", notice_id)
    text.body[next_channel.FIELD] = next_channel.sealed([letter])
    message_id = actions.keep(text, now=NOW, expires_in=DAY)

    run(again(person_id, message_id))

    told = Message.objects.filter(subject_id=person_id).values_list("channel", "state", "reason")
    assert sorted(told) == [("email", "created", ""), ("sms", "failed", "capped")]


def test_of_many_at_once_none_is_beyond_the_cap_counted():
    put(spending.OTHERS, 3)
    message = make_message()
    for number in range(5):
        if number < 3:
            spending.spend(message, NOW)
        else:
            with pytest.raises(spending.Capped, match=spending.OTHERS):
                spending.spend(message, NOW)


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_at_once_as_many_send_as_the_cap_allows(phones):
    put(spending.OTHERS, 2)
    messages = [make_message(expires_in=DAY) for _ in range(5)]
    at_once(*(lambda message=message: run(message) for message in messages))
    states = sorted(again(message.subject_id, message.id).state for message in messages)
    assert states == [State.CREATED] * 3 + [State.SENT] * 2


def test_the_alarm_rings_once_at_four_fifths_and_when_all_is_used(phones):
    put(spending.OTHERS, 5)
    with structlog.testing.capture_logs() as logs:
        for _ in range(6):
            run(make_message())
    told = [(entry["event"], entry["scope"]) for entry in logs if entry["event"].startswith("sms_cap")]
    assert told == [("sms_cap_near", spending.OTHERS), ("sms_cap_used_up", spending.OTHERS)]


def test_prometheus_and_the_office_see_how_much_is_used(phones):
    put(spending.OTHERS, 5)
    for _ in range(4):
        run(make_message())
    (measured,) = spending.gauges(NOW).values()
    assert measured[2][(spending.OTHERS,)] == 0.8
    shown = {cap.scope: (cap.used, cap.alarms, cap.set_by) for cap in spending.listed(NOW)}
    assert shown[spending.OTHERS] == (4, True, "Vân")
    assert shown[spending.CODES] == (0, False, "")


def test_a_cap_holds_from_its_day_on():
    put(spending.OTHERS, 7, TODAY + DAY)
    assert in_force(TODAY) == 1_000_000
    assert in_force(TODAY + DAY) == 7
    put(spending.OTHERS, 9)
    assert in_force(TODAY) == 9
    assert in_force(TODAY + 9 * DAY) == 7
    put(spending.OTHERS, 8)
    assert in_force(TODAY) == 8


def test_a_higher_cap_wakes_what_waits(phones):
    put(spending.OTHERS, 0)
    waits = run(make_message(expires_in=DAY))
    assert waits.next_try_at == MIDNIGHT
    put(spending.OTHERS, 5)
    assert again(waits.subject_id, waits.id).next_try_at == NOW
    assert run(waits).state == State.SENT


@pytest.mark.parametrize(
    ("scope", "most", "on", "why", "field"),
    [
        ("nothing", 1, TODAY, "Hợp đồng", "scope"),
        ("kind:nothing", 1, TODAY, "Hợp đồng", "scope"),
        (spending.OTHERS, -1, TODAY, "Hợp đồng", "most"),
        (spending.OTHERS, setting.MOST + 1, TODAY, "Hợp đồng", "most"),
        (spending.OTHERS, 1, TODAY - DAY, "Hợp đồng", "from_on"),
        (spending.OTHERS, 1, TODAY, "x", "why"),
    ],
)
def test_a_cap_that_makes_no_sense_is_refused(scope, most, on, why, field):
    with pytest.raises(setting.BadCap) as refused:
        setting.put(scope, most, on, why=why, by=ADMIN, now=NOW)
    assert refused.value.facts == {"field": field}
    assert not Cap.objects.exists()


def test_who_set_it_is_in_the_log():
    put(spending.OTHERS, 7)
    event = Event.objects.get(kind="cap.set")
    assert (event.actor_name, event.facts) == (
        "Vân",
        {"scope": "others", "most": 7, "from": TODAY.isoformat()},
    )


def test_counts_are_forgotten_after_two_days(phones):
    run(make_message())
    assert spending.forget_old(NOW + 2 * DAY) == 0
    assert spending.forget_old(NOW + 3 * DAY) == 2
