"""Sentences for refused files and rows."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..errors import AlreadyRunning, BadFile
from ..importer import Importer
from ..read.headings import bare
from .left_out import Aside

ROW: Mapping[str, str | Promise] = {
    "missing": gettext_lazy("Thiếu giá trị bắt buộc."),
    "bad_value": gettext_lazy("Giá trị không hợp lệ."),
    "bad_day": gettext_lazy("Ngày không hợp lệ; viết 2025-01-31 hoặc 31/01/2025."),
    "bad_month": gettext_lazy("Tháng không hợp lệ; viết 2025-01 hoặc 01/2025."),
    "bad_minute": gettext_lazy("Ngày giờ không hợp lệ; viết 2025-01-31 08:30 hoặc 202501310830."),
    "bad_choice": gettext_lazy("Giá trị không có trong danh mục của cột này."),
    "too_long": gettext_lazy("Nội dung dài quá mức cho phép."),
    "broken_cell": gettext_lazy("Ô bị lỗi công thức của bảng tính (như #N/A, #REF!); hãy ghi giá trị thật."),
    "formula": gettext_lazy("Ô là công thức mà tệp không có kết quả; hãy mở, lưu lại hoặc dán giá trị."),
    "formula_text": gettext_lazy("Nội dung là một công thức, không phải chữ."),
    "markup": gettext_lazy("Nội dung có mã HTML."),
    "wrong_encoding": gettext_lazy(
        "Chữ bị sai bảng mã (đọc nhầm UTF-8, hoặc phông TCVN3, VNI); hãy chuyển tệp sang Unicode UTF-8."
    ),
    "lost_zero": gettext_lazy(
        "Mã ở ô dạng số hoặc thiếu chữ số nên có thể đã mất số 0 ở đầu; "
        "hãy ghi đủ mã và định dạng cột là Văn bản."
    ),
    "near_lost_zero": gettext_lazy(
        "Các mã khác trong cột này đã mất số 0 ở đầu; mã này có thể là số định danh mất hai số 0. "
        "Hãy đối chiếu rồi bỏ dấu ? ở đầu."
    ),
    "power": gettext_lazy(
        "Bảng tính đã đổi mã thành số dạng lũy thừa (như 1,09901E+09) nên mất các chữ số; hãy ghi lại mã."
    ),
    "lost_digits": gettext_lazy("Số dài quá 15 chữ số trong ô dạng số đã mất các chữ số cuối."),
    "day_cell": gettext_lazy("Ô này là ngày; bảng tính có thể đã tự đổi. Hãy ghi lại ở dạng Văn bản."),
    "percent_cell": gettext_lazy("Ô này là tỷ lệ phần trăm."),
    "odd_cell": gettext_lazy("Ô này là TRUE hoặc FALSE."),
    "columns": gettext_lazy("Số ô của dòng khác với số cột của tiêu đề."),
    "unreadable": gettext_lazy("Không đọc được dòng này: có ô quá dài."),
    "unclosed_quote": gettext_lazy("Dòng này có dấu nháy kép mở mà không đóng; hãy đóng hoặc xóa dấu đó."),
    "quote_end": gettext_lazy(
        "Dấu nháy kép mở ở một dòng phía trên có vẻ kết thúc ở dòng này; hãy xem lại cả hai dòng."
    ),
    "duplicate": gettext_lazy("Dòng trùng khóa với một dòng ở trên trong cùng tệp."),
}


def row_sentence(code: str, more: Mapping[str, str | Promise]) -> str:
    """The sentence for a refused row."""
    return str(more.get(code) or ROW.get(code) or ROW["bad_value"])


def aside_sentence(aside: Aside, kind: Importer) -> str:
    """What was not loaded of rows that were, and where."""
    lines = ", ".join(map(str, aside.lines)) + (", …" if aside.cells > len(aside.lines) else "")
    return ngettext(
        "%(n)d ô ở cột %(column)s không đọc được nên không nạp; dòng đó vẫn nạp, dữ liệu cũ của ô được giữ. "
        "%(why)s Dòng: %(lines)s.",
        "%(n)d ô ở cột %(column)s không đọc được nên không nạp; dòng đó vẫn nạp, dữ liệu cũ của ô được giữ. "
        "%(why)s Dòng: %(lines)s.",
        aside.cells,
    ) % {
        "n": aside.cells,
        "column": kind.called(aside.field),
        "why": row_sentence(aside.code, kind.messages),
        "lines": lines,
    }


def refusal(error: BadFile | AlreadyRunning, kind: Importer | None = None) -> str:
    """The sentence for an import that did not start."""
    if isinstance(error, AlreadyRunning):
        return _("Một lần nhập khác cùng loại đang chạy; hãy đợi lần đó xong rồi nhập lại.")
    return file_sentence(error, kind)


_FILE: Mapping[str, str | Promise] = {
    "missing": gettext_lazy("Không tìm thấy tệp hoặc không đọc được tệp."),
    "no_rows": gettext_lazy("Tệp chỉ có tiêu đề, không có dòng dữ liệu nào; chưa nạp gì."),
    "empty": gettext_lazy("Tệp trống; cần dòng tiêu đề và các dòng dữ liệu."),
    "died": gettext_lazy(
        "Đã thử ba lần, lần nào tiến trình nạp tệp này cũng bị dừng đột ngột, nên tệp được để riêng và không "
        "thử nữa. Phần đã ghi vẫn đúng. Hãy chia nhỏ tệp hoặc lưu thành “CSV UTF-8” rồi tải lên lại."
    ),
    "long_line": gettext_lazy(
        "Tệp có một dòng dài quá 16 MB nên không phải bảng; hãy lưu lại, mỗi dòng một bản ghi."
    ),
    "other_keys": gettext_lazy(
        "Tệp này được đọc khi hệ thống còn dùng khóa dấu vân tay khác, nên không nạp tiếp được. Phần đã ghi "
        "vẫn đúng; hãy nạp lại tệp."
    ),
    "broken_gzip": gettext_lazy("Tệp nén gzip bị hỏng hoặc thiếu phần cuối; hãy nén hoặc gửi lại tệp."),
}
_FOUND: Mapping[str, str | Promise] = {
    "merged": gettext_lazy(
        "Trang tính có ô gộp trong phần dữ liệu (%(kind)s): hãy bỏ gộp ô và điền đủ từng dòng rồi nạp lại."
    ),
    "second_sheet": gettext_lazy(
        "Trang tính “%(kind)s” cũng có dữ liệu, mà chỉ trang đầu được nạp: hãy để mỗi tệp một trang."
    ),
    "broken": gettext_lazy("Không mở được tệp %(kind)s: tệp bị hỏng hoặc có mật khẩu."),
    "too_large": gettext_lazy("Tệp %(kind)s quá lớn; hãy lưu thành “CSV UTF-8” rồi nhập lại."),
    "wide": gettext_lazy(
        "Trang tính trải đến ô %(kind)s, nhiều ô trống quá mức: hãy xóa những gì nằm ngoài bảng "
        "(hoặc lưu thành “CSV UTF-8”) rồi nạp lại."
    ),
    "heavy": gettext_lazy(
        "Không đọc được tệp %(kind)s vì cần quá nhiều bộ nhớ hoặc thời gian; chưa nạp gì từ lần đọc này. "
        "Hãy chia nhỏ tệp, hoặc lưu thành “CSV UTF-8” rồi nhập lại."
    ),
}
_MOST: Mapping[str, str | Promise] = {
    "unpacks": gettext_lazy(
        "Tệp %(kind)s giải nén ra quá lớn so với mức cho phép (%(most)s MB). Hãy chia nhỏ tệp, "
        "hoặc nhờ quản trị hệ thống nạp tệp CSV không nén bằng dòng lệnh."
    ),
    "rows": gettext_lazy("Tệp có quá nhiều dòng (tối đa %(most)s); hãy chia tệp rồi gửi từng phần."),
    "columns": gettext_lazy("Tệp có quá nhiều cột (tối đa %(most)s); hãy xóa các cột không phải dữ liệu."),
}


def read_as(headings: str, kind: Importer | None) -> list[str]:
    """What headings were taken for (`Source.headings`), by the names that people use; those that are such a
    name already come in one line.
    """
    passed, told, same = _("không nạp"), list[str](), list[str]()
    for said, _arrow, name in (line.rpartition(" → ") for line in headings.splitlines()):
        if name and kind is not None and bare(said) == bare(str(kind.called(name))):
            same.append(said)
        else:
            told.append(f"{said} → {_called([name], kind) if name else passed}")
    return [*told, _("Đúng tên cột: %(columns)s.") % {"columns": ", ".join(same)}] if same else told


def _called(names: list[str], kind: Importer | None) -> str:
    """Columns by the names that people use."""
    return ", ".join(str(kind.called(name)) if kind else name for name in names) or "–"


def file_sentence(error: BadFile, kind: Importer | None = None) -> str:
    """The sentence for a refused file: what is wrong and what was expected."""
    reason = error.facts["reason"]
    if reason in _FILE:
        return str(_FILE[reason])
    if reason in _FOUND:
        return str(_FOUND[reason]) % {"kind": error.facts["found"]}
    if reason in _MOST:
        return str(_MOST[reason]) % {"kind": error.facts["found"], "most": (error.facts["most"])}
    if reason in ("not_text", "not_utf8"):
        return _unlike_csv(reason, error.facts["found"])
    if reason == "days":
        return _days(_called(error.facts["columns"], kind), error.facts["cells"])
    return _header(error, kind)


def _header(error: BadFile, kind: Importer | None) -> str:
    lacking, unknown, twice = (error.facts.get(name) or [] for name in ("lacking", "unknown", "twice"))
    expected = _called(error.facts["expected"], kind)
    told = [
        _("Cột thiếu: %(columns)s.") % {"columns": _called(lacking, kind)} if lacking else "",
        _("Cột lạ: %(columns)s.") % {"columns": ", ".join(unknown)} if unknown else "",
        _("Cột bị lặp: %(columns)s.") % {"columns": _called(twice, kind)} if twice else "",
        _("Các cột của tệp: %(columns)s.") % {"columns": expected},
    ]
    return " ".join([_("Tiêu đề không đúng."), *filter(None, told)])


def _days(columns: str, cells: int) -> str:
    return ngettext(
        "Chưa ghi gì: %(n)d ô ngày ở cột %(columns)s có thể bị bảng tính đảo ngày với tháng. "
        "Hãy xem các ô đó rồi nạp lại và chọn cách hiểu ngày.",
        "Chưa ghi gì: %(n)d ô ngày ở cột %(columns)s có thể bị bảng tính đảo ngày với tháng. "
        "Hãy xem các ô đó rồi nạp lại và chọn cách hiểu ngày.",
        cells,
    ) % {"n": cells, "columns": columns}


def _unlike_csv(reason: str, kind: str) -> str:
    """What the file seems to be, when that is known, and what was expected."""
    if reason == "not_text":
        seems = _("Tệp có vẻ là %(kind)s.") if kind else _("Tệp không phải CSV.")
        expected = _(
            "Cần tệp CSV bảng mã UTF-8 (phân cách bằng dấu phẩy hoặc chấm phẩy, nén gzip cũng được), "
            "Excel (.xlsx) hoặc Parquet."
        )
    else:
        seems = _("Tệp có vẻ dùng bảng mã %(kind)s.") if kind else _("Tệp không dùng bảng mã UTF-8.")
        expected = _("Cần bảng mã UTF-8: trong Excel, chọn lưu thành “CSV UTF-8” rồi nhập lại.")
    return f"{seems % {'kind': kind} if kind else seems} {expected}"
