"""Load contribution periods from files."""

from __future__ import annotations

from vssid.domain.imports.check import cells
from vssid.domain.imports.check.cells import as_month
from vssid.domain.imports.importer import Check, Column, Holds, Importer
from vssid.domain.imports.merge import undo_tables
from vssid.domain.imports.merge.table import Rule, Table
from vssid.domain.imports.merge.table_merge import into
from vssid.domain.offices import reach

from ..file_rules import EMPLOYER, MESSAGES, PERSON_JOIN, PERSON_KEY, PERSON_KNOWN, person_in_reach
from ..models.history import Version, kept_as
from ..models.participation import AMOUNTS, PERCENTS
from ..people.columns import BHXH_CODE
from .wage_bounds import IN_BOUNDS

_AMOUNT = r"^\d{1,13}(\.\d{1,2})?$"
_PERCENT = r"^(100(\.0{1,2})?|\d{1,2}(\.\d{1,2})?)$"


# With what the file leaves as it was, the months must still be in order and the wage of its unit.
_RULES = (
    Rule(
        "unpaid_from",
        "unpaid_outside",
        "n.unpaid_from IS NULL OR n.unpaid_from BETWEEN n.from_month AND coalesce(n.to_month, 'infinity')",
    ),
    Rule("wage_kind", "unit_unclear", "n.wage_kind <> 'coefficient' OR n.wage IS NULL OR n.wage <= 20"),
)
# Who has the employer tells what it pays for people anywhere.
_EMPLOYER_IN_REACH = (
    "EXISTS (SELECT 1 FROM participants_employer e "  # noqa: S608
    f"WHERE e.code = s.employer_code AND {reach.of_row('e')})"
)
_TABLE = Table(
    "participants_contribution",
    key=["person_id", "scheme", "from_month", "employer_code"],
    joins=PERSON_JOIN,
    may_lack=["employer_code"],
    versions=kept_as(Version.Record.CONTRIBUTION),
    rules=_RULES,
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
        **{name: f"s.{name}::numeric(15, 2)" for name in AMOUNTS},
        **{name: f"s.{name}::numeric(5, 2)" for name in PERCENTS},
    },
)


def _amount(name: str, about: str) -> Column:
    return cells.amount(name, about, _AMOUNT, "bad_amount")


def _percent(name: str, about: str) -> Column:
    return cells.pattern(name, about, _PERCENT, "bad_percent", holds=Holds.PERCENT)


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
        cells.pattern("employer_code", "employer; empty for voluntary", EMPLOYER, "bad_employer"),
        cells.text("job", "job, position", 200),
        cells.text("workplace", "place of work", 200),
        cells.amount("wage", "monthly wage in đồng, or coefficient", _AMOUNT, "bad_wage"),
        cells.choice("wage_kind", "wage (default) or coefficient", "wage", "coefficient"),
        cells.pattern("currency", "VND by default", "^[A-Z]{3}$", "bad_choice"),
        cells.yes_no("is_voluntary", "voluntary participation"),
        _amount("position_allowance", "PC chức vụ; đồng or coefficient, as the wage"),
        _percent("over_scale_percent", "PC thâm niên vượt khung, percent"),
        _percent("seniority_percent", "PC thâm niên nghề, percent"),
        _amount("area_allowance", "PC khu vực; đồng or coefficient, as the wage"),
        _amount("other_allowance", "PC khác; đồng or coefficient, as the wage"),
        _amount("reelection_allowance", "tái cử; đồng or coefficient, as the wage"),
        _percent("worker_percent", "rate that the worker pays to this scheme"),
        _percent("employer_percent", "rate that the employer pays to this scheme"),
        _amount("salary", "mức lương, đồng"),
        _amount("salary_allowance", "phụ cấp lương, đồng"),
        _amount("salary_supplement", "các khoản bổ sung, đồng"),
    ),
    key={
        "bhxh_code": PERSON_KEY,
        "scheme": "s.scheme",
        "from_month": as_month("s.from_month"),
        "employer_code": "s.employer_code",
    },
    table=_TABLE,
    merge=into(_TABLE),
    undo=undo_tables.of(_TABLE),
    reach=(reach.refused("bhxh_code", f"{person_in_reach()} OR {_EMPLOYER_IN_REACH}"),),
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
        *IN_BOUNDS,
    ),
    messages=MESSAGES,
)
