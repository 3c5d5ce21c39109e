"""What the register "says" of a made-up person: sealed beside the file, read in place of the register."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from vssid.domain.participants.views import PersonView
from vssid.domain.places import queries as places
from vssid.domain.vault import sealing as vault
from vssid.kernel.ids import BhxhCode, IdKind, IdNumber, Phone

from ..models import Application, Trial

PURPOSE = "trial-register"
NOBODY = 0  # no person of the register has this number


def seal(application_id: int, values: Mapping[str, Any] | None) -> bytes:
    """The values under the file's own key; None: the code is not in the register."""
    return vault.seal_json(application_id, PURPOSE, dict(values) if values is not None else None)


def of(row: Application) -> PersonView | None:
    """The person as the desk is shown; None where the code is to be unknown."""
    trial = Trial.objects.get(application_id=row.id)
    values = vault.unseal_json(row.id, PURPOSE, trial.register)
    return view(values, as_of=trial.laid_at) if values is not None else None


def view(values: Mapping[str, Any], *, as_of: datetime) -> PersonView:
    """The values of a case, as the register shows a person."""
    street, commune, province = values["street"], values["commune_code"], values["province_code"]
    return PersonView(
        person_id=NOBODY,
        bhxh_code=BhxhCode(values["bhxh_code"]),
        full_name=values["full_name"],
        birth_date=date.fromisoformat(values["birth_date"]),
        birth_precision="day",
        sex=values["sex"],
        id_number=IdNumber(values["id_number"]) if values["id_number"] else None,
        id_kind=IdKind(values["id_kind"]),
        id_issued_on=date.fromisoformat(values["issued_on"]),
        old_id_number=None,
        phone=Phone(values["phone"]) if values["phone"] else None,
        email=values["email"],
        address=places.address_line(street, commune, province),
        street=street,
        commune_code=commune,
        province_code=province,
        household_code="",
        office_code=values["office_code"],
        as_of=as_of,
    )
