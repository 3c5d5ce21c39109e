"""Who signs in by two steps changes the own password: with the old one, and a factor that was just proved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from vssid.domain.audit import actions as audit
from vssid.kernel.actor import Actor
from vssid.kernel.errors import Invalid

from .. import actions
from ..errors import WrongCredentials
from ..models.accounts import Account, Session
from ..sign_in import passwords, sessions
from . import proofs
from .errors import ProofNeeded


@dataclass(frozen=True, slots=True)
class Here:
    """The browser that asks: its session, whose account (`kind`, `login`), where from, whether the member has
    proved a factor in it before.
    """

    session_id: UUID
    kind: str
    login: str
    address: str
    device: str
    known_device: bool


def change(old: str, new: str, *, here: Here, by: Actor, now: datetime) -> str:
    """Set it; returns the token of the session that goes on in this browser, for what is left of its shift.
    Every other session ends, and the secret of this one is another.

    Raises ProofNeeded, WrongCredentials and Limited for the old password, as signing in does, and
    Invalid(password=…): what `passwords.check_own` says, or "same_as_old".
    """
    person_id = by.id or 0
    _check_proved(person_id, here.session_id, now)
    proved = actions.prove(
        here.login,
        old,
        kind=here.kind,
        address=here.address,
        known_device=here.known_device,
        now=now,
    )
    if proved.person_id != person_id:
        raise WrongCredentials
    if passwords.same(old, new):
        raise Invalid(password="same_as_old")
    passwords.check_own(new, login=here.login)
    hashed = passwords.hashed(new)
    with transaction.atomic():
        # The account, then its sessions, as everybody who sets a password does.
        rows = Account.objects.select_for_update().filter(person_id=person_id, password=proved.password)
        before = Session.objects.filter(person_id=person_id, id=here.session_id).first()
        if before is None or not rows.update(password=hashed):
            raise WrongCredentials  # while this was checked, another was set or the sign-in ended
        token = _go_on(before, here.device, now)
        audit.record("account.password_set", subject=person_id, by=by, now=now)
    return token


def _check_proved(person_id: int, session_id: UUID, now: datetime) -> None:
    proved = Session.objects.filter(person_id=person_id, id=session_id).values_list("proved_at", flat=True)
    if not proofs.is_fresh(proved.first(), now=now):
        raise ProofNeeded


def _go_on(before: Session, device: str, now: datetime) -> str:
    """A new session in the place of this one: as old as it, so that the shift is not longer for it."""
    token = sessions.start(before.person_id, device=device, proved_at=before.proved_at, now=now)
    claimed = sessions.claim(token)
    assert claimed is not None  # just made
    rows = Session.objects.filter(person_id=before.person_id, id=claimed[1])
    rows.update(created_at=before.created_at, post_id=before.post_id)
    sessions.end_all(before.person_id, but=claimed[1])
    return token
