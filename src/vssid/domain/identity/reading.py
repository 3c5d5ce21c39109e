"""What was read from an identity card. Pure."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any, Literal, Self

from vssid.kernel import charsets
from vssid.kernel.ids import IdNumber

MALE, FEMALE = 1, 2
_DAYS = ("birth_date", "issued_on", "expires_on")


class Source(StrEnum):
    """Where on the card it was read. A QR holds the full name; an MRZ has no diacritics."""

    QR = "qr"
    MRZ = "mrz"


Precision = Literal["day", "month", "year"]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Reading:
    """The fields of one card; what the card does not hold or could not be read is None.

    `sex` is 1 (Nam) or 2 (Nữ). `birth_date` is the first day of what is known, `birth_precision` says
    how much that is: some cards give only the year. `name_unread`: the card has a name, but it came in a
    wrong charset and could not be mended, so it is not used.
    """

    source: Source
    id_number: IdNumber
    full_name: str | None = None
    birth_date: date | None = None
    birth_precision: Precision = "day"
    sex: int | None = None
    old_id_number: IdNumber | None = None
    address: str | None = None
    issued_on: date | None = None
    expires_on: date | None = None
    name_unread: bool = False

    def has_ended(self, on: date) -> bool:
        """Is the card's last day over? False when it has none, or none was read."""
        return self.expires_on is not None and self.expires_on < on

    def __repr__(self) -> str:
        return f"Reading(source={self.source.value}, «personal»)"

    def to_json(self) -> dict[str, str | int | None]:
        """The plain fields, to be sealed before they rest anywhere."""
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self)}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """Read what `to_json` made, also before names in a wrong charset were known as such."""
        name = value["full_name"]
        if name and value["source"] == Source.QR and (charsets.mended(name) or "") != name:
            value = {**value, "full_name": charsets.mended(name)}
            value["name_unread"] = value["full_name"] is None
        return cls(
            **value
            | {"source": Source(value["source"]), "id_number": IdNumber(value["id_number"])}
            | {name: date.fromisoformat(value[name]) for name in _DAYS if value[name]}
            | {name: IdNumber(value[name]) for name in ("old_id_number",) if value[name]}
        )


def _plain(value: object) -> str | int | None:
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, date):
        return value.isoformat()
    # Redacted and StrEnum are both str; their own text forms are not the value.
    return str.__str__(value) if isinstance(value, str) else str(value)
