"""`./vssid staff`: the first officer of an office, and a way back for one who is locked out.

Who runs it holds the server's secrets. No password is made or shown here: an activation code opens the
account once, and the officer sets the own password and the second factor with it.
"""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console
from rich.table import Table

from . import boot

console = Console(markup=False, highlight=False)
REFUSED = {
    (
        "username",
        "bad_username",
    ): "Tên đăng nhập gồm 2–40 chữ thường không dấu, chữ số, . _ -; không chỉ là số.",
}


def add(username: str, *, name: str, office: str, role: str) -> int:
    """Open an account; 0 when done, 1 when a rule said no."""
    boot.django()
    from django.utils import timezone

    from vssid.domain.accounts import staff
    from vssid.domain.accounts.errors import AlreadyHasAccount
    from vssid.domain.offices import queries as offices
    from vssid.domain.offices.rights import ROLES, Role, role_of
    from vssid.kernel.actor import SYSTEM
    from vssid.kernel.errors import Invalid
    from vssid.kernel.text import number_text, tidy

    office, name = number_text(office), tidy(name)
    if (named := role_of(role)) is None:
        return _no(f"Không có vai trò “{role}”: {', '.join(Role)}.")
    if not name:
        return _no("Hãy ghi họ và tên: --name.")
    if not offices.exists(office):
        return _no(
            f"Không có cơ quan BHXH với mã “{office}”. Nạp cơ quan trước: `./vssid import offices TỆP`."
        )
    try:
        opened = staff.create(
            username,
            display_name=name,
            office_code=office,
            by=SYSTEM,
            now=timezone.now(),
            role=named,
        )
    except AlreadyHasAccount:
        return _no(f"Tên đăng nhập “{username}” đã có.")
    except Invalid as refused:
        return _no(_why(refused.fields))
    console.print(f"Đã mở tài khoản {str(ROLES[named]).lower()} “{username}” tại cơ quan {office}: {name}.")
    _show(opened.activation)
    return 0


def reset(username: str) -> int:
    """Give a new activation code and take every factor away; 0 when done, 1 when a rule said no."""
    boot.django()
    from django.utils import timezone

    from vssid.domain.accounts import staff
    from vssid.kernel.actor import SYSTEM

    try:
        activation = staff.reset(username, by=SYSTEM, now=timezone.now())
    except staff.NoSuchStaff:
        return _no(f"Không có cán bộ nào với tên đăng nhập “{username}”.")
    console.print(
        f"Đã đặt lại tài khoản “{username}”: mật khẩu cũ, xác thực hai bước và mã dự phòng không còn dùng"
        " được; mọi phiên đăng nhập đã kết thúc."
    )
    _show(activation)
    return 0


def show() -> int:
    """List all staff."""
    boot.django()
    from django.utils import timezone

    from vssid.domain.accounts import staff
    from vssid.domain.offices.rights import ROLES, Role

    table = Table("Tên đăng nhập", "Họ và tên", "Cơ quan", "Vai trò", "Đăng nhập gần nhất")
    for member in staff.members():
        seen = member.last_sign_in_at
        table.add_row(
            member.username,
            member.name,
            member.office_code,
            str(ROLES[Role(member.role)]),
            f"{timezone.localtime(seen):%H:%M %d/%m/%Y}" if seen else "chưa",
        )
    console.print(table)
    return 0


def _show(activation: str) -> None:
    from django.conf import settings

    hours = int(settings.ACTIVATION_LIFE.total_seconds() // 3600)
    console.print(f"Mã kích hoạt (chỉ hiện một lần, hãy trao tận tay): {activation}")
    console.print(
        f"Dùng được một lần, trong {hours} giờ: đăng nhập tại /can-bo/dang-nhap, tự đặt mật khẩu rồi thêm"
        " ứng dụng xác thực hoặc khóa truy cập."
    )


def _why(problems: Mapping[str, str]) -> str:
    return " ".join(REFUSED.get(problem, f"{problem[0]}: {problem[1]}") for problem in problems.items())


def _no(why: str) -> int:
    console.print(why)
    return 1
