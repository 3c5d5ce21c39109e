"""Load people, employers and coverage, and the list of all kinds of files that this room takes."""

from __future__ import annotations

from dataclasses import replace

from vssid.domain.imports.check import cells
from vssid.domain.imports.check.cells import as_day
from vssid.domain.imports.importer import Check, Importer
from vssid.domain.imports.merge import undo_tables
from vssid.domain.imports.merge.table import Table
from vssid.domain.imports.merge.table_merge import into
from vssid.domain.offices import reach

from .care.benefit_files import BENEFITS
from .care.certificate_files import CERTIFICATES
from .care.visit_files import VISITS, XML1
from .column_titles import TITLES
from .employers.columns import EMAIL, TAX_CODE
from .employers.columns import KEPT as KEPT_TAX_CODE
from .employers.deadlines import Cycle
from .file_rules import (
    EMPLOYER,
    FACILITY,
    FACILITY_DIGITS,
    MESSAGES,
    NAMES_NO_OTHER_OFFICE,
    OFFICE_KNOWN,
    PERSON_JOIN,
    PERSON_KEY,
    PERSON_KNOWN,
    RECORD_IN_REACH,
    person_in_reach,
)
from .merges.merge_files import MERGES
from .models.history import Version, kept_as
from .models.participation import LONGEST_INDUSTRY
from .participation.period_files import PARTICIPATION
from .people.columns import BHXH_CODE, COLUMNS, OFFICE_CODE
from .people.merge import merge_people
from .people.register_lock import sharing
from .people.undo import undo_people


def _free(prefix: str) -> tuple[Check, Check]:
    """An ID number belongs to one person: in the register, and within the file."""
    kind, key = f"{prefix}id_kind", f"{prefix}id_key"
    field = f"{prefix}id_number"
    in_register = f"""s.{key} IS NULL OR NOT EXISTS (
      SELECT 1 FROM participants_identifier d WHERE d.kind = s.{kind} AND d.key = s.{key}
      AND d.person_id IS DISTINCT FROM
      (SELECT b.person_id FROM participants_identifier b
       WHERE b.kind = s.person_kind AND b.key = s.person_key))"""  # noqa: S608
    # A hashed sub-plan: one pass over the file, whatever its size.
    in_file = f"""s.{key} IS NULL OR s.{key} NOT IN (
      SELECT k FROM
      (SELECT line, id_key AS k FROM {{staging}} UNION SELECT line, old_id_key FROM {{staging}}
       UNION SELECT line, person_key FROM {{staging}} WHERE person_kind <> 'bhxh') u
      WHERE k IS NOT NULL GROUP BY k HAVING count(*) > 1)"""  # noqa: S608
    return Check(field, "id_taken", in_register), Check(field, "id_twice", in_file)


PEOPLE = Importer(
    kind="people",
    title="people of the register",
    columns=COLUMNS,
    key={"bhxh_code": f"coalesce({PERSON_KEY}, s.person_key)"},
    merge=merge_people,
    undo=undo_people,
    reach=(
        reach.refused("bhxh_code", f"NOT ({PERSON_KNOWN.good}) OR {person_in_reach()}"),
        NAMES_NO_OTHER_OFFICE,
    ),
    checks=(
        Check(
            "bhxh_code", "code_merged", "s.person_key NOT IN (SELECT m.merged_code FROM participants_merge m)"
        ),
        Check(
            "id_number",
            "code_disagrees",
            "s.person_kind = 'bhxh' OR s.id_key IS NULL OR s.id_key = s.person_key",
        ),
        Check("birth_date", "born_later", "s.birth_date <= current_date"),
        OFFICE_KNOWN,
        *_free(""),
        *_free("old_"),
    ),
    messages=MESSAGES,
    batch_rows=2_000,
)


_EMPLOYERS = Table(
    "participants_employer",
    key=["code"],
    named_as=("employer_code",),
    columns={
        "code": "s.code",
        "name": "s.name",
        "tax_code": KEPT_TAX_CODE,
        "address": "coalesce(s.address, '')",
        "office_code": "s.office_code",
        "paying_cycle": "coalesce(s.paying_cycle, '')",
        "industry": "coalesce(s.industry, '')",
        "email": "coalesce(s.email, '')",
        "is_synthetic": "coalesce(s.is_synthetic, '0') = '1'",
    },
)


