"""What a person was paid and treated for: benefits, visits and their papers, as rows of import files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from .careers import Life, age

Row = dict[str, object]
# ICD-10 code, name, usual cost in thousands of đồng.
_ILLNESSES = (
    ("J06.9", "Nhiễm trùng đường hô hấp trên cấp", 250),
    ("I10", "Tăng huyết áp nguyên phát", 420),
    ("E11.9", "Đái tháo đường týp 2 không có biến chứng", 560),
    ("K29.7", "Viêm dạ dày", 380),
    ("M54.5", "Đau thắt lưng", 310),
    ("H10.9", "Viêm kết mạc", 180),
    ("N39.0", "Nhiễm trùng đường tiết niệu", 340),
    ("J18.9", "Viêm phổi", 2_900),
    ("A90", "Sốt xuất huyết Dengue", 3_400),
    ("K35.8", "Viêm ruột thừa cấp", 7_800),
)
_ON_LEAVE = ("J06.9", "K29.7", "M54.5")
_INPATIENT = frozenset(("J18.9", "A90", "K35.8"))
_SHARE = {"1": 0, "2": 0, "3": 5, "4": 20, "5": 0}  # per cent that the person pays, by benefit level
_YEARS_BACK = 5
_BASE_SALARY = 2_340_000  # that of July 2024, for any time: close enough for invented people


def visits(rng: Random, life: Life, covers: Sequence[Row]) -> list[Row]:
    """Visits of the last five years, more of them for the old and the very young."""
    years = age(life.born, life.today)
    often = 5 if years >= 60 else 3 if years < 6 else 2
    span = min(_YEARS_BACK * 365, (life.today - life.born).days)
    level = str(covers[-1]["benefit_level"])
    return [_visit(rng, life, level, at, span) for at in range(rng.randint(0, often))] if span else []


def _visit(rng: Random, life: Life, level: str, at: int, span: int) -> Row:
    code, name, usual = rng.choice(_ILLNESSES)
    came = life.today - timedelta(days=rng.randint(1, span))
    stays = code in _INPATIENT
    left = min(came + timedelta(days=rng.randint(2, 9)), life.today) if stays else came
    insured = int(usual * rng.uniform(0.6, 1.7)) * 1_000
    share, own = insured * _SHARE[level] // 100, rng.choice((0, 0, 30_000, 120_000))
    return {
        "bhxh_code": life.bhxh_code,
        "visit_key": f"{life.bhxh_code}-{at + 1}",
        "facility_code": rng.choice(life.facilities),
        "came_at": f"{came} {rng.randint(6, 11):02d}:{rng.randint(0, 59):02d}",
        "left_at": f"{left} {rng.randint(13, 16):02d}:{rng.randint(0, 59):02d}",
        "kind": "03" if stays else "01",
        "diagnosis_code": code,
        "diagnosis_name": name,
        "result": rng.choice("1222"),
        "discharge": "1",
        "total": insured + own,
        "paid_fund": insured - share,
        "paid_share": share,
        "paid_own": own,
    }


def benefits(rng: Random, life: Life, sex: int, periods: Sequence[Row]) -> list[Row]:
    """Sick leave, births, times without work, and the pension of the old."""
    wages = [(str(row["from_month"]), _in_dong(row)) for row in periods if row["scheme"] == "bhxh"]
    if not wages:
        return []
    rows = []
    for month, wage in wages:
        chance = rng.random()
        if chance < 0.05:
            days = rng.randint(1, 12)  # 75 % of a day, which is the month's 24th part
            rows.append(_paid(rng, life, "sickness", month, days=days, amount=wage * 75 // 2400 * days))
        elif chance < 0.08 and sex == 2:
            rows.append(_paid(rng, life, "maternity", month, months=6, amount=wage * 6, lasts=180))
        elif chance < 0.09:
            amount = wage * 60 // 100
            months = rng.randint(3, 8)
            rows.append(_paid(rng, life, "unemployment", month, months=months, amount=amount, lasts=90))
        elif chance < 0.094:
            rows.append(_paid(rng, life, "accident", month, amount=wage * 3))
    if age(life.born, life.today) >= 62:
        rows.append(_paid(rng, life, "pension", f"{life.born.year + 62}-01", amount=wages[-1][1] * 60 // 100))
    return rows


def certificates(rng: Random, life: Life, paid: Sequence[Row], seen: Sequence[Row]) -> list[Row]:
    """The papers behind sick leave, births and stays in hospital."""
    rows = []
    for row in paid:
        facility = rng.choice(life.facilities)
        if row["regime"] == "sickness":
            code = rng.choice(_ON_LEAVE)
            illness = next(candidate for candidate in _ILLNESSES if candidate[0] == code)
            rows.append(_leave(row, facility, illness))
        elif row["regime"] == "maternity":
            rows.append(_birth(row, facility))
    rows += [_discharge(visit) for visit in seen if visit["kind"] == "03"]
    return [
        {"bhxh_code": life.bhxh_code, "number": f"{life.bhxh_code[-6:]}-{at}", **row}
        for at, row in enumerate(rows, 1)
    ]


def _leave(paid: Row, facility: str, illness: tuple[str, str, int]) -> Row:
    return {
        "kind": "leave",
        "facility_code": facility,
        "issued_on": paid["from_date"],
        "from_date": paid["from_date"],
        "to_date": paid["to_date"],
        "days": paid["days"],
        "diagnosis_code": illness[0],
        "diagnosis_name": illness[1],
        "issued_by": "BS. Mẫu",
    }


def _birth(paid: Row, facility: str) -> Row:
    born = paid["from_date"]
    return {"kind": "birth", "facility_code": facility, "issued_on": born, "child_born_on": born}


def _discharge(visit: Row) -> Row:
    came, left = str(visit["came_at"])[:10], str(visit["left_at"])[:10]
    return {
        "kind": "discharge",
        "facility_code": visit["facility_code"],
        "issued_on": left,
        "from_date": came,
        "to_date": left,
        "days": (date.fromisoformat(left) - date.fromisoformat(came)).days + 1,
        "diagnosis_code": visit["diagnosis_code"],
        "diagnosis_name": visit["diagnosis_name"],
    }


def _in_dong(period: Row) -> int:
    """The month's wage; a coefficient is of the base salary."""
    if period["wage_kind"] == "coefficient":
        return int(float(str(period["wage"])) * _BASE_SALARY)
    return int(str(period["wage"]))


def _paid(
    rng: Random,
    life: Life,
    regime: str,
    month: str,
    *,
    amount: int,
    days: int | None = None,
    months: int | None = None,
    lasts: int = 0,
) -> Row:
    first = date.fromisoformat(f"{month}-{rng.randint(1, 28):02d}")
    first = min(first, life.today)
    last = first + timedelta(days=lasts or (days or 1) - 1)
    decided = first + timedelta(days=rng.randint(5, 20))
    return {
        "bhxh_code": life.bhxh_code,
        "regime": regime,
        "file_number": f"HS{rng.randint(0, 999_999):06d}",
        "decision_number": f"{rng.randint(1, 9_999):04d}/QĐ-BHXH",
        "decided_on": decided,
        "from_date": first,
        "to_date": "" if regime == "pension" else last,
        "days": "" if days is None else days,
        "months": "" if months is None else months,
        "amount": amount,
        "is_monthly": int(regime in ("pension", "unemployment")),
        "kept_months": rng.randint(0, 11) if regime == "unemployment" else "",
        "paid_by": rng.choice(("account", "account", "account", "cash")),
        "paid_on": decided + timedelta(days=rng.randint(1, 10)),
        "office_code": life.office_code,
    }
