"""Find employers by code, tax code or the words of a name, in the whole country, a province or an office.

No more than CANDIDATES and one are ever read, by an index; they are ordered by how well they fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from vssid.domain.offices import queries as offices
from vssid.kernel.text import code_text, fold, number_text

from ..file_rules import EMPLOYER
from ..models.people import Employer
from ..views import EmployerView
from . import columns, search_terms, statistics
from .statistics import Standing

# Six pages of twenty: more than anybody reads.
CANDIDATES = 120
_AT_ONCE = 2_000
# Not Django's lookup: that parses the query's words anew, and parts such as `1e5x`.
_FITS = "participants_employer.words @@ %s::tsquery"
# How many names begin so is beyond PostgreSQL's reckoning; the walk through the whole table that it may take
# for short is not. In the index the words that everybody has take some hundredths of a second.
_BY_INDEX = "SELECT set_config(s, 'off', true) FROM unnest(array['enable_seqscan', 'enable_indexscan']) s"


@dataclass(frozen=True, slots=True)
class Found:
    """A page of employers, each with its standing."""

    employers: tuple[tuple[EmployerView, Standing], ...]
    more: bool


def search(text: str, *, province: str = "", office: str = "", limit: int = 20, offset: int = 0) -> Found:
    """Employers that fit whatever was typed; all in the area when nothing was. Odd words find nothing."""
    rows = Employer.objects.all()
    if province or office:
        rows = rows.filter(office_id__in=_offices(province, office))
    candidates = among(rows, text)
    shown = candidates[offset : offset + limit]
    return Found(tuple(_with_standing(shown)), len(candidates) > offset + limit)


def among(rows: QuerySet[Employer], text: str) -> list[Employer]:
    """Of these employers those that fit what was typed, CANDIDATES and one at most, the best first."""
    return _by_code(rows, text) or _by_words(rows, text)


def by_code(code: str) -> tuple[EmployerView, Standing] | None:
    """One employer by its code, in letters of any size. Takes whatever was typed."""
    employers = _of_code(Employer.objects.all(), code)
    return next(iter(_with_standing(employers)), None)


def everyone() -> Iterator[tuple[EmployerView, Standing]]:
    """Every employer by code, some thousands at a time."""
    last = ""
    while rows := list(Employer.objects.filter(code__gt=last).order_by("code")[:_AT_ONCE]):
        yield from _with_standing(rows)
        last = rows[-1].code


def _offices(province: str, office: str) -> list[str]:
    """Codes of the offices meant: that one, if it is in the province, or all of the province."""
    if not office:
        return [code for code, _ in offices.in_province(province)]
    is_there = offices.exists(office) and province in ("", offices.province_of(office))
    return [office] if is_there else []


def _by_code(rows: QuerySet[Employer], text: str) -> list[Employer]:
    typed = number_text(text)
    if tax_code := columns.written(typed):
        return list(rows.filter(tax_code=tax_code).order_by("code")[:CANDIDATES])
    return _of_code(rows, typed)


def _of_code(rows: QuerySet[Employer], typed: str) -> list[Employer]:
    code = code_text(typed).upper()
    return list(rows.filter(code=code)) if re.fullmatch(EMPLOYER, code) else []


def _by_words(rows: QuerySet[Employer], text: str) -> list[Employer]:
    query = search_terms.query(text)
    if text.strip() and not query:
        return []
    if not query:
        return list(rows.order_by("code")[: CANDIDATES + 1])
    rows = rows.filter(RawSQL(_FITS, [query], BooleanField()))  # noqa: S611 - words of ours
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_BY_INDEX)
        candidates = list(rows.order_by()[: CANDIDATES + 1])
    typed = fold(text)
    return sorted(candidates, key=lambda row: _order(row, typed))


def _order(row: Employer, typed: str) -> tuple[bool, int, str]:
    """First those whose name holds what was typed as it stands, short names first."""
    name = fold(row.name)
    return typed not in name, len(name) if typed else 0, row.code


def _with_standing(rows: Sequence[Employer]) -> Iterator[tuple[EmployerView, Standing]]:
    standings = statistics.of([row.code for row in rows])
    for row in rows:
        yield view(row), standings.get(row.code, statistics.UNKNOWN)


def view(row: Employer) -> EmployerView:
    """An employer as shown to people."""
    return EmployerView(
        code=row.code,
        name=row.name,
        tax_code=row.tax_code,
        address=row.address,
        office_code=row.office_id or "",
        paying_cycle=row.paying_cycle,
        is_synthetic=row.is_synthetic,
        as_of=row.as_of,
    )
