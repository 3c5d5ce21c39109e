"""Two codes turned out to be one person's: the account follows to the person who is kept."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vssid.domain.audit import actions as audit
from vssid.domain.participants import queries as participants
from vssid.domain.participants.views import PersonView
from vssid.domain.vault import sealing as vault
from vssid.kernel.actor import SYSTEM

from . import login_names
from .actions import insert
from .contacts.notify import EMAIL, PHONE
from .models.accounts import Account, LoginName
from .recovery import closing


def follow(merged_id: int, *, now: datetime) -> bool:
    """Give the account of a person who was merged to the person who is kept; True when there was one.

    Where the kept person has an account, that one stays as it is and the other is closed. Either way every
    login name of the merged person leads to the kept person's account, and twice is once. Sessions, passkeys
    (a device knows them by the number that is gone), codes and requests at the counter end. Raises
    AlreadyHasAccount when the kept person's account is opened in the same moment: ask again.
    """
    kept = participants.person(participants.merged_into(merged_id) or 0)
    with transaction.atomic():
        old = Account.objects.select_for_update().filter(person_id=merged_id, kind=Account.CITIZEN).first()
        if old is None or kept is None:
            return False
        # The row goes before its successor comes; who waits for it then finds none.
        Account.objects.filter(person_id=merged_id).delete()
        LoginName.objects.filter(person_id=merged_id).update(person_id=kept.person_id)
        is_moved = not Account.objects.select_for_update().filter(person_id=kept.person_id).exists()
        if is_moved:
            insert(_for_kept(old, kept), ())
        names = login_names.stored([kept.bhxh_code.reveal()])
        own = [LoginName(name=name, person_id=kept.person_id) for name in names]
        LoginName.objects.bulk_create(own, ignore_conflicts=True)
        closing.end_all(merged_id, now=now)
        audit.record(
            "account.moved" if is_moved else "account.closed",
            subject=merged_id,
            by=SYSTEM,
            now=now,
            facts={"merged_into": kept.person_id},
        )
    return True


def _for_kept(old: Account, kept: PersonView) -> Account:
    """The account as the kept person's: what the merged person's key sealed is sealed anew."""
    return Account(
        person_id=kept.person_id,
        kind=old.kind,
        **login_names.columns(kept.person_id, kept.bhxh_code.reveal()),
        display_name=kept.full_name,
        password=old.password,
        activation_expires_at=old.activation_expires_at,
        phone=_resealed(old.phone, PHONE, old.person_id, kept.person_id),
        email=_resealed(old.email, EMAIL, old.person_id, kept.person_id),
        frozen_at=old.frozen_at,
        close_at=old.close_at,
        created_at=old.created_at,
        last_sign_in_at=old.last_sign_in_at,
    )


def _resealed(sealed: bytes | memoryview | None, purpose: str, old: int, new: int) -> bytes | None:
    return None if sealed is None else vault.seal(new, purpose, vault.unseal(old, purpose, sealed))
