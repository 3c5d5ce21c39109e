"""Do the ID numbers of the register bear the fingerprint key that files are compared by?"""

from __future__ import annotations

import json
from itertools import chain

from vssid.domain.vault import actions as vault
from vssid.infra.keys import CannotOpen

from ..models.people import Identifier, Person
from ..row_values import SEALED, id_kind

FEW = 20


def are_current() -> bool:
    """A look at the oldest and the newest persons with an ID number; True where there is nothing to look at.

    Imports look by the newest key alone, so under another one they would take everybody for new.
    """
    rows = Person.objects.values_list("person_id", "sealed")
    some = dict(chain(rows.order_by("person_id")[:FEW], rows.order_by("-person_id")[:FEW]))
    try:
        opened = vault.unseal_many(SEALED, some)
    except CannotOpen:
        return True  # without the master key, which is told by itself
    numbers = [json.loads(text).get("id_number") for text in opened.values()]
    keys = [vault.fingerprint(id_kind(number).value, number).hex() for number in numbers if number]
    return not keys or Identifier.objects.filter(key__in=keys).exists()
