"""Codes of imports in the words of the console."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vssid.domain.imports.check import left_out, messages
from vssid.domain.imports.errors import BadFile
from vssid.domain.imports.models import ImportRun, Upload
from vssid.domain.imports.queries import RunReport
from vssid.domain.imports.read.written_days import Order
from vssid.domain.imports.registry import importers
from vssid.domain.imports.uploads.queries import Pace, Refused, UploadView, lines_of, refused
from vssid.web.ui.templatetags.ui import so

from ..casework.words import Words

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
        gettext_lazy("Giấy chứng nhận nghỉ việc hưởng BHXH, giấy ra viện, giấy chứng sinh."),
    ),
    "merges": (
        gettext_lazy("Gộp mã số BHXH"),
        gettext_lazy("Hai mã của cùng một người: mã được giữ và mã bị gộp."),
    ),
}
# How the days of a file are meant, when they are in doubt.
ORDERS: list[tuple[str, Words]] = [
    (Order.UNSAID, gettext_lazy("Hỏi lại nếu có ngày đáng ngờ")),
    (Order.AS_SHOWN, gettext_lazy("Ô ngày đúng như hiển thị; ngày dạng văn bản theo ngày/tháng/năm")),
    (Order.TURNED, gettext_lazy("Bảng tính đã đảo ngày với tháng; hãy đảo lại")),
    (Order.MONTH_FIRST, gettext_lazy("Ngày ở dạng văn bản theo thứ tự tháng/ngày/năm")),
]
# (words, pill)
STATES: Mapping[str, tuple[Words, str]] = {
    State.WAITING: (gettext_lazy("Đang chờ"), "plain"),
    State.WORKING: (gettext_lazy("Đang nạp"), "warn"),
    State.SHOWN: (gettext_lazy("Chờ xác nhận"), "warn"),
    State.DONE: (gettext_lazy("Đã nạp"), "good"),
    State.REFUSED: (gettext_lazy("Không nhận tệp"), "bad"),
    State.FAILED: (gettext_lazy("Bị lỗi"), "bad"),
    State.CANCELLED: (gettext_lazy("Đã hủy"), "plain"),
}
CHECKED = (gettext_lazy("Đã kiểm tra"), "good")
CHECKED_IN_PART = (gettext_lazy("Đã kiểm tra, có dòng sai"), "warn")
CHECKING = (gettext_lazy("Đang kiểm tra"), "warn")
IN_PART = (gettext_lazy("Đã nạp một phần"), "warn")
NOTHING = (gettext_lazy("Không dòng nào dùng được"), "bad")
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
COMPARING = gettext_lazy("Tính các thay đổi sẽ ghi")


@dataclass(frozen=True, slots=True)
class Change:
    """What a run changes in a column: how many rows, how many of them by a blank, and some of them."""

    column: str
    title: Words
    rows: int
    erased: int
    examples: list[Example]


@dataclass(frozen=True, slots=True)
class Example:
    """One value that becomes another."""

    line: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why rows were refused, and how many: no content of any row."""

    field: str
    title: Words
    sentence: str
    rows: int


def kind(code: str) -> Words:
    """The name of a kind of file."""
    return KINDS[code][0] if code in KINDS else code


def in_order() -> list[str]:
    """The kinds there are, in the order to load them."""
    known = importers()
    return [*(code for code in KINDS if code in known), *sorted(known.keys() - KINDS.keys())]


def state(upload: UploadView) -> tuple[Words, str]:
    """(words, pill) of an upload's state; what was only checked was not loaded."""
    if upload.state == State.SHOWN:
        return STATES[State.SHOWN]
    if upload.report is not None:
        return _outcome(upload.report)
    if upload.state == State.WORKING and upload.confirmed_at is None:
        return CHECKING
    return STATES[upload.state]


def run_state(report: RunReport) -> tuple[Words, str]:
    """(words, pill) of a run by command."""
    return _outcome(report) if report.state == RunState.DONE else RUN_STATES[report.state]


