"""What HR reads of lists and of each form on one."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vssid.domain.employers.handing_in.queries import Line
from vssid.domain.employers.models.printing import PrintRun
from vssid.domain.registration.desk.receiving import Outcome
from vssid.domain.registration.models import HandoverList

Words = str | Promise
MISSING, UNLISTED, WAITING = "missing", "unlisted", "waiting"
# Colour, what it is, what HR does with the sheet; nothing of what an office decided about a person.
LINES: Mapping[str, tuple[str, Words, Words]] = {
    WAITING: ("plain", _("Chưa quét"), ""),
    Outcome.RECEIVED: ("good", _("Đã nhận"), ""),
    Outcome.TWICE: ("info", _("Đã nhận từ trước"), _("Cơ quan đã có tờ khai này; không cần nộp lại.")),
    Outcome.LATE: (
        "bad",
        _("Quá hạn nộp"),
        _("Hạn nộp tờ khai đã qua. Người lao động cần gửi hồ sơ mới rồi ký tờ khai mới."),
    ),
    Outcome.CLOSED: (
        "bad",
        _("Hồ sơ không còn chờ tờ khai"),
        _("Trả tờ khai cho người lao động; người đó xem hồ sơ của mình để biết việc cần làm."),
    ),
    Outcome.ELSEWHERE: (
        "warn",
        _("Thuộc cơ quan khác"),
        _("Người lao động đã chọn cơ quan khác. Hãy nộp tờ khai ở đó."),
    ),
    Outcome.IN_HANDS: ("warn", _("Chưa ghi nhận được"), _("Cán bộ đang mở hồ sơ này và sẽ quét lại.")),
    Outcome.OWN: ("warn", _("Chưa ghi nhận được"), _("Cán bộ khác của cơ quan sẽ nhận tờ khai này.")),
    Outcome.UNSIGNED: (
        "bad",
        _("Chưa ký"),
        _("Cơ quan trả lại. Người lao động ký, ghi rõ họ tên rồi nộp trong bảng kê sau."),
    ),
    Outcome.UNKNOWN: (
        "bad",
        _("Không có hồ sơ mang số này"),
        _("In lại tờ khai rồi nộp trong bảng kê sau."),
    ),
    MISSING: (
        "bad",
        _("Thiếu trong chồng"),
        _("Bảng kê có ghi nhưng không có tờ khai. Tìm tờ giấy rồi nộp trong bảng kê sau."),
    ),
    UNLISTED: (
        "warn",
        _("Không có trong bảng kê"),
        _("Tờ giấy nằm trong chồng nhưng bảng kê không ghi. Hỏi cơ quan đã nhận bảng kê."),
    ),
}
STATES: Mapping[str, tuple[Words, str]] = {
    "open": (_("Chờ nộp"), "wait"),
    "begun": (_("Cơ quan đang nhận"), "wait"),
    "ended": (_("Đã nhận xong"), "good"),
    "cancelled": (_("Đã hủy"), "plain"),
}


def of_line(line: Line, *, ended: bool) -> tuple[str, Words, Words]:
    """Colour, title and text of a line."""
    if not line.is_listed:
        tone, title, text = LINES[UNLISTED]
        if line.full_name and line.is_there:
            text = _("Cơ quan đã nhận tờ khai này dù bảng kê không ghi.")
        return tone, title, text
    return LINES[line.outcome or (MISSING if ended else WAITING)]


def state_of(row: HandoverList, *, begun: bool) -> tuple[Words, str]:
    """Where a list is."""
    if row.is_cancelled:
        return STATES["cancelled"]
    if row.closed_at is not None:
        return STATES["ended"]
    return STATES["begun" if begun else "open"]


RUNS: Mapping[str, tuple[Words, str]] = {
    PrintRun.State.MAKING: (_("Đang tạo tệp"), "wait"),
    PrintRun.State.READY: (_("Tải được"), "good"),
    PrintRun.State.GONE: (_("Không còn"), "plain"),
}
WHY_GONE: Mapping[str, Words] = {
    "old": _("Tệp đã hết ngày lưu và đã xóa."),
    "withdrawn": _(
        "Có người trong tệp đã rút đồng ý hoặc không còn ở đơn vị nên tệp đã xóa. Hãy tạo tệp mới."
    ),
    "dropped": _("Tệp đã được đơn vị xóa."),
    "empty": _("Không còn tờ khai nào để in khi tệp được tạo."),
    "died": _("Chưa tạo được tệp vì lỗi của hệ thống. Hãy tạo lại; nếu vẫn lỗi, hãy báo cơ quan BHXH."),
}


def of_run(row: PrintRun) -> tuple[Words, str, Words]:
    """Where a PDF is, its colour, and why it is gone."""
    state, tone = RUNS[row.state]
    if row.why in ("empty", "died"):
        state, tone = _("Chưa tạo được"), "bad"
    return state, tone, WHY_GONE.get(row.why, "")
