"""Load certificates from files."""

from __future__ import annotations

from vssid.domain.imports import cells
from vssid.domain.imports.cells import as_day
from vssid.domain.imports.importer import Batch, Check, Counts, Importer
from vssid.domain.imports.merge import upsert

from .certificates import Certificate
from .history import Version, kept_as
from .people_columns import BHXH_CODE
from .rules import COUNT, FACILITY, ICD, MESSAGES, PERSON_JOIN, PERSON_KEY, PERSON_KNOWN


def _merge(batch: Batch) -> Counts:
    required = ("kind", "number", "facility_code")
    texts = ("serial", "diagnosis_code", "diagnosis_name", "issued_by")
    days = ("issued_on", "from_date", "to_date", "child_born_on")
    return upsert(
        batch,
        "participants_certificate",
        key=["person_id", "facility_code", "kind", "number"],
        joins=PERSON_JOIN,
        versions=kept_as(Version.Record.CERTIFICATE),
        columns={
            "person_id": "i.person_id",
            **{name: f"s.{name}" for name in required},
            **{name: f"coalesce(s.{name}, '')" for name in texts},
            **{name: as_day(f"s.{name}") for name in days},
            "days": "s.days::integer",
        },
    )


CERTIFICATES = Importer(
    kind="certificates",
    title="leave certificates, discharge and birth papers",
    columns=(
        BHXH_CODE,
        cells.choice("kind", "leave, discharge or birth", *Certificate.Kind.values, required=True),
        cells.text("number", "the facility's number of the paper", 50, required=True),
        cells.text("serial", "serial number of the printed form", 50),
        cells.pattern("facility_code", "facility that gave it", FACILITY, "bad_facility", required=True),
        cells.day("issued_on", "day it was given", required=True),
        cells.day("from_date", "first day of leave, or day of coming"),
        cells.day("to_date", "last day of leave, or day of leaving"),
        cells.pattern("days", "days of leave or of stay", COUNT, "bad_count"),
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
    merge=_merge,
    checks=(
        PERSON_KNOWN,
        Check(
            "to_date",
            "ends_before",
            f"s.to_date IS NULL OR s.from_date IS NULL OR {as_day('s.to_date')} >= {as_day('s.from_date')}",
        ),
        Check("from_date", "missing", "s.to_date IS NULL OR s.from_date IS NOT NULL"),
        Check("child_born_on", "no_birth_paper", "s.child_born_on IS NULL OR s.kind = 'birth'"),
    ),
    messages=MESSAGES,
)
