"""Marks (MACs) by a key that the database does not hold, on events, on heads and on anchors."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import Protocol

from django.conf import settings

from vssid.infra import keys

Bytes = bytes | memoryview
_DIGEST = 32  # bytes


class Head(Protocol):
    """What the mark of a lane's head is made of, also as a migration sees it."""

    lane: int
    seq: int
    hash: Bytes
    founded_seq: int
    founded_hash: Bytes | None
    founded_at: datetime | None


@lru_cache(maxsize=1)
def _keys() -> tuple[keys.Key, ...]:
    return keys.parse_keys(settings.AUDIT_KEYS)


def of_event(digest: Bytes) -> bytes:
    """The mark of an event by its hash, which holds all that the event says and all before it."""
    return keys.mac(_keys(), b"event\0" + bytes(digest))


def of_head(lane: Head) -> bytes:
    """The mark of a lane's last place and of where its marks begin."""
    return keys.mac(_keys(), _head(lane))


def of_anchor(text: str) -> bytes:
    """The mark of an anchor's text."""
    return keys.mac(_keys(), b"anchor\0" + text.encode())


def of_file(end: str) -> bytes:
    """The mark of a file of events, by its last line, which holds the digest of all before."""
    return keys.mac(_keys(), b"file\0" + end.encode())


def is_of_file(mark: bytes, end: str) -> bool:
    """Was the mark made for this end?"""
    return keys.is_mac(_keys(), b"file\0" + end.encode(), mark)


def of_value(said: bytes) -> str:
    """The mark of a value, for the facts of an event: only who has the key can try what it was made of."""
    made = keys.mac(_keys(), b"value\0" + said)
    return made[:-_DIGEST].decode() + made[-_DIGEST:].hex()


def is_of_value(mark: str, said: bytes) -> bool:
    """Was the mark made for this value?"""
    named, hexed = mark[: -2 * _DIGEST], mark[-2 * _DIGEST :]
    try:
        given = named.encode() + bytes.fromhex(hexed)
    except ValueError:
        return False
    return keys.is_mac(_keys(), b"value\0" + said, given)


def is_of_event(mark: Bytes | None, digest: Bytes) -> bool:
    """Was the mark made for this event?"""
    return keys.is_mac(_keys(), b"event\0" + bytes(digest), mark)


def is_of_head(mark: Bytes | None, lane: Head) -> bool:
    """Was the mark made for this head?"""
    return keys.is_mac(_keys(), _head(lane), mark)


def is_of_anchor(mark: bytes, text: str) -> bool:
    """Was the mark made for this text?"""
    return keys.is_mac(_keys(), b"anchor\0" + text.encode(), mark)


def _head(lane: Head) -> bytes:
    begun = lane.founded_at.astimezone(UTC).isoformat(timespec="microseconds") if lane.founded_at else ""
    places = f"{lane.lane}\0{lane.seq}\0{lane.founded_seq}\0{begun}\0".encode()
    return b"head\0" + places + bytes(lane.hash) + bytes(lane.founded_hash or b"")
