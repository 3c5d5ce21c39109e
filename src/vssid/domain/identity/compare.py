"""Where the typed fields and the card differ. Pure; knows nothing of applications."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from vssid.kernel.birth import same_birth
from vssid.kernel.ids import IdNumber
from vssid.kernel.text import bare, same_name, same_name_bare

from .mrz import LINE
from .reading import Precision, Reading, Source


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Typed:
    """What a person typed of what a card holds. `sex` is 1 (Nam) or 2 (Nữ)."""

    full_name: str
    birth_date: date
    sex: int
    id_number: IdNumber
    issued_on: date | None = None
    birth_precision: Precision = "day"


@dataclass(frozen=True, slots=True, repr=False)
class Difference:
    """One field that is not the same. The values are for the person and the officer, never for a log."""

    field: str
    typed: str | int | date
    read: str | int | date

    def __repr__(self) -> str:
        return f"Difference({self.field})"


def differences(typed: Typed, reading: Reading) -> list[Difference]:
    """Fields of the card that differ from the typed ones, in the order of the form.

    A field that the card does not hold is no difference. Names from a QR count diacritics, names from an
    MRZ cannot. A nine-digit number is compared with the card's old number.
    """
    pairs: list[tuple[str, str | int | date | None, str | int | date | None, bool]] = [
        ("full_name", typed.full_name, reading.full_name, _same_name(typed.full_name, reading)),
        ("birth_date", typed.birth_date, reading.birth_date, _same_birth(typed, reading)),
        ("sex", typed.sex, reading.sex, typed.sex == reading.sex),
        ("id_number", typed.id_number, reading.id_number, _same_number(typed.id_number, reading)),
        ("issued_on", typed.issued_on, reading.issued_on, typed.issued_on == reading.issued_on),
    ]
    return [
        Difference(field, mine, theirs)
        for field, mine, theirs, same in pairs
        if mine is not None and theirs is not None and not same
    ]


def _same_name(name: str, reading: Reading) -> bool:
    read = reading.full_name or ""
    if reading.source is Source.QR:
        return same_name(name, read)
    # A name that fills line 3 may have been cut there; `<<` counts two on the card and one in the text.
    cut = len(read) + 1 >= LINE
    return bare(name).startswith(bare(read)) if cut else same_name_bare(name, read)


def _same_birth(typed: Typed, reading: Reading) -> bool:
    if reading.birth_date is None:
        return True
    return same_birth(typed.birth_date, reading.birth_date, typed.birth_precision, reading.birth_precision)


def _same_number(number: IdNumber, reading: Reading) -> bool:
    return number in (reading.id_number, reading.old_id_number)
