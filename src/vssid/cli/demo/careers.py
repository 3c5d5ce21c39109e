"""A working life as contribution periods, and the health coverage that goes with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

Row = dict[str, object]
_BHTN_SINCE = 2009 * 12  # unemployment insurance began in January 2009
_FIRST = 1995 * 12
_JOBS = (
    "Công nhân may", "Công nhân vận hành máy", "Kế toán viên", "Nhân viên kho", "Lái xe", "Kỹ sư cơ khí",
    "Trưởng ca", "Nhân viên bán hàng", "Tổ trưởng sản xuất", "Thợ hàn", "Điều dưỡng", "Nhân viên hành chính",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Life:
    """What decides a person's records. `late_employers` owe contributions."""

    bhxh_code: str
    born: date
    today: date
    office_code: str
    employers: tuple[str, ...]
    late_employers: frozenset[str]
    facilities: tuple[str, ...]


def age(born: date, today: date) -> int:
    """Whole years."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _month(number: int) -> str:
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def participation(rng: Random, life: Life) -> list[Row]:
    """Jobs one after the other with gaps, wage steps, some arrears, now and then a voluntary time."""
    years = age(life.born, life.today)
    if years < 18:
        return []
    rows: list[Row] = []
    now = life.today.year * 12 + life.today.month - 1
    end_of_work = min(now, (life.born.year + 61) * 12)
    at = max(_FIRST, (life.born.year + rng.randint(18, 25)) * 12 + rng.randrange(12))
    while at < end_of_work:
        length = rng.randint(14, 90)
        last = None if at + length >= end_of_work == now else min(at + length, end_of_work) - 1
        rows += _job(rng, life, at, last, now) if rng.random() > 0.05 else _voluntary(life, at, last)
        at += length + (rng.choice((0, 0, 1, 3, 7, 16)) if last is not None else 0)
    return rows


def _job(rng: Random, life: Life, first: int, last: int | None, now: int) -> list[Row]:
    employer, job = rng.choice(life.employers), rng.choice(_JOBS)
    owed = None
    if employer in life.late_employers and (last is None or rng.random() < 0.15):
        owed = max(first, (now if last is None else last) - rng.randint(1, 6))
    rows: list[Row] = []
    step, wage = first, rng.randrange(3_200, 9_000) * 1000
    end = now if last is None else last
    while step <= end:
        until = step + rng.randint(18, 40)
        final = until >= end
        to = last if final else until - 1
        unpaid = owed if owed is not None and final and owed >= step else None
        rows += _schemes(life, step, to, unpaid, employer, job, wage)
        step, wage = (end + 1 if final else until), int(wage * rng.uniform(1.03, 1.15)) // 1000 * 1000
    return rows


def _schemes(
    life: Life, first: int, last: int | None, unpaid: int | None, employer: str, job: str, wage: int
) -> list[Row]:
    row: Row = {
        "bhxh_code": life.bhxh_code,
        "from_month": _month(first),
        "to_month": _month(last) if last is not None else "",
        "unpaid_from": _month(unpaid) if unpaid is not None else "",
        "employer_code": employer,
        "job": job,
        "workplace": "Hải Phòng",
        "wage": wage,
        "wage_kind": "wage",
        "is_voluntary": 0,
    }
    funds = ("bhxh", "tnld") if first < _BHTN_SINCE else ("bhxh", "bhtn", "tnld")
    return [{**row, "scheme": fund} for fund in funds]


def _voluntary(life: Life, first: int, last: int | None) -> list[Row]:
    return [
        {
            "bhxh_code": life.bhxh_code,
            "scheme": "bhxh",
            "from_month": _month(first),
            "to_month": _month(last) if last is not None else "",
            "wage": 1_500_000,
            "wage_kind": "wage",
            "job": "Tham gia BHXH tự nguyện",
            "is_voluntary": 1,
        }
    ]


def coverage(rng: Random, life: Life, *, works: bool) -> list[Row]:
    """The present coverage and often the one before; some have ended, some end soon."""
    years, today = age(life.born, life.today), life.today
    this_year = today.replace(month=1, day=1)
    if years < 6:
        end = date(life.born.year + 6, 9, 30)
        return [_cover(rng, life, "TE", "1", life.born, end)]
    if years >= 61:
        return [_cover(rng, life, "HT", "3", date(life.born.year + 61, 1, 1), None)]
    if works:
        old = _cover(rng, life, "GD", "4", this_year - timedelta(days=730), this_year - timedelta(days=366))
        return [old, _cover(rng, life, "DN", "4", this_year, None)]
    kind, level = (
        ("HS", "4")
        if years < 18
        else rng.choice((("GD", "4"), ("GD", "4"), ("SV", "4"), ("HN", "2"), ("CN", "3")))
    )
    start = today - timedelta(days=rng.choice((20, 120, 250, 340, 355, 420)))
    return [_cover(rng, life, kind, level, start, start + timedelta(days=364))]


def _cover(rng: Random, life: Life, kind: str, level: str, start: date, end: date | None) -> Row:
    five_years = start + timedelta(days=1826) if rng.random() < 0.4 else start - timedelta(days=400)
    return {
        "bhxh_code": life.bhxh_code,
        "object_code": kind,
        "benefit_level": level,
        "card_province": "31",
        "facility_code": rng.choice(life.facilities),
        "valid_from": start.isoformat(),
        "valid_to": end.isoformat() if end else "",
        "five_years_from": max(five_years, life.born).isoformat(),
        "living_area": "K3" if life.office_code == "03110" else "",
        "old_card_number": f"{kind}{level}31{life.bhxh_code}" if start.year < 2021 else "",
        "issued_on": start.isoformat(),
        "office_code": life.office_code,
        "auto_renews": 0 if end else 1,
    }
