"""Signed-in browsers: start, resolve, rotate, end."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import uuid
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db.models import Q

from vssid.domain.notifications.inbox import subscriptions
from vssid.infra.database import prepared
from vssid.kernel.actor import Actor, ActorKind
from vssid.kernel.calendar import local_day
from vssid.kernel.text import tidy

from .. import login_names
from ..models.accounts import Account, Session

ROTATE_AFTER = timedelta(hours=24)
GRACE = timedelta(minutes=2)
SEEN_STEP = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class PostView:
    """A post of staff that holds today."""

    office_code: str
    role: str
    id: int | None = None


@dataclass(frozen=True, slots=True)
class SessionView:
    """Who is signed in. `fresh_token` is set when the cookie must be replaced.

    `post` is None for staff too while something is to be set first (`is_ready`). `proved_at`: when a second
    factor was last proved in the session.
    """

    person_id: int
    session_id: uuid.UUID
    kind: str
    plain_login: str
    display_name: str
    must_set_password: bool
    post: PostView | None
    fresh_token: str | None = None
    sealed_login: bytes | None = None
    created_at: datetime | None = None
    proved_at: datetime | None = None

    @property
    def login(self) -> str:
        """The name that the owner knows; opened where it is an ID number. Raises vault.Erased."""
        return login_names.shown(self.person_id, self.plain_login, self.sealed_login)

    @property
    def is_ready(self) -> bool:
        """May it open more than the way to an own password and, with two steps, to a second factor?"""
        is_proved = self.kind not in Account.TWO_STEPS or self.proved_at is not None
        return is_proved and not self.must_set_password

    @property
    def actor(self) -> Actor:
        """The signed-in person as the one who acts."""
        if self.post is not None:
            post = self.post
            return Actor(
                ActorKind.OFFICER, self.person_id, self.display_name, post.office_code, post.role, post.id
            )
        if self.kind == Account.EMPLOYER:
            return Actor(ActorKind.EMPLOYER, self.person_id, self.display_name)
        return Actor(ActorKind.PERSON, self.person_id)


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def _token(person_id: int, session_id: uuid.UUID, secret: str) -> str:
    return f"{person_id}.{session_id.hex}.{secret}"


def _read(token: str) -> tuple[int, uuid.UUID, str] | None:
    person, _, rest = token.partition(".")
    session, _, secret = rest.partition(".")
    if not (person.isascii() and person.isdigit() and len(person) < 19):
        return None
    try:
        return int(person), uuid.UUID(hex=session), secret
    except ValueError:
        return None


def start(person_id: int, *, device: str, proved_at: datetime | None, now: datetime) -> str:
    """Open a session; returns the token for the cookie, the only place the secret exists.

    `proved_at`: when a second factor was proved; without, a session of staff or of an employer opens only the
    way to one. A person proves none: None.
    """
    session_id, secret = uuid.uuid4(), secrets.token_urlsafe(32)
    Session.objects.create(
        person_id=person_id,
        id=session_id,
        secret_hash=_hash(secret),
        created_at=now,
        rotated_at=now,
        seen_at=now,
        device=tidy(device)[:80],
        proved_at=proved_at,
    )
    return _token(person_id, session_id, secret)


class _Row(NamedTuple):
    person_id: int
    id: uuid.UUID
    secret_hash: bytes
    offered_hash: bytes | None
    previous_hash: bytes | None
    rotated_at: datetime
    seen_at: datetime
    kind: str
    login: str
    display_name: str
    must_set_password: bool
    is_frozen: bool
    office_code: str
    role: str
    post_id: int | None
    sealed_login: bytes | None
    created_at: datetime
    proved_at: datetime | None


# Session, account and post at once: every page asks it, by the primary keys and the index of posts by
# account. Each table compares its own person id. Of the posts that hold on the day it is the one that the
# session chose, else the one chosen last, else the first.
_HELD_BY = """
SELECT session.secret_hash, session.offered_hash, session.previous_hash, session.rotated_at, session.seen_at,
    account.kind, account.login, account.display_name, account.activation_expires_at IS NOT NULL,
    account.frozen_at IS NOT NULL, coalesce(post.office_id, ''), coalesce(post.role, ''), post.id,
    account.sealed_login, session.created_at, session.proved_at
