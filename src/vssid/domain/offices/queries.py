"""Find offices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from vssid.domain.places import queries as places
from vssid.infra.database import prepared
from vssid.infra.database.kept import Query, given
from vssid.kernel.errors import DomainError
from vssid.kernel.text import fold

from . import hours
from .models import Office
from .working_time import Week

# So many offices can be chosen from in one list; of so many the nearest are shown.
FEW, MOST_NEAR = 150, 100
_OFFICE = Query(lambda: Office.objects.filter(code=given("code")))
_WEEKS = Query(
    lambda: Office.objects.filter(code__any_of=given("codes")).values_list("code", "hours", "closed_days")
)
_BELOW = """
WITH RECURSIVE below (code) AS (SELECT %(code)s::text UNION SELECT o.code::text FROM offices_office o
    JOIN below b ON o.parent_id = b.code) SELECT code FROM below
"""


class UnknownOffice(DomainError):
    """No office has this code. Facts: `code`."""

    code = "unknown_office"


@dataclass(frozen=True, slots=True)
class OfficeView:
    """An office as shown to people."""

    code: str
    name: str
    address: str
    phone: str
    province_code: str
    openings: tuple[hours.Opening, ...]
    closed_days: tuple[date, ...]
    communes: tuple[str, ...]
    old_districts: tuple[str, ...]
    receives_applications: bool
    is_synthetic: bool

    @property
    def hours(self) -> list[str]:
        """Opening hours as lines in the reader's language."""
        return hours.lines(self.openings)

    def is_open(self, now: datetime) -> bool:
        """Open at this moment: within its hours and not on a day off."""
        return hours.is_open(self.openings, now, self.closed_days, of_state=True)


def office(code: str) -> OfficeView:
    """One office. Raises UnknownOffice."""
    row = _OFFICE.first(code=code)
    if row is None:
        raise UnknownOffice(code=code)
    return _view(row)


def weeks(codes: Iterable[str]) -> dict[str, Week]:
    """The hours of these offices, by code, for clocks that run while an office is open."""
    rows = _WEEKS.rows(codes=list(set(codes)))
    return {code: Week(hours.from_json(openings), frozenset(closed)) for code, openings, closed in rows}


def exists(code: str) -> bool:
    """Is there an office of this code? What is no code at all is none, whatever its letters."""
    return code.isascii() and code.isalnum() and Office.objects.filter(code=code).exists()


def at_or_below(code: str) -> frozenset[str]:
    """The codes of an office and of all below it in the tree."""
    return frozenset(row[0] for row in prepared.texts(_BELOW, {"code": code}))


def above(code: str) -> list[str]:
    """The codes of the offices above one, the nearest first."""
    codes: list[str] = []
    while (code := Office.objects.filter(code=code).values_list("parent_id", flat=True).first() or "") and (
        code not in codes
    ):
        codes.append(code)
    return codes


def is_head(code: str) -> bool:
    """Is every other office below this one?"""
    return list(Office.objects.filter(parent=None).values_list("code", flat=True)[:2]) == [code]


def receives(code: str) -> bool:
    """Is there an office of this code that receives applications?"""
    return exists(code) and Office.objects.filter(code=code, receives_applications=True).exists()


def names(codes: Iterable[str]) -> dict[str, str]:
    """The names of offices by code; a code of none is left out."""
    return dict(Office.objects.filter(code__in=set(codes)).values_list("code", "name"))


def choices(province_code: str = "") -> list[tuple[str, str]]:
    """Code and name of the offices to choose from: all while they are few, else those of a province and the
    office at the head of each.
    """
    rows = Office.objects.order_by("code")
    if rows[FEW : FEW + 1].exists():
        rows = rows.filter(Q(province_code=province_code) | Q(code__endswith="00"))
    return list(rows.values_list("code", "name"))


def in_province(province_code: str) -> list[tuple[str, str]]:
    """Code and name of the offices of a province, by code. Takes whatever was typed."""
    if not (province_code.isascii() and province_code.isalnum()):
        return []
    return list(
        Office.objects.filter(province_code=province_code).order_by("code").values_list("code", "name")
    )


def province_of(code: str) -> str:
    """The province of an office; empty where there is none of this code. Takes whatever was typed."""
    if not (code.isascii() and code.isalnum()):
        return ""
    province_code: str | None = (
        Office.objects.filter(code=code[:5]).values_list("province_code", flat=True).first()
    )
    return province_code or ""


def nearest(commune_code: str, province_code: str) -> list[OfficeView]:
    """Offices that receive applications, the likeliest for this address first, at most as many as one reads.

    Order: serves the commune, serves its former district, same province; then by code, with the province
    office behind its districts. Offices elsewhere only where the province has none.
    """
    try:
        old_district = places.commune(commune_code).old_district
    except places.UnknownPlace:
        old_district = ""
    rows = Office.objects.filter(receives_applications=True)
    near = list(rows.filter(Q(province_code=province_code) | Q(communes__contains=[commune_code])))
    offices = near or list(rows.order_by("code")[:MOST_NEAR])
    offices.sort(key=lambda row: _far(row, commune_code, old_district, province_code))
    return [_view(row) for row in offices[:MOST_NEAR]]


def _far(row: Office, commune_code: str, old_district: str, province_code: str) -> tuple[int, bool, str]:
    is_province_office = row.code.endswith("00")
    if commune_code in row.communes:
        return 0, is_province_office, row.code
    if old_district and fold(old_district) in {fold(name) for name in row.old_districts}:
        return 1, is_province_office, row.code
    return (2 if row.province_code == province_code else 3), is_province_office, row.code


def _view(row: Office) -> OfficeView:
    return OfficeView(
        code=row.code,
        name=row.name,
        address=row.address,
        phone=row.phone,
        province_code=row.province_code,
        openings=hours.from_json(row.hours),
        closed_days=tuple(row.closed_days),
        communes=tuple(row.communes),
        old_districts=tuple(row.old_districts),
        receives_applications=row.receives_applications,
        is_synthetic=row.is_synthetic,
    )
