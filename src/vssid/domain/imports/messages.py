"""Sentences for refused files and rows."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .errors import AlreadyRunning, BadFile

ROW: Mapping[str, str | Promise] = {
    "missing": gettext_lazy("Thiếu giá trị bắt buộc."),
    "bad_value": gettext_lazy("Giá trị không hợp lệ."),
    "bad_day": gettext_lazy("Ngày không hợp lệ; viết 2025-01-31 hoặc 31/01/2025."),
    "bad_month": gettext_lazy("Tháng không hợp lệ; viết 2025-01 hoặc 01/2025."),
    "bad_minute": gettext_lazy("Ngày giờ không hợp lệ; viết 2025-01-31 08:30 hoặc 202501310830."),
    "bad_choice": gettext_lazy("Giá trị không có trong danh mục của cột này."),
    "too_long": gettext_lazy("Nội dung dài quá mức cho phép."),
    "line_break": gettext_lazy("Ô chứa dấu xuống dòng, thường do thiếu dấu nháy kép đóng."),
    "columns": gettext_lazy("Số ô của dòng khác với số cột của tiêu đề."),
    "unreadable": gettext_lazy("Không đọc được dòng này: dấu nháy kép sai hoặc ô quá dài."),
    "duplicate": gettext_lazy("Dòng trùng khóa với một dòng ở trên trong cùng tệp."),
}


def row_sentence(code: str, more: Mapping[str, str | Promise]) -> str:
    """The sentence for a refused row."""
    return str(more.get(code) or ROW.get(code) or ROW["bad_value"])


def refusal(error: BadFile | AlreadyRunning) -> str:
    """The sentence for an import that did not start."""
    if isinstance(error, AlreadyRunning):
        return _("Một lần nhập khác cùng loại đang chạy; hãy đợi lần đó xong rồi nhập lại.")
    return file_sentence(error)


_FILE: Mapping[str, str | Promise] = {
    "missing": gettext_lazy("Không tìm thấy tệp hoặc không đọc được tệp."),
    "empty": gettext_lazy("Tệp trống; cần dòng tiêu đề và các dòng dữ liệu."),
    "broken_gzip": gettext_lazy("Tệp nén gzip bị hỏng hoặc thiếu phần cuối; hãy nén hoặc gửi lại tệp."),
}
_FOUND: Mapping[str, str | Promise] = {
    "broken": gettext_lazy("Không mở được tệp %(kind)s: tệp bị hỏng hoặc có mật khẩu."),
    "too_large": gettext_lazy("Tệp %(kind)s quá lớn; hãy lưu thành “CSV UTF-8” rồi nhập lại."),
}


def file_sentence(error: BadFile) -> str:
    """The sentence for a refused file: what is wrong and what was expected."""
    reason = error.facts["reason"]
    if reason in _FILE:
        return str(_FILE[reason])
    if reason in _FOUND:
        return str(_FOUND[reason]) % {"kind": error.facts["found"]}
    if reason in ("not_text", "not_utf8"):
        return _unlike_csv(reason, error.facts["found"])
    return _(
        "Tiêu đề không đúng. Cột thiếu: %(missing)s. Cột lạ: %(unknown)s. Các cột của tệp: %(expected)s."
    ) % {
        "missing": ", ".join(error.facts["lacking"]) or "–",
        "unknown": ", ".join(error.facts["unknown"]) or "–",
        "expected": ", ".join(error.facts["expected"]),
    }


def _unlike_csv(reason: str, found: str) -> str:
    """What the file seems to be, when that is known, and what was expected."""
    if reason == "not_text":
        seems = _("Tệp có vẻ là %(kind)s.") if found else _("Tệp không phải CSV.")
        wanted = _(
            "Cần tệp CSV bảng mã UTF-8 (phân cách bằng dấu phẩy hoặc chấm phẩy, nén gzip cũng được), "
            "Excel (.xlsx) hoặc Parquet."
        )
    else:
        seems = _("Tệp có vẻ dùng bảng mã %(kind)s.") if found else _("Tệp không dùng bảng mã UTF-8.")
        wanted = _("Cần bảng mã UTF-8: trong Excel, chọn lưu thành “CSV UTF-8” rồi nhập lại.")
    return f"{seems % {'kind': found} if found else seems} {wanted}"
