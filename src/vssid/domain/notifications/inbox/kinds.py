"""What a kind of notice is, and by which ways it may leave; rooms that raise notices hand their kinds in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from django.db import models
from django.utils.functional import Promise


class Channel(models.TextChoices):
    """A way out of the house."""

    SMS = "sms"
    EMAIL = "email"
    PUSH = "push"


class Topic(StrEnum):
    """What a person chooses channels for. A duty is of staff: it stands in the console."""

    APPLICATION = "application"
    ARREARS = "arrears"
    RESULTS = "results"
    SECURITY = "security"
    DUTY = "duty"
    TEST = "test"


Facts = Mapping[str, Any]
Words = str | Promise


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """One kind of notice: what its topic is, by which ways it may leave, and what it says.

    `paragraphs` are filled with the notice's facts; `compose` makes them where filling does not. After
    `life` telling by a channel is worthless. `told_whole`: the letter says all of it, since its reader
    cannot get into the app.
    """

    topic: Topic
    channels: frozenset[Channel]
    title: Words
    paragraphs: tuple[Words, ...] = ()
    life: timedelta = timedelta(days=2)
    told_whole: bool = False
    compose: Callable[[Facts], list[str]] | None = None


ALL = frozenset(Channel)
SILENT = frozenset({Channel.PUSH, Channel.EMAIL})  # costs nobody anything
KINDS: dict[str, NoticeKind] = {}
"""Every kind of notice, as the rooms that raise them handed them in."""
LINKS: dict[str, Callable[[Facts], str]] = {}
"""Where in the app the matter of a kind is, made of the notice's facts by the door that shows it."""


def register(kinds: Mapping[str, NoticeKind]) -> None:
    """Take over the kinds of one room (its `notice_kinds.NOTICES`), at start. Refuses a name twice."""
    if twice := KINDS.keys() & kinds.keys():
        raise ValueError(f"kinds of notice named twice: {sorted(twice)}")
    KINDS.update(kinds)


def register_links(links: Mapping[str, Callable[[Facts], str]]) -> None:
    """Take over the addresses of one door (its `notice_links.LINKS`), at start. Refuses a name twice."""
    if twice := LINKS.keys() & links.keys():
        raise ValueError(f"addresses of notices named twice: {sorted(twice)}")
    LINKS.update(links)


def check_whole() -> None:
    """Refuses to start (ValueError) with a kind that leads nowhere, or an address of no kind."""
    if odd := KINDS.keys() ^ LINKS.keys():
        raise ValueError(f"kinds of notice without an address, or addresses without a kind: {sorted(odd)}")


# Until a person chooses otherwise.
DEFAULTS: dict[Topic, frozenset[Channel]] = {
    Topic.APPLICATION: SILENT,
    Topic.ARREARS: SILENT,
    Topic.RESULTS: ALL,
    Topic.SECURITY: ALL,
    Topic.DUTY: frozenset({Channel.EMAIL}),
    Topic.TEST: ALL,
}
# Whoever took over an account must not be able to silence what would tell its owner.
LOCKED = frozenset({Topic.SECURITY, Topic.DUTY, Topic.TEST})


def offered(topic: Topic) -> frozenset[Channel]:
    """The channels that some kind of the topic may use."""
    return frozenset().union(*(kind.channels for kind in KINDS.values() if kind.topic is topic))
