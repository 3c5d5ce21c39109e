"""Load people, employers, participation and coverage; benefits and visits have modules of their own."""

from __future__ import annotations

from vssid.domain.imports import cells
from vssid.domain.imports.cells import as_day, as_month
from vssid.domain.imports.importer import Batch, Check, Counts, Importer
from vssid.domain.imports.merge import upsert

from .benefit_files import BENEFITS
from .history import Version, kept_as
from .people_columns import BHXH_CODE, COLUMNS, OFFICE_CODE
from .people_merge import merge_people
from .rules import FACILITY, MESSAGES, OFFICE_KNOWN, PERSON_JOIN, PERSON_KNOWN
from .visit_files import VISITS, XML1


def _free(prefix: str) -> tuple[Check, Check]:
    """An ID number belongs to one person: in the register, and within the file."""
    kind, key = f"{prefix}id_kind", f"{prefix}id_key"
    field = f"{prefix}id_number"
    in_register = f"""s.{key} IS NULL OR NOT EXISTS (
      SELECT 1 FROM participants_identifier d WHERE d.kind = s.{kind} AND d.key = s.{key}
      AND d.person_id IS DISTINCT FROM
      (SELECT b.person_id FROM participants_identifier b WHERE b.kind = 'bhxh' AND b.key = s.bhxh_code))"""  # noqa: S608
    # A hashed sub-plan: one pass over the file, whatever its size.
    in_file = f"""s.{key} IS NULL OR s.{key} NOT IN (
      SELECT k FROM
      (SELECT line, id_key AS k FROM {{staging}} UNION SELECT line, old_id_key FROM {{staging}}) u
      WHERE k IS NOT NULL GROUP BY k HAVING count(*) > 1)"""  # noqa: S608
    return Check(field, "id_taken", in_register), Check(field, "id_twice", in_file)


PEOPLE = Importer(
    kind="people",
    title="people of the register",
    columns=COLUMNS,
    key={"bhxh_code": "s.bhxh_code"},
    merge=merge_people,
    checks=(
        Check("birth_date", "born_later", "s.birth_date <= current_date"),
        OFFICE_KNOWN,
        *_free(""),
        *_free("old_"),
    ),
    messages=MESSAGES,
    batch_rows=2_000,
)

_EMPLOYER = r"^[A-Z]{2}[0-9A-Z]{4}[A-Z]$"


def _merge_employers(batch: Batch) -> Counts:
    return upsert(
        batch,
        "participants_employer",
        key=["code"],
        columns={
            "code": "s.code",
            "name": "s.name",
            "address": "coalesce(s.address, '')",
            "office_code": "s.office_code",
            "is_synthetic": "coalesce(s.is_synthetic, '0') = '1'",
        },
    )


EMPLOYERS = Importer(
    kind="employers",
    title="employers",
    columns=(
        cells.pattern("code", "employer code", _EMPLOYER, "bad_employer", required=True),
        cells.text("name", "name", 200, required=True),
        cells.text("address", "address", 300),
        OFFICE_CODE,
        cells.yes_no("is_synthetic", "invented for demo or tests"),
    ),
    key={"code": "s.code"},
    merge=_merge_employers,
    checks=(OFFICE_KNOWN,),
    messages=MESSAGES,
)


def _merge_participation(batch: Batch) -> Counts:
    return upsert(
        batch,
        "participants_contribution",
        key=["person_id", "scheme", "from_month", "employer_code"],
        joins=PERSON_JOIN,
        may_lack=["employer_code"],
        versions=kept_as(Version.Record.CONTRIBUTION),
        columns={
            "person_id": "i.person_id",
            "scheme": "s.scheme",
            "is_voluntary": "coalesce(s.is_voluntary, '0') = '1'",
            "from_month": as_month("s.from_month"),
            "to_month": as_month("s.to_month"),
            "unpaid_from": as_month("s.unpaid_from"),
            "employer_code": "s.employer_code",
            "job": "coalesce(s.job, '')",
            "workplace": "coalesce(s.workplace, '')",
            "wage": "s.wage::numeric(15, 2)",
            "wage_kind": "coalesce(s.wage_kind, 'wage')",
            "currency": "coalesce(s.currency, 'VND')",
        },
    )


PARTICIPATION = Importer(
    kind="participation",
    title="contribution periods",
    columns=(
        BHXH_CODE,
        cells.choice(
            "scheme",
            "bhxh, bhtn (unemployment) or tnld (work accident)",
            "bhxh",
            "bhtn",
            "tnld",
            required=True,
        ),
        cells.month("from_month", "first month", required=True),
        cells.month("to_month", "last month; empty = still going on"),
        cells.month("unpaid_from", "from this month to the end nothing was paid; empty = all paid"),
        cells.pattern("employer_code", "employer; empty for voluntary", _EMPLOYER, "bad_employer"),
        cells.text("job", "job, position", 200),
        cells.text("workplace", "place of work", 200),
        cells.pattern("wage", "monthly wage in đồng, or coefficient", r"^\d{1,13}(\.\d{1,2})?$", "bad_wage"),
        cells.choice("wage_kind", "wage (default) or coefficient", "wage", "coefficient"),
        cells.pattern("currency", "VND by default", "^[A-Z]{3}$", "bad_choice"),
        cells.yes_no("is_voluntary", "voluntary participation"),
    ),
    key={
        "bhxh_code": "s.bhxh_code",
        "scheme": "s.scheme",
        "from_month": as_month("s.from_month"),
        "employer_code": "s.employer_code",
    },
    merge=_merge_participation,
    checks=(
        PERSON_KNOWN,
        Check(
            "employer_code",
            "unknown_employer",
            "s.employer_code IS NULL OR "
            "EXISTS (SELECT 1 FROM participants_employer e WHERE e.code = s.employer_code)",
        ),
        Check(
            "to_month",
            "ends_before",
            f"s.to_month IS NULL OR {as_month('s.to_month')} >= {as_month('s.from_month')}",
        ),
        Check(
            "unpaid_from",
            "unpaid_outside",
            f"s.unpaid_from IS NULL OR {as_month('s.unpaid_from')} BETWEEN {as_month('s.from_month')} "
            f"AND coalesce({as_month('s.to_month')}, 'infinity')",
        ),
    ),
    messages=MESSAGES,
)


def _merge_coverage(batch: Batch) -> Counts:
    return upsert(
        batch,
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
            "card_province", "province on the card, two digits", r"^\d{2}$", "bad_value", required=True
        ),
        cells.pattern("facility_code", "facility of first registration", FACILITY, "bad_facility"),
        cells.day("valid_from", "first day", required=True),
        cells.day("valid_to", "last day; empty = as long as contributions go on"),
        cells.day("five_years_from", "day from which five years are continuous"),
        cells.choice("living_area", "K1, K2 or K3", "K1", "K2", "K3"),
        cells.pattern("old_card_number", "15 characters", r"^[A-Z]{2}[1-5]\d{2}[0-9A-Z]{10}$", "bad_card"),
        cells.day("issued_on", "day of issue"),
        OFFICE_CODE,
        cells.yes_no("auto_renews", "renews while contributions go on"),
    ),
    key={"bhxh_code": "s.bhxh_code", "valid_from": as_day("s.valid_from"), "object_code": "s.object_code"},
    merge=_merge_coverage,
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

IMPORTERS: dict[str, Importer] = {
    one.kind: one for one in (EMPLOYERS, PEOPLE, PARTICIPATION, COVERAGE, BENEFITS, VISITS, XML1)
}
