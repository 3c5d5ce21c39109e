"""The tax code and the e-mail address in the employers file.

A tax code has ten digits, with three more for a dependent unit. A household business has the personal number
of its owner instead, twelve digits (Thông tư 86/2024/TT-BTC [M]): that is read and not kept, only that there
is no other.
"""

from __future__ import annotations

import re

from vssid.domain.imports.errors import BadCell
from vssid.domain.imports.importer import Column, Digits, Holds, Seal
from vssid.kernel.email_address import EmailAddress
from vssid.kernel.ids import BadCode

from ..people.columns import is_rest_of_personal

_CODE = re.compile(r"(\d{10})(?:-?(\d{3}))?", re.ASCII)
_PERSONAL = re.compile(r"\d{12}", re.ASCII)
_NONE = "-"
KEPT = f"coalesce(nullif(s.tax_code, '{_NONE}'), '')"


def written(text: str) -> str:
    """A tax code as it is kept, `0123456789` or `0123456789-001`; empty for anything else."""
    match = _CODE.fullmatch(re.sub(r"[\s.]", "", text))
    return "-".join(part for part in match.groups() if part) if match else ""


def _tax_code(cell: str, _: Seal) -> tuple[object, ...]:
    if _PERSONAL.fullmatch(cell):
        return (_NONE,)
    if not (code := written(cell)):
        raise BadCell("bad_tax_code")
    return (code,)


def _is_rest(digits: str) -> bool:
    """May ten digits be an owner's personal number without its zeros, or twelve a code of thirteen?"""
    return len(digits) == 12 or is_rest_of_personal(digits)


_DIGITS = Digits(frozenset({10, 12, 13}), _is_rest)
TAX_CODE = Column(
    "tax_code",
    "tax code, 10 or 13 digits",
    parse=_tax_code,
    gives={"tax_code": "text"},
    code="bad_tax_code",
    holds=Holds.CODE,
    digits=_DIGITS,
)


def _email(cell: str, _: Seal) -> tuple[object, ...]:
    """Mail servers are rarely asked to carry other letters than these."""
    try:
        address = EmailAddress.parse(cell).reveal()
    except BadCode:
        raise BadCell("bad_email") from None
    if not address.isascii():
        raise BadCell("bad_email")
    return (address,)


EMAIL = Column(
    "email", "e-mail for letters", code="bad_email", parse=_email, gives={"email": "text"}, aside=True
)
