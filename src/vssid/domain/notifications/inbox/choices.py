"""By which channels a person wants to hear of each topic."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from vssid.domain.audit import actions as audit
from vssid.kernel.actor import person

from ..models.messages import Choice
from .kinds import DEFAULTS, LOCKED, Channel, Topic, offered

CHOOSABLE = tuple(topic for topic in Topic if topic not in {Topic.DUTY, Topic.TEST})


def channels_for(person_id: int, topic: Topic) -> frozenset[Channel]:
    """The channels for one topic: the person's choice, else the default. A locked topic ignores choices."""
    if topic in LOCKED:
        return DEFAULTS[topic]
    chosen = Choice.objects.filter(person_id=person_id, topic=topic.value)
    return _applied(topic, {Channel(row.channel): row.wanted for row in chosen})


def spare(person_id: int, topic: Topic) -> frozenset[Channel]:
    """Channels not used at first that the person said nothing about: for when the others lead nowhere."""
    if topic in LOCKED:
        return frozenset()
    said = Choice.objects.filter(person_id=person_id, topic=topic.value).values_list("channel", flat=True)
    return offered(topic) - DEFAULTS[topic] - {Channel(channel) for channel in said}


def table(person_id: int) -> dict[Topic, frozenset[Channel]]:
    """The same for every topic a person may see, in one statement."""
    chosen: dict[str, dict[Channel, bool]] = {}
    for row in Choice.objects.filter(person_id=person_id):
        chosen.setdefault(row.topic, {})[Channel(row.channel)] = row.wanted
    return {topic: _applied(topic, chosen.get(topic.value, {})) for topic in CHOOSABLE}


def choose(person_id: int, chosen: Mapping[Topic, Collection[Channel]], *, now: datetime) -> None:
    """Keep the person's choice for these topics. What is locked or not offered stays as it is."""
    rows = [
        Choice(person_id=person_id, topic=topic.value, channel=channel.value, wanted=channel in channels)
        for topic, channels in chosen.items()
        if topic not in LOCKED
        for channel in sorted(offered(topic))
    ]
    with transaction.atomic():
        Choice.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["person_id", "topic", "channel"],
            update_fields=["wanted"],
        )
        audit.record("notices.chosen", subject=person_id, by=person(person_id), now=now)


def _applied(topic: Topic, chosen: Mapping[Channel, bool]) -> frozenset[Channel]:
    if topic in LOCKED:
        return DEFAULTS[topic] & offered(topic)
    return frozenset(channel for channel in offered(topic) if chosen.get(channel, channel in DEFAULTS[topic]))
