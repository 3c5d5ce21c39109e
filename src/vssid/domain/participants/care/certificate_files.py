"""Load certificates from files."""

from __future__ import annotations

from vssid.domain.imports.check import cells
from vssid.domain.imports.check.cells import as_day
from vssid.domain.imports.importer import Check, Holds, Importer
from vssid.domain.imports.merge.table import Table

from ..file_rules import (
    COUNT,
    FACILITY,
    FACILITY_DIGITS,
    ICD,
    MESSAGES,
    PERSON_JOIN,
    PERSON_KEY,
    PERSON_KNOWN,
    of_person_or_facility,
)
from ..models.certificates import Certificate
from ..models.history import Version, kept_as
from ..people.columns import BHXH_CODE
from .diagnosis_merge import Cells, merging, undoing

_REQUIRED = ("kind", "number", "facility_code")
_TEXTS = ("serial", "issued_by")
_CELLS = Cells()
_DAYS = ("issued_on", "from_date", "to_date", "child_born_on")
_FROM = f"coalesce({as_day('s.from_date')}, {{was.from_date}})"
_TO = f"coalesce({as_day('s.to_date')}, {{was.to_date}})"
_TABLE = Table(
    "participants_certificate",
    key=["person_id", "facility_code", "kind", "number"],
    joins=PERSON_JOIN,
    versions=kept_as(Version.Record.CERTIFICATE),
    columns={
        "person_id": "i.person_id",
        **{name: f"s.{name}" for name in _REQUIRED},
        **{name: f"coalesce(s.{name}, '')" for name in _TEXTS},
        **{name: as_day(f"s.{name}") for name in _DAYS},
        **_CELLS.columns(),
        "days": "s.days::integer",
    },
)


CERTIFICATES = Importer(
    kind="certificates",
    title="leave certificates, discharge and birth papers",
    columns=(
        BHXH_CODE,
        cells.choice("kind", "leave, discharge or birth", *Certificate.Kind.values, required=True),
        cells.text("number", "the facility's number of the paper", 50, required=True, holds=Holds.KEY),
        cells.text("serial", "serial number of the printed form", 50, holds=Holds.KEY),
        cells.pattern(
            "facility_code",
            "facility that gave it",
            FACILITY,
            "bad_facility",
            required=True,
            digits=FACILITY_DIGITS,
        ),
        cells.day("issued_on", "day it was given", required=True),
        cells.day("from_date", "first day of leave, or day of coming"),
        cells.day("to_date", "last day of leave, or day of leaving"),
        cells.pattern("days", "days of leave or of stay", COUNT, "bad_count", holds=Holds.COUNT),
        cells.pattern("diagnosis_code", "main disease, ICD-10", ICD, "bad_icd"),
        cells.text("diagnosis_name", "diagnosis", 1000),
        cells.text("issued_by", "who signed", 120),
        cells.day("child_born_on", "birth paper: the child's day of birth"),
    ),
    key={
        "bhxh_code": PERSON_KEY,
        "facility_code": "s.facility_code",
        "kind": "s.kind",
        "number": "s.number",
    },
    table=_TABLE,
    merge=merging(_TABLE, _CELLS),
    undo=undoing(_TABLE),
    reach=(of_person_or_facility("bhxh_code", "s.facility_code"),),
    checks=(
        PERSON_KNOWN,
        Check(
            "to_date",
            "ends_before",
            f"(s.to_date IS NULL AND s.from_date IS NULL) OR coalesce({_TO}, 'infinity') >= "
            f"coalesce({_FROM}, '-infinity')",
        ),
        Check(
            "from_date",
            "missing",
            f"s.from_date IS NOT NULL OR ({_FROM}) IS NOT NULL OR ({_TO}) IS NULL",
        ),
        Check("child_born_on", "no_birth_paper", "s.child_born_on IS NULL OR s.kind = 'birth'"),
    ),
    messages=MESSAGES,
)
