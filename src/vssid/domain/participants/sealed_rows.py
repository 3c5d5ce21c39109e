"""The register's sealed column that is written anew: a person's, by each run that changes the person."""

from __future__ import annotations

from vssid.domain.vault.binding import Rows

from . import sealed_part
from .models.people import Person

ROWS = (Rows(Person, "sealed", "person_id", lambda person: sealed_part.SEALED, sealed_part.row_of),)
