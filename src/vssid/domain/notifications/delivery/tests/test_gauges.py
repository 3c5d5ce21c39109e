"""What Prometheus is told of delivery equals a slow count, and no label grows without bound."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from vssid.domain.notifications.models.delivery import Hour
from vssid.domain.notifications.models.messages import Message

from .. import counting, gauges
from .test_board import NOW, make_many

pytestmark = pytest.mark.django_db
SINCE = NOW.replace(minute=0) - timedelta(hours=1)
OUTCOMES = {"delivered": "delivered", "failed": "lost", "expired": "lost"}


def values(name: str) -> dict[tuple[str, ...], float]:
    return {key: count for key, count in gauges.gauges(NOW)[name][2].items() if count}


def slow(*names: str) -> dict[tuple[str, ...], float]:
    rows = Message.objects.filter(created_at__gte=SINCE)
    return dict(
        Counter(
            (*(getattr(row, name) for name in names), OUTCOMES.get(row.state, "under_way")) for row in rows
        )
    )


def test_the_figures_equal_a_slow_count():
    make_many(900)
    counting.count(NOW)
    Message.objects.filter(kind="submitted").update(kind=gauges.OTHER)
    assert values("vssid_delivery_gateway_messages") == slow("channel", "gateway")
    assert values("vssid_delivery_operator_messages") == slow("channel", "operator")
    assert values("vssid_delivery_kind_messages") == slow("channel", "kind")


def test_half_and_nearly_all_arrive_within_the_seconds_told():
    make_many(900)
    counting.count(NOW)
    for (channel, gateway, part), seconds in values("vssid_delivery_seconds").items():
        rows = Hour.objects.filter(hour__gte=SINCE, channel=channel, gateway=gateway, seconds__gte=0)
        took = sorted(row.seconds for row in rows for _ in range(row.count))
        within = sum(each <= seconds for each in took) / len(took)
        assert within >= float(part), (channel, gateway, part)


def test_a_kind_that_no_room_has_any_more_has_no_label_of_its_own():
    make_many(60)
    Message.objects.update(kind="of_an_older_version", created_at=NOW)
    counting.count(NOW)
    assert {kind for _channel, kind, _outcome in values("vssid_delivery_kind_messages")} == {gauges.OTHER}


def test_the_age_of_the_count_is_told_and_nothing_before_the_first():
    assert gauges.gauges(NOW)["vssid_delivery_counted_age_seconds"][2] == {(): 0.0}
    counting.count(NOW - timedelta(minutes=10))
    assert gauges.gauges(NOW)["vssid_delivery_counted_age_seconds"][2] == {(): 600.0}
    assert values("vssid_delivery_gateway_messages") == {}
