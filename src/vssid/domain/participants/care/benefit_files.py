"""Load benefits from files."""

from __future__ import annotations

from vssid.domain.imports.check import cells
from vssid.domain.imports.check.cells import as_day
from vssid.domain.imports.importer import Check, Column, Holds, Importer
from vssid.domain.imports.merge import undo_tables
from vssid.domain.imports.merge.table import Table
from vssid.domain.imports.merge.table_merge import into

from ..file_rules import COUNT, MESSAGES, OFFICE_KNOWN, PERSON_JOIN, PERSON_KEY, PERSON_KNOWN, RECORD_IN_REACH
from ..models.benefits import Benefit
from ..models.history import Version, kept_as
from ..people.columns import BHXH_CODE, OFFICE_CODE

_TABLE = Table(
    "participants_benefit",
    key=["person_id", "regime", "from_date", "decision_number"],
    joins=PERSON_JOIN,
    versions=kept_as(Version.Record.BENEFIT),
    columns={
        "person_id": "i.person_id",
        "regime": "s.regime",
        "file_number": "coalesce(s.file_number, '')",
        "decision_number": "coalesce(s.decision_number, '')",
        "decided_on": as_day("s.decided_on"),
        "from_date": as_day("s.from_date"),
        "to_date": as_day("s.to_date"),
        "days": "s.days::integer",
        "months": "s.months::integer",
        "amount": "s.amount::numeric(15, 0)",
        "is_monthly": "coalesce(s.is_monthly, '0') = '1'",
        "kept_months": "s.kept_months::integer",
        "paid_by": "coalesce(s.paid_by, '')",
        "paid_on": as_day("s.paid_on"),
        "office_code": "s.office_code",
    },
)


def _count(name: str, about: str) -> Column:
    return cells.pattern(name, about, COUNT, "bad_count", holds=Holds.COUNT)


BENEFITS = Importer(
    kind="benefits",
    title="benefits paid to people",
    columns=(
        BHXH_CODE,
        cells.choice("regime", "what it is paid for", *Benefit.Regime.values, required=True),
        cells.text("file_number", "number of the file", 50, holds=Holds.KEY),
        cells.text("decision_number", "number of the decision", 50, holds=Holds.KEY),
        cells.day("decided_on", "day of the decision"),
        cells.day("from_date", "first day", required=True),
        cells.day("to_date", "last day; empty = until further notice, or a single payment"),
        _count("days", "days paid for"),
        _count("months", "months paid for"),
        cells.amount("amount", "whole đồng", r"^\d{1,13}$", "bad_amount", required=True),
        cells.yes_no("is_monthly", "1 = the amount is paid each month"),
        _count("kept_months", "unemployment: paid months still reserved"),
        cells.choice("paid_by", "cash or account", *Benefit.PaidBy.values),
        cells.day("paid_on", "day of payment"),
        OFFICE_CODE,
    ),
    key={
        "bhxh_code": PERSON_KEY,
        "regime": "s.regime",
        "from_date": as_day("s.from_date"),
        "decision_number": "s.decision_number",
    },
    table=_TABLE,
    merge=into(_TABLE),
    undo=undo_tables.of(_TABLE),
    reach=RECORD_IN_REACH,
    checks=(
        PERSON_KNOWN,
        OFFICE_KNOWN,
        Check(
            "to_date",
            "ends_before",
            f"s.to_date IS NULL OR {as_day('s.to_date')} >= {as_day('s.from_date')}",
        ),
    ),
    messages=MESSAGES,
)
