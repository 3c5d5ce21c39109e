"""Columns of the people file and how their cells are read; sensitive cells leave here sealed."""

from __future__ import annotations

import re
from datetime import date

from vssid.domain.imports.check import cells
from vssid.domain.imports.errors import BadCell
from vssid.domain.imports.importer import Column, Digits, Holds, Parse, Seal, Unread
from vssid.domain.places import queries as places
from vssid.domain.vault import sealing as vault
from vssid.kernel.ids import BadCode, IdKind, Phone
from vssid.kernel.text import fold, tidy

from ..row_values import document

EARLIEST_BIRTH = 1900
LONGEST_STREET = 200
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def _name(cell: str, _: Seal) -> tuple[object, ...]:
    name = tidy(cell)
    if not 1 <= len(name) <= 120 or any(ch.isdigit() for ch in name):
        raise BadCell("bad_name")
    return name, fold(name)


def _day(text: str) -> date:
    if re.fullmatch(r"\d{2}/\d{2}/\d{4}", text, re.ASCII):
        text = f"{text[6:]}-{text[3:5]}-{text[:2]}"
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        raise BadCell("bad_day")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadCell("bad_day") from None


def _birth(cell: str, _: Seal) -> tuple[object, ...]:
    """A day, a month (1990-01 or 01/1990) or a year; the unknown rest becomes 1."""
    if re.fullmatch(r"\d{4}", cell, re.ASCII):
        born, precision = _day(f"{cell}-01-01"), "year"
    elif re.fullmatch(r"\d{4}-\d{2}", cell, re.ASCII):
        born, precision = _day(f"{cell}-01"), "month"
    elif re.fullmatch(r"\d{2}/\d{4}", cell, re.ASCII):
        born, precision = _day(f"01/{cell}"), "month"
    else:
        born, precision = _day(cell), "day"
    if born.year < EARLIEST_BIRTH:
        raise BadCell("born_before")
    return born.isoformat(), precision


def _issued(cell: str, _: Seal) -> tuple[object, ...]:
    return (_day(cell).isoformat(),)


def _document(field: str) -> Parse:
    def parse(cell: str, seal: Seal) -> tuple[object, ...]:
        bare = re.sub(r"[\s.\-]", "", cell).upper()
        try:
            kind, document_number = document(bare)
        except BadCode:
            raise BadCell("bad_id_number") from None
        number = document_number.reveal()
        return seal(field, number), kind.value, vault.fingerprint(kind.value, number).hex()

    return parse


def _phone(cell: str, seal: Seal) -> tuple[object, ...]:
    try:
        return (seal("phone", Phone.parse(cell).reveal()),)
    except BadCode:
        raise BadCell("bad_phone") from None


def _email(cell: str, seal: Seal) -> tuple[object, ...]:
    if len(cell) > 254 or not _EMAIL.fullmatch(cell):
        raise BadCell("bad_email")
    return (seal("email", cell),)


def _street(cell: str, seal: Seal) -> tuple[object, ...]:
    if len(cell) > LONGEST_STREET:
        raise BadCell("too_long")
    return (seal("street", cell),)


def _commune(cell: str, _: Seal) -> tuple[object, ...]:
    try:
        return (places.commune(cell).code,)
    except places.UnknownPlace:
        raise BadCell("unknown_commune") from None


def _province(cell: str, _: Seal) -> tuple[object, ...]:
    try:
        return (places.province(cell).code,)
    except places.UnknownPlace:
        raise BadCell("unknown_province") from None


def _own_code(cell: str, seal: Seal) -> tuple[object, ...]:
    """A BHXH code, or the personal number of who has no other; that one leaves here sealed."""
    kind, key = _person(cell, seal)
    if kind == IdKind.CCCD:
        return None, kind, key, seal("person_number", cell)
    return cell, kind, key, None


def _person(cell: str, _: Seal) -> tuple[object, ...]:
    """What leads to the person: a BHXH code as it is, a personal number as its fingerprint."""
    if re.fullmatch(r"\d{10}", cell, re.ASCII):
        return "bhxh", cell
    if re.fullmatch(r"\d{12}", cell, re.ASCII):
        return IdKind.CCCD.value, vault.fingerprint(IdKind.CCCD.value, cell).hex()
    raise BadCell("bad_bhxh_code")


