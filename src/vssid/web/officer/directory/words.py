"""Columns of the directory, their cells and what is refused, in the words of the console."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.domain.directory import cells
from vssid.domain.directory.cells import COLLECTOR
from vssid.domain.directory.kinds import FACILITY, OFFICE, POINT
from vssid.domain.directory.models import Change
from vssid.domain.imports.check import messages
from vssid.domain.offices import hours
from vssid.domain.places import queries as places
from vssid.web.ui.words.place_words import LEVELS, SERVICES

from ..casework.words import Words


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of place in the console: its word in addresses, its name, and the name of one of it."""

    slug: str
    name: Words
    singular: Words


KINDS: dict[str, Kind] = {
    OFFICE: Kind("co-quan", gettext_lazy("Cơ quan BHXH"), gettext_lazy("cơ quan BHXH")),
    FACILITY: Kind("co-so", gettext_lazy("Cơ sở khám chữa bệnh"), gettext_lazy("cơ sở khám chữa bệnh")),
    POINT: Kind("diem-thu", gettext_lazy("Điểm thu, đại lý thu"), gettext_lazy("điểm thu, đại lý thu")),
    COLLECTOR: Kind("to-chuc-thu", gettext_lazy("Tổ chức dịch vụ thu"), gettext_lazy("tổ chức dịch vụ thu")),
}
OF_SLUG = {kind.slug: code for code, kind in KINDS.items()}

# Column: label, help, example. What has no words here is not edited by hand.
COLUMNS: dict[str, tuple[Words, Words, str]] = {
    "code": (gettext_lazy("Mã"), "", ""),
    "parent_code": (gettext_lazy("Mã cơ quan cấp trên"), "", "03100"),
    "name": (gettext_lazy("Tên"), "", ""),
    "collector_code": (gettext_lazy("Tổ chức dịch vụ thu"), "", ""),
    "person_in_charge": (gettext_lazy("Người phụ trách"), "", ""),
    "address": (gettext_lazy("Địa chỉ"), "", ""),
    "phone": (gettext_lazy("Điện thoại"), "", ""),
    "hours": (
        gettext_lazy("Giờ làm việc"),
        gettext_lazy("2 là thứ Hai … 7 là thứ Bảy, 8 là Chủ nhật; các nhóm cách nhau bằng dấu chấm phẩy."),
        "2-6 07:30-11:30 13:30-17:00; 7 07:30-11:30",
    ),
    "closed_days": (
        gettext_lazy("Ngày nghỉ riêng"),
        gettext_lazy("Ngoài các ngày lễ, tết; năm-tháng-ngày, cách nhau bằng dấu cách."),
        "2026-11-30 2026-12-24",
    ),
    "province_code": (gettext_lazy("Tỉnh, thành phố"), "", ""),
    "commune_code": (
        gettext_lazy("Mã phường, xã theo địa chỉ"),
        gettext_lazy("5 chữ số, danh mục hiện nay."),
        "11311",
    ),
    "communes": (
        gettext_lazy("Mã phường, xã phục vụ"),
        gettext_lazy("Danh mục hiện nay, cách nhau bằng dấu cách."),
        "11311 11602",
    ),
    "area": (
        gettext_lazy("Mã phường, xã trong địa bàn"),
        gettext_lazy("Danh mục hiện nay, cách nhau bằng dấu cách."),
        "11311 11602",
    ),
    "old_districts": (
        gettext_lazy("Quận, huyện phục vụ trước 1/7/2025"),
        gettext_lazy("Cách nhau bằng dấu gạch đứng."),
        "Quận Hồng Bàng | Quận Lê Chân",
    ),
    "receives_applications": (gettext_lazy("Nhận hồ sơ đăng ký"), "", ""),
    "services": (gettext_lazy("Dịch vụ"), "", ""),
    "level": (gettext_lazy("Cấp chuyên môn kỹ thuật"), "", ""),
    "bhyt_from": (
        gettext_lazy("Hợp đồng KCB BHYT từ ngày"),
        gettext_lazy("Để trống: không có."),
        "01/01/2026",
    ),
    "bhyt_until": (
        gettext_lazy("Hợp đồng KCB BHYT đến ngày"),
        gettext_lazy("Để trống: còn tiếp tục."),
        "31/12/2026",
    ),
    "leave_papers": (gettext_lazy("Có thẩm quyền cấp giấy chứng nhận nghỉ việc hưởng BHXH"), "", ""),
    "specialties": (
        gettext_lazy("Chuyên khoa"),
        gettext_lazy("Cách nhau bằng dấu gạch đứng."),
        "Nội khoa | Nhi khoa",
    ),
    "latitude": (gettext_lazy("Vĩ độ"), "", "20.8561"),
    "longitude": (gettext_lazy("Kinh độ"), "", "106.6822"),
    "valid_from": (gettext_lazy("Ngày đầu hoạt động"), gettext_lazy("Để trống: không rõ."), "01/01/2026"),
    "valid_until": (
        gettext_lazy("Ngày cuối hoạt động"),
        gettext_lazy("Để trống: còn hoạt động."),
        "31/12/2026",
    ),
}
ACTIONS: dict[str, Words] = {
    Change.Action.CREATE: gettext_lazy("Thêm mới"),
    Change.Action.CHANGE: gettext_lazy("Sửa"),
    Change.Action.CLOSE: gettext_lazy("Ngừng hoạt động"),
}
# State: words, kind of pill.
STATES: dict[str, tuple[Words, str]] = {
    Change.State.WAITING: (gettext_lazy("Chờ đến ngày"), "warn"),
    Change.State.DONE: (gettext_lazy("Đã có hiệu lực"), "good"),
    Change.State.WITHDRAWN: (gettext_lazy("Đã rút"), "plain"),
    Change.State.REFUSED: (gettext_lazy("Không áp dụng được"), "bad"),
}
REFUSALS: dict[str, Words] = {
    "exists": gettext_lazy("Mã này đã có trong danh bạ."),
    "gone": gettext_lazy("Nơi này không còn trong danh bạ."),
    "reason_short": gettext_lazy("Hãy ghi lý do, ít nhất 5 ký tự."),
    "reason_long": gettext_lazy("Lý do dài quá 500 ký tự. Hãy viết ngắn lại."),
    "bad_on": gettext_lazy("Hãy chọn ngày từ hôm nay đến trong vòng một năm."),
}


