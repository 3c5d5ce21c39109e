"""Every figure of delivery equals a slow count of the messages."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from vssid.domain.notifications.models.delivery import Hour
from vssid.domain.notifications.models.messages import Message
from vssid.domain.notifications.tests.fakes import make_message, receipt, run
from vssid.domain.vault import sealing as vault

from .. import board, counting, operators

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 1, 20, tzinfo=UTC)
HOUR = timedelta(hours=1)
STATES = ("created", "sending", "sent", "delivered", "failed", "expired")


def make_many(count: int, *, seed: int = 7) -> None:
    """Messages of the last three days, each different by chance."""
    chance, subject_id = random.Random(seed), vault.new_subject_id()
    rows = []
    for _ in range(count):
        made = NOW - timedelta(seconds=chance.randrange(3 * 24 * 3600))
        state = chance.choice(STATES)
        took = timedelta(milliseconds=chance.choice([900, 4_000, 61_000, 1_234_567]))
        is_final = state in STATES[3:]
        rows.append(
            Message(
                subject_id=subject_id,
                id=uuid4(),
                kind=chance.choice(["phone_code", "submitted"]),
                channel=chance.choice(["sms", "sms", "email"]),
                gateway=chance.choice(["", "viettel", "vnpt"]),
                operator=chance.choice(["Viettel", "MobiFone"]),
                state=state,
                body=None if is_final else b"x",
                created_at=made,
                next_try_at=made,
                expires_at=made + HOUR,
                delivered_at=made + took if state == "delivered" else None,
                ended_at=made + took if is_final else None,
            )
        )
    Message.objects.bulk_create(rows)


def slow_seconds(message: Message) -> int:
    took = (message.delivered_at - message.created_at).total_seconds()  # type: ignore[operator]
    whole = -int(-took // 1)
    step = 1 if whole <= 60 else 10 if whole <= 600 else 60
    return -(-whole // step) * step


def slow_line(messages: list[Message]) -> tuple[int, int, int, int, int | None, int | None]:
    states = Counter(message.state for message in messages)
    took = sorted(slow_seconds(message) for message in messages if message.state == "delivered")

    def part(percent: int) -> int | None:
        return took[-(-len(took) * percent // 100) - 1] if took else None

    under_way = states["created"] + states["sending"] + states["sent"]
    lost = states["failed"] + states["expired"]
    return len(messages), states["delivered"], lost, under_way, part(50), part(95)


def same(line: board.Line, messages: list[Message]) -> bool:
    shown = (line.total, line.delivered, line.lost, line.under_way, line.median, line.slowest)
    return shown == slow_line(messages)


@pytest.mark.parametrize("hours", [24, 48])
@pytest.mark.parametrize("channel", ["sms", "email"])
def test_each_figure_equals_a_slow_count(channel, hours):
    make_many(400)
    counting.count(NOW)

    shown = board.board(channel, hours=hours, now=NOW)

    since = NOW.replace(minute=0) - (hours - 1) * HOUR
    slow = [one for one in Message.objects.all() if one.channel == channel and one.created_at >= since]
    assert (shown.as_of, shown.since) == (NOW, since)
    assert same(shown.whole, slow)
    assert shown.states == {state: sum(one.state == state for one in slow) for state in STATES}
    for lines, column in (
        (shown.gateways, "gateway"),
        (shown.operators, "operator"),
        (shown.kinds, "kind"),
    ):
        assert {line.name for line in lines} == {getattr(one, column) for one in slow}
        for line in lines:
            assert same(line, [one for one in slow if getattr(one, column) == line.name]), line
    assert [line.hour for line in shown.hours] == [since + number * HOUR for number in range(hours)]
    for hour in shown.hours:
        within = [one for one in slow if hour.hour <= one.created_at < hour.hour + HOUR]
        assert (hour.total, hour.delivered, hour.lost, hour.under_way) == slow_line(within)[:1] + slow_line(
            within
        )[1:4]


def test_what_changes_after_a_count_is_in_the_next_one(phones):
    old = make_message()  # made at 01:00
    counting.count(NOW)
    assert board.board("sms", hours=24, now=NOW).states["created"] == 1
    later = NOW + 3 * HOUR
    message = receipt(run(old, NOW), at=NOW + timedelta(seconds=30))

    counting.count(later)

    shown = board.board("sms", hours=24, now=later)
    assert message.state == "delivered"
    assert (shown.states["created"], shown.states["delivered"], shown.as_of) == (0, 1, later)


def test_an_hour_in_which_nothing_happened_is_not_counted_anew():
    make_many(60)
    Message.objects.filter(state__in=STATES[:3]).delete()
    assert counting.count(NOW) > 10
    assert counting.count(NOW + HOUR) <= 1


def test_before_the_first_count_the_board_says_so():
    assert board.board("sms", hours=24, now=NOW).as_of is None


def test_counts_are_forgotten_after_a_month():
    make_many(50)
    counting.count(NOW)
    assert counting.forget_old(NOW) == 0
    assert counting.forget_old(NOW + timedelta(days=40)) > 0
    assert not Hour.objects.exists()


def test_no_time_to_arrive_is_known_of_nothing():
    assert board.percentile([], 95) is None
    assert board.percentile([(3, 1)], 95) == 3
    assert board.percentile([(1, 95), (9, 5)], 95) == 1
    assert board.percentile([(1, 94), (9, 6)], 95) == 9


@pytest.mark.parametrize(
    ("number", "operator"),
    [
        ("+84912345678", "Vinaphone"),
        ("+84981234567", "Viettel"),
        ("+84861234567", "Viettel"),
        ("+84899123456", "MobiFone"),
        ("+84993123456", "G-Mobile"),
        ("+84241234567", ""),
        ("+33612345678", ""),
        ("", ""),
    ],
)
def test_the_operator_is_that_of_the_longest_prefix(number, operator):
    assert operators.of(number, date(2026, 3, 2)) == operator


def test_every_prefix_of_the_table_is_that_of_libphonenumber():
    from phonenumbers.carrierdata import CARRIER_DATA

    for row in operators._table():
        assert CARRIER_DATA["84" + row["prefix"]]["en"] == row["operator"]


def test_a_message_knows_the_operator_of_its_phone():
    assert make_message().operator == "Vinaphone"
