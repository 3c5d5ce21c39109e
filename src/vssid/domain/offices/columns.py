"""Columns that files of offices and of the directory share: places, hours, where it lies."""

from __future__ import annotations

import json
import re
from datetime import date

from django.utils.translation import gettext_lazy

from vssid.domain.imports.check import cells
from vssid.domain.imports.errors import BadCell
from vssid.domain.imports.importer import Column, Holds, Seal
from vssid.domain.places import queries as places

from . import hours as week

MOST_CLOSED = 60
_ISO_DAY = re.compile(r"20\d\d-\d\d-\d\d")
MESSAGES = {
    "bad_hours": gettext_lazy(
        "Giờ làm việc không đúng; viết như 2-6 07:30-11:30 13:30-17:00; 7 07:30-11:30."
    ),
    "bad_closed_days": gettext_lazy(
        "Ngày nghỉ không đúng; viết như 2026-11-30 2026-12-24, cách nhau dấu cách, tối đa 60 ngày."
    ),
    "unknown_province": gettext_lazy("Không có mã tỉnh này trong danh mục hiện hành."),
    "unknown_commune": gettext_lazy("Không có mã xã này trong danh mục hiện hành."),
    "bad_position": gettext_lazy("Vĩ độ từ 8 đến 24, kinh độ từ 102 đến 118, tính bằng độ, ví dụ 20.8561."),
}


def province() -> Column:
    """A province of today's list; required."""
    return Column(
        "province_code",
        "two-digit province",
        True,
        parse=_province,
        gives={"province_code": "text"},
        holds=Holds.CODE,
        digits=cells.exactly(2),
    )


def commune() -> Column:
    """A commune of today's list."""
    about = "five-digit commune of today"
    gives = {"commune_code": "text"}
    return Column(
        "commune_code", about, parse=_commune, gives=gives, holds=Holds.CODE, digits=cells.exactly(5)
    )


def communes(name: str, about: str) -> Column:
    """Codes of communes of today's list, by spaces."""
    return Column(name, about, parse=_communes, gives={name: "text[]"}, holds=Holds.LIST)


def hours() -> Column:
    """Opening hours of a week, as `offices.hours` reads them."""
    return Column(
        "hours", "2-6 07:30-11:30 13:30-17:00; 7 …", parse=_hours, gives={"hours": "text"}, holds=Holds.LIST
    )


def closed_days() -> Column:
    """Days on which a place rests besides public holidays."""
    about = "days closed besides public holidays, 2026-11-30, by spaces"
    return Column("closed_days", about, parse=_closed_days, gives={"closed_days": "date[]"}, holds=Holds.LIST)


def degrees(name: str, least: int, most: int) -> Column:
    """Latitude or longitude in degrees (WGS 84)."""
    number = r"{c} ~ '^\d{1,3}(\.\d{1,8})?$'"
    inside = f"CASE WHEN {number} THEN {{c}}::float8 BETWEEN {least} AND {most} ELSE false END"
    about = f"degrees, {least} to {most}"
    return Column(name, about, False, inside, "bad_position", holds=Holds.PERCENT)


LATITUDE, LONGITUDE = degrees("latitude", 8, 24), degrees("longitude", 102, 118)


def _hours(cell: str, _: Seal) -> tuple[object, ...]:
    try:
        return (json.dumps(week.to_json(week.parse(cell))),)
    except week.BadHours:
        raise BadCell("bad_hours") from None


def _closed_days(cell: str, _: Seal) -> tuple[object, ...]:
    words = cell.split()
    try:
        days = sorted({date.fromisoformat(word) for word in words if _ISO_DAY.fullmatch(word)})
    except ValueError:
        raise BadCell("bad_closed_days") from None
    if len(words) > MOST_CLOSED or not all(_ISO_DAY.fullmatch(word) for word in words):
        raise BadCell("bad_closed_days")
    return ("{" + ",".join(f"{day}" for day in days) + "}",)


def _province(cell: str, _: Seal) -> tuple[object, ...]:
    try:
        return (places.province(cell).code,)
    except places.UnknownPlace:
        raise BadCell("unknown_province") from None


def _commune(cell: str, _: Seal) -> tuple[object, ...]:
    try:
        return (places.commune(cell).code,)
    except places.UnknownPlace:
        raise BadCell("unknown_commune") from None


def _communes(cell: str, _: Seal) -> tuple[object, ...]:
    try:
        return ("{" + ",".join(places.commune(code).code for code in cell.split()) + "}",)
    except places.UnknownPlace:
        raise BadCell("unknown_commune") from None
