"""`./vssid cases`: files with a known answer, made, checked, loaded, listed and dropped.

Who runs it holds the server's secrets. docs/operations/known-answers.md has the format of a case.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from . import boot

if TYPE_CHECKING:
    from vssid.domain.registration.trials.cases import BadCase

console = Console(markup=False, highlight=False)
PROBLEMS: Mapping[str, str] = {
    "no_cases": "không có thư mục con nào có tệp {detail}",
    "bad_name": "tên thư mục chỉ gồm chữ thường không dấu, chữ số, gạch nối; nhiều nhất 60 ký tự",
    "bad_toml": "case.toml không đọc được: {detail}",
    "unknown_key": "case.toml có mục lạ: {detail}",
    "not_synthetic": "case.toml phải có dòng synthetic = true: không được dùng dữ liệu của người có thật",
    "bad_lesson": "lesson phải là một câu nói điều cần thấy, nhiều nhất 500 ký tự",
    "bad_expected": "expected phải là approve hoặc refuse, đang là {detail}",
    "reasons_needed": "đáp án là từ chối thì reasons phải có ít nhất một lý do",
    "reasons_unneeded": "đáp án là duyệt thì không có reasons",
    "bad_reason": "không có lý do từ chối nào mang mã {detail}",
    "bad_list": "{detail} phải là danh sách các chuỗi",
    "bad_table": "{detail} phải là một bảng",
    "bad_field": "giá trị không dùng được: {detail}",
    "bad_unknown": "bảng register có unknown = true thì không có gì khác",
    "no_picture": "thiếu ảnh {detail}",
    "bad_picture": "ảnh không dùng được: {detail}",
    "is_person": "{detail} là của một người có trong dữ liệu: hãy đổi số khác",
    "not_told": "trang hồ sơ không báo {detail} như findings đã ghi",
    "doubt_not_named": "trang hồ sơ báo {detail} mà findings không ghi; hồ sơ này chưa chắc duyệt được",
    "not_approvable": "mã số BHXH không có trong dữ liệu thì không duyệt được: đáp án phải là refuse",
}


def said(bad: BadCase) -> str:
    """What is wrong with a case, in a sentence."""
    return f"{bad.case}: {PROBLEMS[bad.problem].format(detail=bad.detail)}."


def make(out: Path) -> int:
    """Write cases of invented people, with drawn pictures; 1 when the folder is not empty."""
    from vssid.cli.demo import known_answers
    from vssid.kernel import calendar

    if out.is_dir() and any(out.iterdir()):
        return _no(f"{out} đã có tệp: hãy chọn thư mục trống.")
    boot.django()
    from django.utils import timezone

    names = known_answers.write(out, today=calendar.local_day(timezone.now()))
    console.print(f"Đã tạo {len(names)} mẫu trong {out}, của những người không có thật.")
    return 0


def check(folder: Path, *, load: bool) -> int:
    """Prove every case of a folder, and load them; 1 when one is not good, and then none is loaded."""
    boot.django()
    from django.utils import timezone

    from vssid.domain.registration.trials import loading
    from vssid.domain.registration.trials.cases import BadCase

    now = timezone.now()
    try:
        good, bad = loading.check(folder, now=now)
    except BadCase as refused:
        return _no(said(refused))
    for each in bad:
        console.print(said(each))
    if bad:
        return _no(f"{len(bad)} mẫu chưa dùng được; chưa nạp mẫu nào.")
    console.print(f"{len(good)} mẫu dùng được.")
    if load:
        loaded = loading.load(good, now=now)
        console.print(
            f"Đã nạp: {len(loaded.added)} mới, {len(loaded.changed)} thay đổi, {len(loaded.same)} như cũ."
        )
    return 0


def show() -> int:
    """List what is loaded."""
    boot.django()
    from vssid.domain.registration.models import KnownCase

    table = Table("Mẫu", "Đáp án", "Lý do", "Nạp lúc")
    for row in KnownCase.objects.order_by("name"):
        table.add_row(row.name, row.expected, ", ".join(row.reasons), f"{row.loaded_at:%d/%m/%Y}")
    console.print(table if table.row_count else "Chưa nạp mẫu nào.")
    return 0


def drop(name: str) -> int:
    """Lay a case no more; 1 where there is none of this name."""
    boot.django()
    from django.utils import timezone

    from vssid.domain.registration.trials import loading

    if not loading.drop(name, now=timezone.now()):
        return _no(f"Không có mẫu nào tên “{name}”; xem `./vssid cases list`.")
    console.print(f"Đã bỏ mẫu {name}. Hồ sơ đang nằm trong hàng chờ vẫn ở đó đến khi kết thúc.")
    return 0


def _no(sentence: str) -> int:
    console.print(sentence)
    return 1