def _outcome(report: RunReport) -> tuple[Words, str]:
    """How a run that came to its end went: well, in part, or not at all."""
    if report.refused == report.read:
        return NOTHING
    if report.refused:
        return CHECKED_IN_PART if report.dry_run else IN_PART
    return CHECKED if report.dry_run else RUN_STATES[RunState.DONE]


def order(code: str) -> Words:
    """How the days of a file were meant; empty when nobody said."""
    return next((words for known, words in ORDERS if code and known == code), "")


def changes(report: RunReport, examples: Mapping[str, list[tuple[int, str, str]]]) -> list[Change]:
    """What a run changes, column by column, the most rows first."""
    known = importers().get(report.kind)
    column_changes = [
        Change(
            column.name,
            known.called(column.name) if known else column.name,
            column.changed,
            column.erased,
            [Example(*step) for step in examples.get(column.name, [])],
        )
        for column in report.columns
    ]
    return sorted(column_changes, key=lambda change: (-change.rows, change.column))


# Why a row did not go back.
LEFT: Mapping[str, Words] = {
    "changed_since": gettext_lazy("Đã được sửa sau lần nạp này"),
    "hangs": gettext_lazy("Dòng mới này đã có dữ liệu khác dùng đến"),
    "id_taken": gettext_lazy("Số giấy tờ cũ nay thuộc người khác"),
}
LINES_TOLD = 100


def left_by_undo(run_id: int) -> list[tuple[str, int, list[int], bool]]:
    """Why rows did not go back, how many, the first of their lines, and whether there are more."""
    not_undone = []
    for refused_rows in refused(run_id):
        lines = lines_of(run_id, refused_rows.code, limit=LINES_TOLD)
        not_undone.append(
            (
                str(LEFT.get(refused_rows.code, refused_rows.code)),
                refused_rows.rows,
                lines,
                refused_rows.rows > len(lines),
            )
        )
    return not_undone


def reasons(refusals: list[Refused], kind: str) -> list[Reason]:
    """The refused rows of a run by column and sentence."""
    known = importers().get(kind)
    more = known.messages if known else {}
    return [
        Reason(
            refused_rows.field,
            known.called(refused_rows.field) if known else refused_rows.field,
            messages.row_sentence(refused_rows.code, more),
            refused_rows.rows,
        )
        for refused_rows in refusals
    ]


def asides(run_id: int, kind: str) -> list[str]:
    """What of loaded rows was left out, and in which lines."""
    known = importers().get(kind)
    return [messages.aside_sentence(aside, known) for aside in left_out.of(run_id)] if known else []


def read_as(headings: str, kind: str) -> list[str]:
    """What headings were taken for."""
    return messages.read_as(headings, importers().get(kind))


def refusal(facts: Mapping[str, Any], kind: str) -> str:
    """Why a file was not taken after all."""
    rest: dict[str, Any] = {"found": "", "lacking": [], "unknown": [], "expected": []}
    return messages.file_sentence(BadFile(**rest | dict(facts)), importers().get(kind))


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


def now_doing(upload: UploadView) -> str:
    """What a reader of the screen hears: it changes with the phase and each tenth of the rows."""
    if upload.state == State.WAITING:
        return waiting(upload)
    trying = upload.phase == "merging" and upload.confirmed_at is None
    phase = str(COMPARING if trying else PHASES.get(upload.phase, PHASES[""]))
    if not upload.total:
        return phase
    return _("%(phase)s: %(percent)d %%") % {"phase": phase, "percent": upload.done * 10 // upload.total * 10}


def waiting(upload: UploadView) -> str:
    """Why an upload waits."""
    if upload.phase == Upload.HELD:
        return _("Một lần nhập khác cùng loại đang chạy. Tệp này tự được xử lý khi lần đó xong.")
    return _("Tệp đang chờ đến lượt và sẽ tự được xử lý.")