def is_rest_of_personal(digits: str) -> bool:
    """May these ten digits be a personal number without its zeros? That begins with 00 and a province.

    Form of the number: 0, province of birth of the 63, century and sex (TT 59/2021/TT-BCA [M]).
    """
    if len(digits) != 10:
        return False
    return places.former_province(f"0{digits[0]}") is not None and digits[1] in "0123"


# A BHXH code has ten digits, a personal number twelve. Of nine and eleven a zero is lost.
BHXH_DIGITS = Digits(frozenset({10, 12}), is_rest_of_personal)
ID_DIGITS = Digits(frozenset({9, 12}))

_LEADS = {"person_kind": "text", "person_key": "text"}
# The person in files of every kind but `people`. A file without personal numbers is not parsed for it.
BHXH_CODE = Column(
    "bhxh_code",
    "mã số BHXH, 10 digits, or the personal number, 12 digits",
    True,
    good=r"{c} ~ '^\d{10}$'",
    code="bad_bhxh_code",
    parse=_person,
    gives=_LEADS,
    unread=Unread("person_key", {"person_kind": "'bhxh'"}),
    holds=Holds.CODE,
    digits=BHXH_DIGITS,
)
OFFICE_CODE = cells.pattern(
    "office_code", "managing office", r"^0\d{4}$", "bad_office", digits=cells.exactly(5)
)

COLUMNS = (
    Column(
        "bhxh_code",
        "mã số BHXH, 10 digits, or the personal number, 12 digits, where it is the only one",
        True,
        code="bad_bhxh_code",
        parse=_own_code,
        gives={"bhxh_code": "text", **_LEADS, "person_number": "bytea"},
        holds=Holds.CODE,
        digits=BHXH_DIGITS,
    ),
    Column(
        "full_name",
        "full name with marks",
        True,
        code="bad_name",
        parse=_name,
        gives={"full_name": "text", "name_folded": "text"},
        holds=Holds.NAME,
    ),
    Column(
        "birth_date",
        "birth day, or only month or year",
        True,
        code="bad_day",
        parse=_birth,
        gives={"birth_date": "date", "birth_precision": "text"},
        holds=Holds.BIRTH,
    ),
    cells.choice(
        "sex",
        "1 nam, 2 nữ, 3 unknown",
        "1",
        "2",
        "3",
        required=True,
        means={"nam": "1", "nu": "2", "khong ro": "3", "khong xac dinh": "3"},
    ),
    Column(
        "id_number",
        "CCCD (12 digits), passport (1 to 9 letters and digits), or CMND (9 digits)",
        code="bad_id_number",
        parse=_document("id_number"),
        gives={"id_number": "bytea", "id_kind": "text", "id_key": "text"},
        holds=Holds.CODE,
        digits=ID_DIGITS,
    ),
    Column(
        "old_id_number",
        "an earlier number of the same person",
        code="bad_id_number",
        parse=_document("old_id_number"),
        gives={"old_id_number": "bytea", "old_id_kind": "text", "old_id_key": "text"},
        holds=Holds.CODE,
        digits=ID_DIGITS,
    ),
    Column(
        "id_issued_on",
        "day of issue of the document",
        code="bad_day",
        parse=_issued,
        gives={"id_issued_on": "text"},
        holds=Holds.DAY,
    ),
    Column(
        "phone",
        "phone",
        code="bad_phone",
        parse=_phone,
        gives={"phone": "bytea"},
        holds=Holds.PHONE,
        aside=True,
    ),
    Column("email", "e-mail", code="bad_email", parse=_email, gives={"email": "bytea"}, aside=True),
    cells.pattern("household_code", "mã hộ gia đình", r"^\d{10}$", "bad_household", digits=cells.exactly(10)),
    cells.pattern(
        "household_relation",
        "relation to the head, 00 = head",
        r"^\d{2}$",
        "bad_household",
        digits=cells.exactly(2),
    ),
    Column(
        "street",
        "house number and street, or hamlet",
        code="too_long",
        parse=_street,
        gives={"street": "bytea"},
    ),
    Column(
        "commune_code",
        "five-digit commune of today's list",
        code="unknown_commune",
        parse=_commune,
        gives={"commune_code": "text"},
        holds=Holds.CODE,
        digits=cells.exactly(5),
    ),
    Column(
        "province_code",
        "two-digit province",
        code="unknown_province",
        parse=_province,
        gives={"province_code": "text"},
        holds=Holds.CODE,
        digits=cells.exactly(2),
    ),
    OFFICE_CODE,
)
