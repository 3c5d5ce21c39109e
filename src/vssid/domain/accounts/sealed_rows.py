"""The accounts' sealed columns of which a person may have several."""

from __future__ import annotations

from vssid.domain.vault.binding import Rows

from .contacts import changes
from .counter import owner_requests
from .guardianship import trusted
from .models.relations import TrustedPerson
from .models.safety import ContactChange, CounterRequest

ROWS = (
    Rows(ContactChange, "sealed", "person_id", lambda row: changes.SEALED_FOR, lambda row: row.kind),
    Rows(CounterRequest, "sealed", "person_id", lambda row: owner_requests.SEALED_FOR, lambda row: row.id),
    Rows(TrustedPerson, "sealed", "person_id", lambda row: trusted.SEALED, lambda row: row.id),
)
