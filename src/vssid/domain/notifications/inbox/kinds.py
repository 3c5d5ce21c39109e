"""What notices there are, and by which ways each may leave, as data. The inbox holds every notice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.db import models


class Channel(models.TextChoices):
    """A way out of the house."""

    SMS = "sms"
    EMAIL = "email"
    PUSH = "push"


class Topic(StrEnum):
    """What a person chooses channels for."""

    APPLICATION = "application"
    ARREARS = "arrears"
    RESULTS = "results"
    SECURITY = "security"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of notice. `link` is a path inside the app, filled from the notice's facts.

    After `life` telling by a channel is worthless.
    `told_whole`: the letter says all of it, since its reader cannot get into the app.
    """

    topic: Topic
    link: str
    channels: frozenset[Channel]
    life: timedelta = timedelta(days=2)
    told_whole: bool = False


ALL = frozenset(Channel)
SILENT = frozenset({Channel.PUSH, Channel.EMAIL})  # costs nobody anything
# An application's own texts go to the phone in the application (registration.notices), so no second SMS here.
KINDS: dict[str, Kind] = {
    "application_received": Kind(Topic.APPLICATION, "/dang-ky/tra-cuu", SILENT),
    "application_approved": Kind(Topic.APPLICATION, "/", SILENT),
    "application_refused": Kind(Topic.APPLICATION, "/dang-ky/tra-cuu", SILENT),
    "application_expired": Kind(Topic.APPLICATION, "/dang-ky/tra-cuu", SILENT),
    "application_withdrawn": Kind(Topic.APPLICATION, "/dang-ky/tra-cuu", SILENT),
    "arrears": Kind(Topic.ARREARS, "/qua-trinh", ALL, timedelta(days=5)),
    "password_changed": Kind(Topic.SECURITY, "/thiet-bi", ALL),
    "new_device": Kind(Topic.SECURITY, "/thiet-bi", ALL),
    "session_ended": Kind(Topic.SECURITY, "/thiet-bi", SILENT),
    "password_reset": Kind(Topic.SECURITY, "/tai-khoan", ALL),
    "password_reissued": Kind(Topic.SECURITY, "/tai-khoan", ALL),
    "passkey_added": Kind(Topic.SECURITY, "/tai-khoan/khoa-truy-cap", ALL),
    "passkey_removed": Kind(Topic.SECURITY, "/tai-khoan/khoa-truy-cap", ALL),
    "passkey_suspect": Kind(Topic.SECURITY, "/tai-khoan/khoa-truy-cap", ALL),
    "contact_asked": Kind(Topic.SECURITY, "/tai-khoan/lien-he/tai-co-quan", ALL),
    "phone_changed": Kind(Topic.SECURITY, "/tai-khoan", ALL),
    "phone_set": Kind(Topic.SECURITY, "/tai-khoan", ALL),
    "reset_later": Kind(Topic.SECURITY, "/tai-khoan", ALL),
    "email_changed": Kind(Topic.SECURITY, "/tai-khoan", ALL),
    "address_dead": Kind(Topic.SECURITY, "/tai-khoan", frozenset({Channel.PUSH})),
    "account_frozen": Kind(Topic.SECURITY, "/tai-khoan", ALL, told_whole=True),
    "account_thawed": Kind(Topic.SECURITY, "/tai-khoan", ALL),
    "closing_asked": Kind(Topic.SECURITY, "/tai-khoan", ALL),
    "closing_undone": Kind(Topic.SECURITY, "/tai-khoan", ALL),
    "account_closed": Kind(Topic.SECURITY, "/tai-khoan", ALL, told_whole=True),
    "request_refused": Kind(Topic.SECURITY, "/tai-khoan/lien-he/tai-co-quan", ALL),
    "procedure_done": Kind(Topic.RESULTS, "/dich-vu-cong/ho-so/{request}", ALL),
    "procedure_refused": Kind(Topic.RESULTS, "/dich-vu-cong/ho-so/{request}", ALL),
    "procedure_more": Kind(Topic.RESULTS, "/dich-vu-cong/ho-so/{request}", ALL),
    "ticket_answered": Kind(Topic.RESULTS, "/tro-giup/tin-nhan/{ticket}", ALL),
    "family_approved": Kind(Topic.RESULTS, "/gia-dinh", ALL),
    "family_refused": Kind(Topic.RESULTS, "/gia-dinh/ho-so/{request}", ALL),
    "family_of_age": Kind(Topic.RESULTS, "/gia-dinh", ALL),
    "family_own": Kind(Topic.RESULTS, "/", ALL),
    "family_second": Kind(Topic.SECURITY, "/gia-dinh", ALL),
    "family_ended": Kind(Topic.SECURITY, "/gia-dinh", ALL),
    "trusted_named": Kind(Topic.SECURITY, "/nguoi-tin-cay", ALL),
    "trusted_used": Kind(Topic.SECURITY, "/nguoi-tin-cay", ALL),
    "test": Kind(Topic.TEST, "/thong-bao/cai-dat", frozenset({Channel.PUSH}), timedelta(minutes=10)),
}
# Until a person chooses otherwise.
DEFAULTS: dict[Topic, frozenset[Channel]] = {
    Topic.APPLICATION: SILENT,
    Topic.ARREARS: SILENT,
    Topic.RESULTS: ALL,
    Topic.SECURITY: ALL,
    Topic.TEST: ALL,
}
# Whoever took over an account must not be able to silence what would tell its owner.
LOCKED = frozenset({Topic.SECURITY, Topic.TEST})


def offered(topic: Topic) -> frozenset[Channel]:
    """The channels that some kind of the topic may use."""
    return frozenset().union(*(kind.channels for kind in KINDS.values() if kind.topic is topic))
