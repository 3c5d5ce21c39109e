"""Codes of imports in the words of the console."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vssid.domain.imports import messages
from vssid.domain.imports.errors import BadFile
from vssid.domain.imports.models import ImportRun, Upload
from vssid.domain.imports.registry import importers
from vssid.domain.imports.upload_queries import Pace, Refused, UploadView
from vssid.web.ui.templatetags.ui import so

from .words import Words

State, RunState = Upload.State, ImportRun.State
# In the order in which they are to be loaded: later ones point at earlier ones.
KINDS: Mapping[str, tuple[Words, Words]] = {
    "offices": (gettext_lazy("Cơ quan BHXH"), gettext_lazy("Tên, địa chỉ, giờ làm việc, địa bàn.")),
    "employers": (gettext_lazy("Đơn vị sử dụng lao động"), gettext_lazy("Mã đơn vị và cơ quan quản lý.")),
    "facilities": (
        gettext_lazy("Cơ sở khám chữa bệnh"),
        gettext_lazy("Mã cơ sở, tên, địa chỉ, tỉnh hoặc thành phố."),
    ),
    "collectors": (gettext_lazy("Tổ chức dịch vụ thu"), gettext_lazy("Mã, tên, điện thoại.")),
    "points": (
        gettext_lazy("Điểm thu, đại lý thu"),
        gettext_lazy("Tên, người phụ trách, dịch vụ, địa bàn, vị trí."),
    ),
    "people": (
        gettext_lazy("Người tham gia"),
        gettext_lazy("Mã số BHXH, họ tên, giấy tờ, liên hệ, hộ gia đình."),
    ),
    "participation": (
        gettext_lazy("Quá trình đóng"),
        gettext_lazy("Từng giai đoạn đóng BHXH, BHTN, TNLĐ-BNN."),
    ),
    "coverage": (gettext_lazy("Thời hạn BHYT"), gettext_lazy("Đối tượng, mức hưởng, nơi đăng ký, thời hạn.")),
    "benefits": (gettext_lazy("Chế độ đã giải quyết"), gettext_lazy("Quyết định, số tiền, cách chi trả.")),
    "visits": (gettext_lazy("Lần khám chữa bệnh"), gettext_lazy("Nơi khám, chẩn đoán, chi phí theo nguồn.")),
    "xml1": (gettext_lazy("Bảng XML1"), gettext_lazy("Cùng các lần khám, theo bảng XML1 của cơ sở.")),
    "certificates": (
        gettext_lazy("Giấy của cơ sở khám chữa bệnh"),
        gettext_lazy("Giấy nghỉ việc hưởng BHXH, giấy ra viện, giấy chứng sinh."),
    ),
    "merges": (
        gettext_lazy("Gộp mã số BHXH"),
        gettext_lazy("Hai mã của cùng một người: mã được giữ và mã bị gộp."),
    ),
}
# (words, pill)
STATES: Mapping[str, tuple[Words, str]] = {
    State.WAITING: (gettext_lazy("Đang chờ"), "plain"),
    State.WORKING: (gettext_lazy("Đang nạp"), "warn"),
    State.DONE: (gettext_lazy("Đã nạp"), "good"),
    State.REFUSED: (gettext_lazy("Không nhận tệp"), "bad"),
    State.FAILED: (gettext_lazy("Bị lỗi"), "bad"),
    State.CANCELLED: (gettext_lazy("Đã hủy"), "plain"),
}
CHECKED = (gettext_lazy("Đã kiểm tra"), "good")
RUN_STATES: Mapping[str, tuple[Words, str]] = {
    RunState.STAGING: (gettext_lazy("Đang đọc"), "warn"),
    RunState.MERGING: (gettext_lazy("Đang nạp"), "warn"),
    RunState.DONE: (gettext_lazy("Đã nạp"), "good"),
    RunState.STOPPED: (gettext_lazy("Dừng giữa chừng"), "bad"),
    RunState.FAILED: (gettext_lazy("Bị lỗi"), "bad"),
}
PHASES: Mapping[str, Words] = {
    "": gettext_lazy("Chuẩn bị"),
    "staging": gettext_lazy("Đọc và kiểm tra từng dòng"),
    "checking": gettext_lazy("Đối chiếu với dữ liệu đã có"),
    "merging": gettext_lazy("Ghi vào dữ liệu"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why rows were refused, and how many: no content of any row."""

    field: str
    sentence: str
    rows: int


def kind(code: str) -> Words:
    """The name of a kind of file."""
    return KINDS[code][0] if code in KINDS else code


def in_order() -> list[str]:
    """The kinds there are, in the order to load them."""
    known = importers()
    return [*(code for code in KINDS if code in known), *sorted(known.keys() - KINDS.keys())]


def state(state: str, *, dry_run: bool) -> tuple[Words, str]:
    """(words, pill) of an upload's state; what was only checked was not loaded."""
    return CHECKED if dry_run and state == State.DONE else STATES[state]


def run_state(state: str, *, dry_run: bool) -> tuple[Words, str]:
    """(words, pill) of a run by command."""
    return CHECKED if dry_run and state == RunState.DONE else RUN_STATES[state]


def reasons(refused: list[Refused], kind: str) -> list[Reason]:
    """The refused rows of a run by column and sentence."""
    known = importers().get(kind)
    more = known.messages if known else {}
    return [Reason(one.field, messages.row_sentence(one.code, more), one.rows) for one in refused]


def refusal(facts: Mapping[str, Any]) -> str:
    """Why a file was not taken after all."""
    rest: dict[str, Any] = {"found": "", "lacking": [], "unknown": [], "expected": []}
    return messages.file_sentence(BadFile(**rest | dict(facts)))


def size(size_in_bytes: int) -> str:
    """`12 kB`, `34 MB`"""
    if size_in_bytes < 1_000_000:
        return f"{max(1, round(size_in_bytes / 1000))} kB"
    return f"{round(size_in_bytes / 1_000_000)} MB"


def rate(pace: Pace) -> str:
    """`25.000 dòng mỗi giây`, or nothing while unknown."""
    if pace.rows_a_second is None:
        return ""
    rows = pace.rows_a_second
    return ngettext("%(rows)s dòng mỗi giây", "%(rows)s dòng mỗi giây", rows) % {"rows": so(rows)}


def left(pace: Pace) -> str:
    """`còn khoảng 2 phút`, or nothing while unknown."""
    seconds = pace.seconds_left
    if seconds is None:
        return ""
    if seconds < 60:
        return _("còn chưa đến 1 phút")
    minutes = round(seconds / 60)
    return ngettext("còn khoảng %(n)d phút", "còn khoảng %(n)d phút", minutes) % {"n": minutes}


def now_doing(one: UploadView) -> str:
    """What a reader of the screen hears: it changes with the phase and each tenth of the rows."""
    if one.state == State.WAITING:
        return waiting(one)
    phase = str(PHASES.get(one.phase, PHASES[""]))
    if not one.total:
        return phase
    return _("%(phase)s: %(percent)d %%") % {"phase": phase, "percent": one.done * 10 // one.total * 10}


def waiting(one: UploadView) -> str:
    """Why an upload waits."""
    if one.phase == Upload.HELD:
        return _("Một lần nhập khác cùng loại đang chạy. Tệp này tự chạy khi lần đó xong.")
    return _("Tệp đang chờ đến lượt và sẽ tự chạy.")