EMPLOYERS = Importer(
    kind="employers",
    title="employers",
    columns=(
        cells.pattern("code", "employer code", EMPLOYER, "bad_employer", required=True),
        cells.text("name", "name", 200, required=True),
        cells.text("address", "address", 300),
        OFFICE_CODE,
        TAX_CODE,
        cells.choice("paying_cycle", "how it pays: monthly, quarterly, half_yearly", *Cycle),
        cells.text("industry", "industry, in the keeper's words", LONGEST_INDUSTRY),
        EMAIL,
        cells.yes_no("is_synthetic", "invented for demo or tests"),
    ),
    key={"code": "s.code"},
    table=_EMPLOYERS,
    merge=into(_EMPLOYERS),
    undo=undo_tables.of(_EMPLOYERS),
    reach=(
        reach.refused("code", reach.unless_known(_EMPLOYERS.name, reach.of_row("t"))),
        NAMES_NO_OTHER_OFFICE,
    ),
    checks=(OFFICE_KNOWN,),
    messages=MESSAGES,
)


_COVERAGE = Table(
    "participants_coverage",
    key=["person_id", "valid_from", "object_code"],
    joins=PERSON_JOIN,
    versions=kept_as(Version.Record.COVERAGE),
    columns={
        "person_id": "i.person_id",
        "object_code": "s.object_code",
        "benefit_level": "s.benefit_level",
        "card_province": "s.card_province",
        "facility_code": "coalesce(s.facility_code, '')",
        "valid_from": as_day("s.valid_from"),
        "valid_to": as_day("s.valid_to"),
        "five_years_from": as_day("s.five_years_from"),
        "living_area": "coalesce(s.living_area, '')",
        "old_card_number": "coalesce(s.old_card_number, '')",
        "issued_on": as_day("s.issued_on"),
        "office_code": "s.office_code",
        "auto_renews": "coalesce(s.auto_renews, '0') = '1'",
    },
)


COVERAGE = Importer(
    kind="coverage",
    title="health-insurance coverage",
    columns=(
        BHXH_CODE,
        cells.pattern("object_code", "object (two letters)", "^[A-Z]{2}$", "bad_object", required=True),
        cells.choice("benefit_level", "1 to 5", "1", "2", "3", "4", "5", required=True),
        cells.pattern(
            "card_province",
            "province on the card, two digits",
            r"^\d{2}$",
            "bad_value",
            required=True,
            digits=cells.exactly(2),
        ),
        cells.pattern(
            "facility_code",
            "facility of first registration",
            FACILITY,
            "bad_facility",
            digits=FACILITY_DIGITS,
        ),
        cells.day("valid_from", "first day", required=True),
        cells.day("valid_to", "last day; empty = as long as contributions go on"),
        cells.day("five_years_from", "day from which five years are continuous"),
        cells.choice("living_area", "K1, K2 or K3", "K1", "K2", "K3"),
        cells.pattern("old_card_number", "15 characters", r"^[A-Z]{2}[1-5]\d{2}[0-9A-Z]{10}$", "bad_card"),
        cells.day("issued_on", "day of issue"),
        OFFICE_CODE,
        cells.yes_no("auto_renews", "renews while contributions go on"),
    ),
    key={"bhxh_code": PERSON_KEY, "valid_from": as_day("s.valid_from"), "object_code": "s.object_code"},
    table=_COVERAGE,
    merge=into(_COVERAGE),
    undo=undo_tables.of(_COVERAGE),
    reach=RECORD_IN_REACH,
    checks=(
        PERSON_KNOWN,
        OFFICE_KNOWN,
        Check(
            "valid_to",
            "ends_before",
            f"s.valid_to IS NULL OR {as_day('s.valid_to')} >= {as_day('s.valid_from')}",
        ),
    ),
    messages=MESSAGES,
)

_OF_PEOPLE = (PEOPLE, PARTICIPATION, COVERAGE, BENEFITS, VISITS, CERTIFICATES, XML1)
IMPORTERS: dict[str, Importer] = {
    importer.kind: replace(importer, titles=TITLES)
    for importer in (EMPLOYERS, *map(sharing, _OF_PEOPLE), MERGES)
}