FROM accounts_session session
JOIN accounts_account account ON account.person_id = %(person_id)s
LEFT JOIN LATERAL (
    SELECT id, office_id, role FROM accounts_staff_post
    WHERE account_id = %(person_id)s AND account.kind = 'staff' AND ended_at IS NULL
        AND from_on <= %(day)s AND (until_on IS NULL OR until_on >= %(day)s)
    ORDER BY id = session.post_id DESC NULLS LAST, chosen_at DESC NULLS LAST, from_on, id LIMIT 1
) post ON true
WHERE session.person_id = %(person_id)s AND session.id = %(session_id)s
"""


def resolve(token: str, *, now: datetime) -> SessionView | None:
    """Who holds this token, or None when it is unknown, ended or idle too long, or the account is frozen.

    Staff: idle 15 minutes, and no longer than a shift; HR people: 30 minutes, and a shift; citizens: idle 30
    days (settings). The secret rotates daily: a new one is offered with each answer until it comes back in a
    request, and until then the one before holds.
    """
    parts = _read(token)
    if parts is None:
        return None
    person_id, session_id, secret = parts
    named = {"person_id": person_id, "session_id": session_id, "day": local_day(now)}
    columns = prepared.row(_HELD_BY, named)
    if columns is None:
        return None
    session = _Row(person_id, session_id, *columns)
    if not (_holds(session, secret, now) or _takes_up(session, secret, now)):
        return None
    # Freezing ends all sessions; should one be left, it ends here.
    if session.is_frozen:
        end_all(person_id)
        return None
    most = longest(session.kind)
    is_over = most is not None and now - session.created_at > most
    if is_over or now - session.seen_at > idle_limit(session.kind):
        end(person_id, session_id)
        return None
    view = SessionView(
        person_id=person_id,
        session_id=session_id,
        kind=session.kind,
        plain_login=session.login,
        sealed_login=session.sealed_login,
        display_name=session.display_name,
        must_set_password=session.must_set_password,
        post=None,
        fresh_token=_touch(session, secret, now),
        created_at=session.created_at,
        proved_at=session.proved_at,
    )
    if not (session.role and view.is_ready):
        return view
    return replace(view, post=PostView(session.office_code, session.role, session.post_id))


def lives(token: str) -> bool:
    """Whether the session a token names is there, even when the token's secret is not the one it has now.

    A browser may ask with a secret that was replaced long ago (a tab that slept): it is told nothing, but
    what its device keeps is still that person's.
    """
    parts = _read(token)
    return parts is not None and is_open(parts[0], parts[1])


def claim(token: str) -> tuple[int, uuid.UUID, bytes] | None:
    """Whose session a token names and the hash to compare, for `session_query`; None for what is no token."""
    parts = _read(token)
    return (parts[0], parts[1], _hash(parts[2])) if parts else None


def idle_limit(kind: str) -> timedelta:
    """How long a session of this kind of account may rest."""
    limits = {Account.STAFF: settings.STAFF_IDLE, Account.EMPLOYER: settings.EMPLOYER_IDLE}
    limit: timedelta = limits.get(kind, settings.DEVICE_IDLE)
    return limit


def longest(kind: str) -> timedelta | None:
    """How old a session of this kind of account gets, however busy; None: as old as it likes."""
    return {Account.STAFF: settings.STAFF_SHIFT, Account.EMPLOYER: settings.EMPLOYER_SHIFT}.get(kind)


def _holds(session: _Row, secret: str, now: datetime) -> bool:
    given = _hash(secret)
    if hmac.compare_digest(session.secret_hash, given):
        return True
    if session.previous_hash is None or now - session.rotated_at > GRACE:
        return False
    return hmac.compare_digest(session.previous_hash, given)


def _takes_up(session: _Row, secret: str, now: datetime) -> bool:
    """The offered secret came back: from now on it is the session's, and the one before ends soon."""
    if session.offered_hash is None or not hmac.compare_digest(session.offered_hash, _hash(secret)):
        return False
    # Of two requests with the offered secret one moves it; the other changes no row and holds as well.
    Session.objects.filter(
        person_id=session.person_id, id=session.id, offered_hash=session.offered_hash
    ).update(
        secret_hash=session.offered_hash,
        offered_hash=None,
        previous_hash=session.secret_hash,
        rotated_at=now,
        seen_at=now,
    )
    return True


def _touch(session: _Row, secret: str, now: datetime) -> str | None:
    row = Session.objects.filter(person_id=session.person_id, id=session.id)
    is_current = hmac.compare_digest(session.secret_hash, _hash(secret))
    if is_current and now - session.rotated_at > ROTATE_AFTER:
        offered = _next(session.id, secret)
        if session.offered_hash != _hash(offered):
            row.filter(secret_hash=session.secret_hash).update(offered_hash=_hash(offered), seen_at=now)
        return _token(session.person_id, session.id, offered)
    # Not each time: else every read would be a write.
    if now - session.seen_at > SEEN_STEP:
        row.update(seen_at=now)
    return None


def _next(session_id: uuid.UUID, secret: str) -> str:
    """The secret after this one. Always the same, so that of several answers on their way any may arrive."""
    made = hmac.digest(settings.SECRET_KEY.encode(), f"session:{session_id.hex}:{secret}".encode(), "sha256")
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()


def prove(person_id: int, session_id: uuid.UUID, *, now: datetime) -> None:
    """A second factor was proved in the session, now."""
    Session.objects.filter(person_id=person_id, id=session_id).update(proved_at=now)


def is_open(person_id: int, session_id: uuid.UUID) -> bool:
    """Has this session not been ended?"""
    return Session.objects.filter(person_id=person_id, id=session_id).exists()


def end(person_id: int, session_id: uuid.UUID) -> None:
    """End one session, and the notices pushed to its browser; ending it twice is fine."""
    Session.objects.filter(person_id=person_id, id=session_id).delete()
    subscriptions.end_with(person_id, [session_id])


def end_all(person_id: int, *, but: uuid.UUID | None = None) -> int:
    """End every session of a person, perhaps but one; returns how many."""
    rows = Session.objects.filter(Q(person_id=person_id), ~Q(id=but) if but else Q())
    # Read before they go: what is pushed to their browsers ends with them.
    ended = list(rows.values_list("id", flat=True))
    deleted, _ = rows.delete()
    subscriptions.end_with(person_id, ended)
    return deleted


def sweep(now: datetime) -> int:
    """Delete sessions idle longer than any limit; returns how many."""
    idle = Session.objects.filter(seen_at__lt=now - settings.DEVICE_IDLE).values_list("person_id", "id")
    ended = 0
    for person_id, session_id in idle.iterator():
        end(person_id, session_id)
        ended += 1
    return ended
