"""A working life as contribution periods, and the health coverage that goes with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from vssid.domain.participants.participation import five_years, object_codes, rates, totals

Row = dict[str, object]
_BHTN_SINCE = 2009 * 12  # unemployment insurance began in January 2009
_FIRST = 1995 * 12
_JOBS = (
    "Công nhân may", "Công nhân vận hành máy", "Kế toán viên", "Nhân viên kho", "Lái xe", "Kỹ sư cơ khí",
    "Trưởng ca", "Nhân viên bán hàng", "Tổ trưởng sản xuất", "Thợ hàn", "Điều dưỡng", "Nhân viên hành chính",
)  # fmt: skip
_STATE_JOBS = ("Giáo viên", "Tổ trưởng chuyên môn", "Phó hiệu trưởng", "Kế toán viên", "Văn thư")
_STATE = "HC"  # employer codes of the state payroll [M]
# The first coefficient of a scale, its step and its last one, as of the scale for university graduates [M].
_LOWEST, _STEP, _HIGHEST = 2.34, 0.33, 4.98


@dataclass(frozen=True, slots=True)
class Life:
    """What decides a person's records. `late_employers` owe contributions, nobody is left with those that
    `stopped`.
    """

    bhxh_code: str
    born: date
    today: date
    office_code: str
    employers: tuple[str, ...]
    late_employers: frozenset[str]
    facilities: tuple[str, ...]
    state_employers: tuple[str, ...] = ()
    stopped: frozenset[str] = frozenset()


def age(born: date, today: date) -> int:
    """Whole years."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def month_of(day: date) -> int:
    """The number of the day's month."""
    return day.year * 12 + day.month - 1


def contributed(life: Life, first: int, last: int | None, told: Row) -> list[Row]:
    """The rows of every fund for one period of a job; `last` None = it goes on."""
    return _schemes(life, first, last, month_of(life.today), told)


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
        rows += _job(rng, life, at, last, now) if rng.random() > 0.05 else _voluntary(life, at, last, now)
        at += length + (rng.choice((0, 0, 1, 3, 7, 16)) if last is not None else 0)
    return rows


def one_job(rng: Random, life: Life, first: int) -> list[Row]:
    """One job from a month until now, with wage steps."""
    return _job(rng, life, first, None, month_of(life.today))


def _job(rng: Random, life: Life, first: int, last: int | None, now: int) -> list[Row]:
    in_state = bool(life.state_employers) and rng.random() < 0.08
    employer = rng.choice(life.state_employers if in_state else life.employers)
    if last is None and employer in life.stopped:
        employer = life.employers[life.employers.index(employer) - 1]
    in_state = employer.startswith(_STATE)
    job, pay = rng.choice(_STATE_JOBS if in_state else _JOBS), _coefficient(rng) if in_state else _wage(rng)
    owed = None
    if employer in life.late_employers and (last is None or rng.random() < 0.15):
        owed = max(first, (now if last is None else last) - rng.randint(1, 6))
    rows: list[Row] = []
    step = first
    end = now if last is None else last
    while step <= end:
        until = step + rng.randint(18, 40)
        final = until >= end
        to = last if final else until - 1
        unpaid = owed if owed is not None and final and owed >= step else None
        told: Row = {"unpaid_from": _month(unpaid) if unpaid is not None else "", "employer_code": employer}
        rows += _schemes(life, step, to, now, {**told, "job": job, "workplace": "Hải Phòng", **pay})
        step = end + 1 if final else until
        pay = _next_coefficient(rng, pay) if in_state else _next_wage(rng, pay)
    return rows


def _wage(rng: Random) -> Row:
    return _parts(rng, rng.randrange(3_200, 9_000) * 1000)


