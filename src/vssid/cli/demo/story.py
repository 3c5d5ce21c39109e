"""The first citizen's family as a story, so that a demo shows what a first page has to tell.

Hers: an employer that has not paid for months, a benefit of these weeks, a visit. The elder child's: a card
that ended and was not renewed. All of it made up, and true on the day the demo is made.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from .invented import province
from .invented.careers import Life, contributed, month_of

Row = dict[str, object]
WAGE = {"wage": 7_200_000, "wage_kind": "wage"}


@dataclass(frozen=True, slots=True)
class Told:
    """Rows of a person's records, by kind of file."""

    participation: list[Row]
    coverage: list[Row]
    benefits: list[Row]
    visits: list[Row]


def of_mother(life: Life) -> Told:
    """Years with one employer, then with one that owes since the third month before this one."""
    now = month_of(life.today)
    late = next(code for code in sorted(life.late_employers) if province.paying_cycle(code) == "monthly")
    paid = next(code for code in life.employers if code not in life.late_employers)
    jobs = [
        *contributed(life, now - 150, now - 70, {"employer_code": paid, "job": "Công nhân may", **WAGE}),
        *contributed(
            life,
            now - 66,
            None,
            {
                "employer_code": late,
                "job": "Tổ trưởng sản xuất",
                "workplace": "Hải Phòng",
                "unpaid_from": f"{(now - 3) // 12:04d}-{(now - 3) % 12 + 1:02d}",
                "wage": 9_600_000,
                "wage_kind": "wage",
            },
        ),
    ]
    year = life.today.year
    card = _card(life, "DN", "4", date(year, 1, 1), date(year, 12, 31)) | {"auto_renews": 1}
    before = _card(life, "DN", "4", date(year - 1, 1, 1), date(year - 1, 12, 31))
    return Told(jobs, [before, card], [_sick_leave(life)], [_visit(life)])


def of_elder_child(life: Life) -> Told:
    """The card of a child under six, ended when school began; nobody asked for the next one."""
    born = life.born
    return Told([], [_card(life, "TE", "1", born, date(born.year + 6, 9, 30))], [], [])


def _card(life: Life, kind: str, level: str, first: date, last: date) -> Row:
    return {
        "bhxh_code": life.bhxh_code,
        "object_code": kind,
        "benefit_level": level,
        "card_province": "31",
        "facility_code": life.facilities[0],
        "valid_from": first.isoformat(),
        "valid_to": last.isoformat(),
        "five_years_from": date(first.year - 1, 1, 1).isoformat() if kind == "DN" else "",
        "issued_on": first.isoformat(),
        "office_code": life.office_code,
        "auto_renews": 0,
    }


def _sick_leave(life: Life) -> Row:
    first = life.today - timedelta(days=40)
    return {
        "bhxh_code": life.bhxh_code,
        "regime": "sickness",
        "file_number": "HS000128",
        "decision_number": "0128/QĐ-BHXH",
        "decided_on": (life.today - timedelta(days=20)).isoformat(),
        "from_date": first.isoformat(),
        "to_date": (first + timedelta(days=4)).isoformat(),
        "days": 5,
        "amount": 1_500_000,
        "is_monthly": 0,
        "paid_by": "account",
        "paid_on": (life.today - timedelta(days=16)).isoformat(),
        "office_code": life.office_code,
    }


def _visit(life: Life) -> Row:
    came = life.today - timedelta(days=24)
    return {
        "bhxh_code": life.bhxh_code,
        "visit_key": f"{life.bhxh_code}-1",
        "facility_code": life.facilities[0],
        "came_at": f"{came} 08:10",
        "left_at": f"{came} 10:40",
        "kind": "01",
        "diagnosis_code": "J06.9",
        "diagnosis_name": "Nhiễm trùng đường hô hấp trên cấp",
        "result": "1",
        "discharge": "1",
        "total": 310_000,
        "paid_fund": 248_000,
        "paid_share": 62_000,
        "paid_own": 0,
    }
