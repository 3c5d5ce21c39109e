"""In what a file and the register may differ, and what HR says of it: data."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What differs of a worker; or who stands on one side only."""

    NAME = "name"
    BIRTH_DATE = "birth_date"
    ID_NUMBER = "id_number"
    OLD_ID = "old_id"
    TWO_CODES = "two_codes"
    NOT_INSURED = "not_insured"
    MISSING = "missing"


class State(StrEnum):
    """Nobody looked; the register is wrong, the office is to mend it; the file is wrong, HR mends it."""

    OPEN = "open"
    REGISTER = "register"
    FILE = "file"
