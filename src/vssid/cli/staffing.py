"""`./vssid staff`: the first officer of an office, and another password for one who lost theirs.

Who runs it holds the server's secrets. A password is shown once, here alone: nothing keeps it in clear.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping

from rich.console import Console
from rich.table import Table

from . import boot

console = Console(markup=False, highlight=False)
ROLES = {"officer": "cán bộ", "data": "cán bộ dữ liệu"}
REFUSED = {
    (
        "username",
        "bad_username",
    ): "Tên đăng nhập gồm 2–40 chữ thường không dấu, chữ số, . _ -; không chỉ là số.",
    ("password", "too_short"): "Mật khẩu cần ít nhất 8 ký tự.",
    ("password", "too_long"): "Mật khẩu dài tối đa 128 ký tự.",
    ("password", "too_common"): "Mật khẩu này quá phổ biến.",
    ("password", "same_as_login"): "Mật khẩu không được chứa tên đăng nhập.",
    ("password", "activation_like"): "Mật khẩu này giống mật khẩu kích hoạt; hãy đặt mật khẩu khác.",
}


def add(username: str, *, name: str, office: str, role: str, from_stdin: bool) -> int:
    """Open an account; 0 when done, 1 when a rule said no."""
    boot.django()
    from django.utils import timezone

    from vssid.domain.accounts import staff
    from vssid.domain.accounts.errors import AlreadyHasAccount
    from vssid.domain.offices import queries as offices
    from vssid.kernel.actor import SYSTEM
    from vssid.kernel.errors import Invalid
    from vssid.kernel.text import number_text, tidy

    office, name = number_text(office), tidy(name)
    if role not in ROLES:
        return _no(f"Không có vai trò “{role}”: {', '.join(ROLES)}.")
    if not name:
        return _no("Hãy ghi họ và tên: --name.")
    if not offices.exists(office):
        return _no(
            f"Không có cơ quan BHXH với mã “{office}”. Nạp cơ quan trước: `./vssid import offices TỆP`."
        )
    password = _given() if from_stdin else staff.new_password()
    try:
        staff.create(
            username,
            display_name=name,
            office_code=office,
            password=password,
            by=SYSTEM,
            now=timezone.now(),
            role=role,
        )
    except AlreadyHasAccount:
        return _no(f"Tên đăng nhập “{username}” đã có.")
    except Invalid as refused:
        return _no(_why(refused.fields))
    console.print(f"Đã mở tài khoản {ROLES[role]} “{username}” tại cơ quan {office}: {name}.")
    _show(None if from_stdin else password)
    return 0


def reset(username: str, *, from_stdin: bool) -> int:
    """Give another password; 0 when done, 1 when a rule said no."""
    boot.django()
    from django.utils import timezone

    from vssid.domain.accounts import staff
    from vssid.kernel.actor import SYSTEM
    from vssid.kernel.errors import Invalid

    password = _given() if from_stdin else staff.new_password()
    try:
        staff.reset_password(username, password=password, by=SYSTEM, now=timezone.now())
    except staff.NoSuchStaff:
        return _no(f"Không có cán bộ nào với tên đăng nhập “{username}”.")
    except Invalid as refused:
        return _no(_why(refused.fields))
    console.print(f"Đã đặt lại mật khẩu của “{username}”; mọi phiên đăng nhập đã kết thúc.")
    _show(None if from_stdin else password)
    return 0


def show() -> int:
    """List all staff."""
    boot.django()
    from django.utils import timezone

    from vssid.domain.accounts import staff

    table = Table("Tên đăng nhập", "Họ và tên", "Cơ quan", "Vai trò", "Đăng nhập gần nhất")
    for member in staff.members():
        seen = member.last_sign_in_at
        table.add_row(
            member.username,
            member.name,
            member.office_code,
            ROLES[member.role],
            f"{timezone.localtime(seen):%H:%M %d/%m/%Y}" if seen else "chưa",
        )
    console.print(table)
    return 0


def _given() -> str:
    """The password from standard input, without the end of the line: never in the list of processes."""
    return sys.stdin.readline().rstrip("\r\n")


def _show(password: str | None) -> None:
    if password is not None:
        console.print(f"Mật khẩu (chỉ hiện một lần, hãy trao tận tay): {password}")


def _why(problems: Mapping[str, str]) -> str:
    return " ".join(REFUSED.get(problem, f"{problem[0]}: {problem[1]}") for problem in problems.items())


def _no(why: str) -> int:
    console.print(why)
    return 1
