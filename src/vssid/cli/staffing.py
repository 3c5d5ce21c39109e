"""`./vssid staff`: the first officer of an office, and a way back for one who is locked out.

Who runs it holds the server's secrets. No password is made or shown here: an activation code opens the
account once, and the officer sets the own password and the second factor with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from rich.console import Console
from rich.table import Table

from . import boot

console = Console(markup=False, highlight=False)
REFUSED = {
    (
        "username",
        "bad_username",
    ): "Tên đăng nhập gồm 2–40 chữ thường không dấu, chữ số, . _ -; không chỉ là số.",
    ("role", "bad_choice"): "Không có vai trò này; xem `./vssid staff --help`.",
    ("role", "already"): "Người này đã có vai trò này tại cơ quan đó trong những ngày ấy.",
    ("office", "bad_choice"): "Không có cơ quan BHXH với mã này.",
    ("from_on", "past"): "Ngày bắt đầu không được trước hôm nay.",
    ("until_on", "before_from"): "Ngày cuối phải từ ngày bắt đầu trở đi.",
    ("email", "bad_email"): "Địa chỉ e-mail chưa đúng, ví dụ: ten@bhxh.vn.",
    ("why", "required"): "Hãy ghi lý do: --why.",
    ("why", "too_long"): "Lý do dài quá 200 ký tự.",
}


def add(username: str, *, name: str, office: str, role: str, email: str = "") -> int:
    """Open an account; 0 when done, 1 when a rule said no."""
    boot.django()
    from django.utils import timezone

    from vssid.domain.accounts import staff
    from vssid.domain.accounts.contacts import work_email
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
            email=work_email.read(email),
        )
    except AlreadyHasAccount:
        return _no(f"Tên đăng nhập “{username}” đã có. Giao thêm vị trí: `./vssid staff post`.")
    except Invalid as refused:
        return _no(_why(refused.fields))
    console.print(f"Đã mở tài khoản {str(ROLES[named]).lower()} “{username}” tại cơ quan {office}: {name}.")
    if email.strip():
        console.print("E-mail công việc chờ người này xác nhận bằng mã, tại /can-bo/e-mail.")
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
        return _nobody(username)
    console.print(
        f"Đã đặt lại tài khoản “{username}”: mật khẩu cũ, xác thực hai bước và mã dự phòng không còn dùng"
        " được; mọi phiên đăng nhập đã kết thúc."
    )
    _show(activation)
    return 0


def post(username: str, *, office: str, role: str, begins: date | None, ends: date | None) -> int:
    """Give a member another post; 0 when done, 1 when a rule said no."""
    boot.django()
    from django.utils import timezone

    from vssid.domain.accounts import staff
    from vssid.domain.accounts.posts import giving
    from vssid.domain.offices.rights import ROLES, role_of
    from vssid.kernel.actor import SYSTEM
    from vssid.kernel.calendar import local_day
    from vssid.kernel.errors import Invalid
    from vssid.kernel.text import number_text

    now, office = timezone.now(), number_text(office)
    asked = giving.Asked(office, role, begins or local_day(now), ends)
    try:
        post_id = giving.give(staff.number_of(username), asked, by=SYSTEM, now=now)
    except staff.NoSuchStaff:
        return _nobody(username)
    except Invalid as refused:
        return _no(_why(refused.fields))
    named = role_of(role)
    assert named is not None
    console.print(f"Đã giao “{username}” vị trí {post_id}: {str(ROLES[named]).lower()} tại cơ quan {office}.")
    return 0


def end(username: str, *, post_id: int | None, why: str) -> int:
    """End one post of a member, or all and the sessions; 0 when done, 1 when a rule said no."""
    boot.django()
    from django.utils import timezone

    from vssid.domain.accounts import staff
    from vssid.domain.accounts.posts import giving
    from vssid.domain.accounts.posts.errors import AlreadyEnded, LastAdministrator
    from vssid.kernel.actor import SYSTEM
    from vssid.kernel.errors import Invalid, NotYours

    try:
        if post_id is None:
            giving.end_member(staff.number_of(username), why=why, by=SYSTEM, now=timezone.now())
        else:
            giving.end(post_id, of=staff.number_of(username), why=why, by=SYSTEM, now=timezone.now())
    except staff.NoSuchStaff:
        return _nobody(username)
    except NotYours:
        return _no(f"“{username}” không có vị trí số {post_id}. Xem số vị trí: `./vssid staff list`.")
    except AlreadyEnded:
        return _no("Vị trí đã kết thúc trước đó.")
    except LastAdministrator:
        return _no(
            "Đây là người quản trị cuối cùng ở cấp cao nhất. Giao vị trí quản trị cho người khác trước."
        )
    except Invalid as refused:
        return _no(_why(refused.fields))
    console.print(f"Đã kết thúc {'mọi vị trí' if post_id is None else f'vị trí {post_id}'} của “{username}”.")
    return 0


def show() -> int:
    """List all staff, a line a post that is not over."""
    boot.django()
    from django.utils import timezone

    from vssid.domain.accounts import staff
    from vssid.domain.offices.rights import ROLES, Role

    table = Table("Vị trí", "Tên đăng nhập", "Họ và tên", "Vai trò", "Thời gian", "Đăng nhập gần nhất")
    for member in staff.members():
        seen = member.last_sign_in_at
        table.add_row(
            str(member.post_id),
            member.username,
            member.name,
            f"{ROLES[Role(member.role)]}\n{member.office_code}",
            f"{member.from_on:%d/%m/%Y}" + (f"\n{member.until_on:%d/%m/%Y}" if member.until_on else ""),
            f"{timezone.localtime(seen):%H:%M %d/%m/%Y}" if seen else "chưa",
        )
    console.print(table)
    return 0


def _nobody(username: str) -> int:
    return _no(f"Không có cán bộ nào với tên đăng nhập “{username}”.")


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
