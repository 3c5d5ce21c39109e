"""Rows of the directory as the cells of their files, to be edited and compared."""

from __future__ import annotations

from datetime import date
from typing import Any

from vssid.domain.imports.importer import Importer
from vssid.domain.offices import hours
from vssid.domain.offices.importers import OFFICES
from vssid.domain.offices.models import Office

from .importers import COLLECTORS, FACILITIES, POINTS
from .kinds import FACILITY, OFFICE, POINT
from .models import Collector, Facility, Point

COLLECTOR = "collector"
IMPORTERS: dict[str, Importer] = {
    OFFICE: OFFICES,
    FACILITY: FACILITIES,
    POINT: POINTS,
    COLLECTOR: COLLECTORS,
}
TABLES: dict[str, Any] = {OFFICE: Office, FACILITY: Facility, POINT: Point, COLLECTOR: Collector}
_FIELDS = {"parent_code": "parent_id", "collector_code": "collector_id"}
_BY_BAR = frozenset({"old_districts", "specialties"})
Cells = dict[str, str]


def columns(kind: str) -> list[str]:
    """The columns of a kind, in the order of its files."""
    return [column.name for column in IMPORTERS[kind].columns]


def of(kind: str, row: Any) -> Cells:
    """Every cell of a row of the table."""
    return {name: _cell(name, getattr(row, _FIELDS.get(name, name))) for name in columns(kind)}


def _cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    if name == "hours":
        return hours.to_cell(hours.from_json(value))
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return f"{value:.8f}".rstrip("0").rstrip(".")
    if isinstance(value, date):
        return f"{value:%d/%m}/{value.year:04}"
    if isinstance(value, list):
        return (" | " if name in _BY_BAR else " ").join(map(str, value))
    return str(value)
