"""Read accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .models import Account


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account as an officer may see it."""

    person_id: int
    created_at: datetime
    must_set_password: bool
    activation_expires_at: datetime | None
    last_sign_in_at: datetime | None


def account_of(person_id: int) -> AccountView | None:
    """The citizen's account of a person, or None."""
    row = Account.objects.filter(person_id=person_id, kind=Account.CITIZEN).first()
    if row is None:
        return None
    return AccountView(
        row.person_id, row.created_at, row.must_set_password, row.activation_expires_at, row.last_sign_in_at
    )