def refusal(kind: str, code: str) -> str:
    """Why a cell, the reason or the day was refused."""
    return str(REFUSALS.get(code) or messages.row_sentence(code, cells.IMPORTERS[kind].messages))


def shown(name: str, cell: str, collectors: Mapping[str, str]) -> str:
    """A cell as a person reads it; `collectors` names their codes."""
    if name in _YES_NO:
        return _("Có") if cell == "1" else _("Không")
    if not cell:
        return "–"
    if name == "collector_code":
        return collectors.get(cell, cell)
    return _SHOWN[name](cell) if name in _SHOWN else cell


def _province(cell: str) -> str:
    try:
        return places.province(cell).full_name
    except places.UnknownPlace:
        return cell


def _communes(cell: str) -> str:
    return ", ".join(
        f"{places.commune(code).full_name} ({code})" if places.is_commune(code) else code
        for code in cell.split()
    )


def _hours(cell: str) -> str:
    return "; ".join(hours.lines(hours.parse(cell)))


def _services(cell: str) -> str:
    return ", ".join(str(SERVICES.get(code, code)) for code in cell.split())


def _days(cell: str) -> str:
    return ", ".join(f"{date.fromisoformat(day):%d/%m/%Y}" for day in cell.split())


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell for the page. `as_written`: in the words of the directory, not the reader's."""

    label: Words
    now: str
    before: str
    as_written: bool


def read(
    values: Mapping[str, str], collectors: Mapping[str, str], before: Mapping[str, str] | None = None
) -> list[Cell]:
    """Cells by column, those that have words here."""
    return [
        Cell(
            label(name),
            shown(name, cell, collectors),
            shown(name, (before or {}).get(name, ""), collectors),
            name not in _YES_NO and name not in _TRANSLATED,
        )
        for name, cell in values.items()
        if name in COLUMNS
    ]


_TRANSLATED = frozenset({"services", "level", "hours"})
_YES_NO = frozenset({"receives_applications", "leave_papers", "is_synthetic"})
_SHOWN: dict[str, Callable[[str], str]] = {
    "province_code": _province,
    "commune_code": _communes,
    "communes": _communes,
    "area": _communes,
    "hours": _hours,
    "services": _services,
    "closed_days": _days,
    "level": lambda cell: str(LEVELS.get(cell, cell)),
}


def label(name: str) -> Words:
    """The name of a column; a column without words keeps its own."""
    return COLUMNS[name][0] if name in COLUMNS else name


def told(change: Change, collectors: Mapping[str, str]) -> dict[str, Any]:
    """A change for the page: what, in which state, each cell before and after, and what was refused."""
    words, pill = STATES[change.state]
    return {
        "change": change,
        "what": ACTIONS[change.action],
        "state": words,
        "pill": pill,
        "kind": KINDS[change.kind],
        "cells": read(change.after, collectors, change.before),
        "refusals": [(label(name), refusal(change.kind, code)) for name, code in change.refusals.items()],
        "waits": change.state == Change.State.WAITING,
    }
