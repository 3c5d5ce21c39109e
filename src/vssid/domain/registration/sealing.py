"""What the person typed, sealed in the application, and the fingerprints that searches ask."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from vssid.domain.vault import sealing as vault
from vssid.domain.vault.rings import Ring
from vssid.kernel.ids import Phone

from .draft import form
from .models import Application

PURPOSE = "application"


def seal(application_id: int, values: Mapping[str, Any]) -> bytes:
    """The values of a form under the application's own key."""
    return vault.seal_json(application_id, PURPOSE, dict(values))


def values_of(application: Application) -> dict[str, Any]:
    """The values as they were typed, unsealed."""
    values: dict[str, Any] = vault.unseal_json(application.id, PURPOSE, application.sealed)
    return values


def form_of(application: Application) -> form.FormData:
    """The form as it was typed, unsealed."""
    return form.read(values_of(application))


def forms_of(applications: Collection[Application]) -> dict[int, form.FormData]:
    """The forms of several applications by number, their keys read at once; whose key is gone is left out."""
    ring = Ring([row.id for row in applications])
    return {
        row.id: form.read(json.loads(ring.unseal_at(row.id, PURPOSE, row.sealed, row="")))
        for row in applications
        if ring.holds(row.id)
    }


def lookup_fingerprint(number: str, phone: Phone) -> bytes:
    """What the public look-up asks by: number and phone together."""
    return vault.fingerprint("application-lookup", f"{number}|{phone.reveal()}")


def desk_fingerprints(typed: form.FormData) -> dict[str, bytes]:
    """The columns that an officer's search by ID number and phone asks."""
    return {
        "id_fingerprint": vault.fingerprint(typed.id_kind.value, typed.id_number.reveal()),
        "phone_fingerprint": vault.fingerprint("phone", typed.phone.reveal()),
    }
