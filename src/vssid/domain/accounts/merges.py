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
from .contacts import newest
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
        gone = dict.fromkeys(newest.of_account(old), newest.NONE)
        # The row goes before its successor comes; who waits for it then finds none.
        Account.objects.filter(person_id=merged_id).delete()
        LoginName.objects.filter(person_id=merged_id).update(person_id=kept.person_id)
        # Locked where there is one: it must not be closed between this look and the names that lead to it.
        is_moved = not Account.objects.select_for_update().filter(person_id=kept.person_id).exists()
        if is_moved:
            _insert(_for_kept(old, kept, now), now)
        names = login_names.stored([kept.bhxh_code.reveal()])
        own = [LoginName(name=name, person_id=kept.person_id) for name in names]
        LoginName.objects.bulk_create(own, ignore_conflicts=True)
        closing.end_all(merged_id, now=now)
        audit.record(
            "account.moved" if is_moved else "account.closed",
            subject=merged_id,
            by=SYSTEM,
            now=now,
            facts={"merged_into": kept.person_id} | newest.facts(merged_id, gone),
        )
    return True


def _for_kept(old: Account, kept: PersonView, now: datetime) -> Account:
    """The account as the kept person's: what the merged person's key sealed is sealed anew."""
    return Account(
        person_id=kept.person_id,
        kind=old.kind,
        **login_names.columns(
            kept.person_id,
            kept.bhxh_code.reveal(),
            version=newest.next_version(kept.person_id, newest.LOGIN),
        ),
        display_name=kept.full_name,
        password=old.password,
        activation_expires_at=old.activation_expires_at,
        phone=_resealed(old, newest.PHONE, kept.person_id, now),
        email=_resealed(old, newest.EMAIL, kept.person_id, now),
        frozen_at=old.frozen_at,
        close_at=old.close_at,
        created_at=old.created_at,
        last_sign_in_at=old.last_sign_in_at,
    )


def _insert(account: Account, now: datetime) -> None:
    insert(account, ())
    told = newest.facts(account.person_id, newest.of_account(account))
    audit.record("account.value_told", subject=account.person_id, by=SYSTEM, now=now, facts=told)


def _resealed(old: Account, place: str, new: int, now: datetime) -> bytes | None:
    """A value that somebody put back by hand does not come along, so that the log never says it is right."""
    value = newest.of_account(old).get(place, newest.NONE)
    if value.sealed is None or not newest.is_newest(old.person_id, place, value, now=now):
        return None
    return newest.seal(new, place, vault.unseal(old.person_id, newest.SEALED_FOR[place], value.sealed))