def _next_wage(rng: Random, before: Row) -> Row:
    return _parts(rng, int(int(str(before["wage"])) * rng.uniform(1.03, 1.15)) // 1000 * 1000)


def _parts(rng: Random, wage: int) -> Row:
    """A wage in đồng; of a third of them the register was told the parts."""
    if rng.random() > 0.33:
        return {"wage": wage, "wage_kind": "wage"}
    allowance, more = wage // 10_000 * 1000, rng.choice((0, 0, 200_000))
    return {
        "wage": wage,
        "wage_kind": "wage",
        "salary": wage - allowance - more,
        "salary_allowance": allowance,
        "salary_supplement": more or "",
    }


def _coefficient(rng: Random) -> Row:
    return {
        "wage": f"{_LOWEST + _STEP * rng.randint(0, 3):.2f}",
        "wage_kind": "coefficient",
        "position_allowance": rng.choice(("", "", "0.2", "0.35", "0.5")),
        "seniority_percent": rng.choice(("", 5, 8)),
        "area_allowance": rng.choice(("", "", "", "0.1")),
    }


def _next_coefficient(rng: Random, before: Row) -> Row:
    """The next step of the scale; beyond the last one, percents. Seniority goes on with the years."""
    wage, seniority = float(str(before["wage"])) + _STEP, before["seniority_percent"]
    years = rng.randint(2, 3)
    beyond = int(str(before.get("over_scale_percent") or 3)) + years
    return {
        **before,
        "wage": f"{min(wage, _HIGHEST):.2f}",
        "over_scale_percent": beyond if wage > _HIGHEST else "",
        "seniority_percent": seniority and int(str(seniority)) + years,
    }


def _schemes(life: Life, first: int, last: int | None, now: int, told: Row) -> list[Row]:
    row: Row = {
        "bhxh_code": life.bhxh_code,
        "from_month": _month(first),
        "to_month": _month(last) if last is not None else "",
        "is_voluntary": 0,
        **told,
    }
    funds = ("bhxh", "tnld") if first < _BHTN_SINCE else ("bhxh", "bhtn", "tnld")
    end = now if last is None else last
    return [{**row, "scheme": fund, **_percents(fund, first, end, rates.EMPLOYEE)} for fund in funds]


def _percents(scheme: str, first: int, last: int, group: str) -> Row:
    """The rates of a period, where they are known and did not change in it."""
    percents = rates.throughout(
        scheme, date(first // 12, first % 12 + 1, 1), date(last // 12, last % 12 + 1, 1), group
    )
    return {"worker_percent": percents.worker, "employer_percent": percents.employer} if percents else {}


def _voluntary(life: Life, first: int, last: int | None, now: int) -> list[Row]:
    end = now if last is None else last
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
            **_percents("bhxh", first, end, rates.VOLUNTARY),
        }
    ]


def coverage(rng: Random, life: Life, *, works: bool) -> list[Row]:
    """The present coverage and often the one before; some have ended, some end soon."""
    rows = _covers(rng, life, works=works)
    full = _five_years(rng, life, min(str(row["valid_from"]) for row in rows))
    return [{**row, "five_years_from": full} for row in rows]


def _covers(rng: Random, life: Life, *, works: bool) -> list[Row]:
    years, today = age(life.born, life.today), life.today
    this_year = today.replace(month=1, day=1)
    if years < 6:
        end = date(life.born.year + 6, 9, 30)
        return [_cover(rng, life, "TE", "1", life.born, end)]
    if years >= 61:
        return [_cover(rng, life, "HT", "3", date(life.born.year + 61, 1, 1), None)]
    if works:
        old = _cover(rng, life, "GD", "4", this_year - timedelta(days=730), this_year - timedelta(days=1))
        return [old, _cover(rng, life, "DN", "4", this_year, None)]
    start = today - timedelta(days=rng.choice((20, 120, 250, 340, 355, 420)))
    near_poor = object_codes.level_on("CN", "3", start)
    kind, level = (
        ("HS", "4")
        if years < 18
        else rng.choice((("GD", "4"), ("GD", "4"), ("SV", "4"), ("HN", "2"), ("CN", near_poor)))
    )
    return [_cover(rng, life, kind, level, start, start + timedelta(days=364))]


def _five_years(rng: Random, life: Life, first: str) -> str:
    """The day on the card: that of the rows, or an earlier one, as of time that is not in them, or none."""
    began, chance = date.fromisoformat(first), rng.random()
    if chance > 0.85:
        return ""
    full = totals.months_later(began, five_years.rule_on(life.today).full_months)
    if chance > 0.4:
        earliest = totals.months_later(life.born, five_years.rule_on(life.today).full_months)
        full = max(began - timedelta(days=400), earliest)
    return full.isoformat()


def _cover(rng: Random, life: Life, kind: str, level: str, start: date, end: date | None) -> Row:
    return {
        "bhxh_code": life.bhxh_code,
        "object_code": kind,
        "benefit_level": level,
        "card_province": "31",
        "facility_code": rng.choice(life.facilities),
        "valid_from": start.isoformat(),
        "valid_to": end.isoformat() if end else "",
        "living_area": "K3" if life.office_code == "03110" else "",
        "old_card_number": f"{kind}{level}31{life.bhxh_code}" if start.year < 2021 else "",
        "issued_on": start.isoformat(),
        "office_code": life.office_code,
        "auto_renews": 0 if end else 1,
    }
