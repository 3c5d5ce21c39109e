"""What the shared pages of signing in know of the console."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vssid.domain.accounts.models.accounts import Account
from vssid.domain.offices.rights import Right
from vssid.web.ui.access import may, member
from vssid.web.ui.browser_marks import BrowserMarks
from vssid.web.ui.security.door import Door, Words

from .. import frame


def _inside(path: str) -> bool:
    """A page that may follow a sign-in: today, the queue, files of imports, the directory, the tablet's."""
    home, queue, *wholly = (
        reverse(f"officer:{name}") for name in ("today", "queue", "imports", "directory", "on_site")
    )
    return path == queue or path.startswith((f"{queue}/", f"{queue}?", f"{home}?", *wholly))


DOOR = Door(
    name="officer",
    kind=Account.STAFF,
    marks=BrowserMarks("vssid-ban"),
    member=member,
    signed_in=may(Right.OWN_SESSION),
    home="today",
    page=frame.page,
    frame="officer/base.html",
    style="officer/console.css",
    sign_in_page="officer/sign_in.html",
    inside=_inside,
    is_shut=lambda session: session.post is None,
    vouches=True,
    ends_by="end_shift",
    words=Words(
        why_a_factor=_(
            "Bàn làm việc mở hồ sơ của nhiều người, nên cần thêm một bước ngoài mật khẩu. Chỉ thêm một lần; "
            "từ sau, mỗi lần đăng nhập, điện thoại hiện một mã."
        ),
        go_in=_("Vào bàn làm việc"),
        kept=_("Xong, vào bàn làm việc"),
        lost=_(
            "Mất điện thoại và không có mã dự phòng: quản trị nhân sự xác nhận đúng người, rồi bạn thêm cách "
            "xác thực mới."
        ),
        end=_("Kết thúc ca"),
        end_hint=_("Kết thúc ca: đăng xuất máy này và trả các hồ sơ đang xử lý để đồng nghiệp nhận tiếp."),
        notices_stay=_("Thông báo vẫn hiện ở đầu trang làm việc."),
    ),
)
