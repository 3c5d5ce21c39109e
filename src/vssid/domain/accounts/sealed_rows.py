"""The accounts' sealed columns of which a person may have several, or that are written anew."""

from __future__ import annotations

from vssid.domain.vault.binding import Rows

from .contacts import changes
from .counter import owner_requests
from .factors import authenticator_apps
from .guardianship import trusted
from .models.factors import AuthenticatorApp
from .models.relations import TrustedPerson
from .models.safety import Claim, ContactChange, CounterRequest
from .recovery import claims

ROWS = (
    Rows(ContactChange, "sealed", "person_id", lambda row: changes.SEALED_FOR, changes.bound_to),
    Rows(
        CounterRequest,
        "sealed",
        "person_id",
        lambda row: owner_requests.SEALED_FOR,
        owner_requests.bound_to,
    ),
    Rows(Claim, "sealed", "id", lambda row: claims.SEALED_FOR, lambda row: row.answers),
    Rows(
        AuthenticatorApp,
        "sealed",
        "person_id",
        lambda row: authenticator_apps.SEALED_FOR,
        lambda row: row.id,
    ),
    Rows(TrustedPerson, "sealed", "person_id", lambda row: trusted.SEALED, lambda row: row.id),
)
