"""What the shared pages of signing in know of the employers' door."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vssid.domain.accounts.models.accounts import Account
from vssid.web.ui.access import employer, employer_member
from vssid.web.ui.browser_marks import BrowserMarks
from vssid.web.ui.security.door import Door, Words

from .. import frame


def _inside(path: str) -> bool:
    """Every page of the door may follow a sign-in but those of signing in itself."""
    home, sign_in, sign_out = (reverse(f"employer:{name}") for name in ("home", "sign_in", "sign_out"))
    return path.startswith((f"{home}/", f"{home}?")) and not path.startswith((sign_in, sign_out))


DOOR = Door(
    name="employer",
    kind=Account.EMPLOYER,
    marks=BrowserMarks("vssid-don-vi"),
    member=employer_member,
    signed_in=employer(),
    home="home",
    page=frame.page,
    frame="employer/base.html",
    style="employer/console.css",
    sign_in_page="employer/sign_in/sign_in.html",
    inside=_inside,
    is_shut=lambda _session: False,
    words=Words(
        why_a_factor=_(
            "Trang này mở danh sách nhiều người lao động, nên cần thêm một bước ngoài mật khẩu. Chỉ thêm một "
            "lần; từ sau, mỗi lần đăng nhập, điện thoại hiện một mã."
        ),
        go_in=_("Vào trang của đơn vị"),
        kept=_("Xong, vào trang của đơn vị"),
        lost=_(
            "Mất điện thoại và không có mã dự phòng: quản trị của đơn vị cấp mã kích hoạt mới; nếu bạn là "
            "quản trị duy nhất, hãy liên hệ cơ quan BHXH quản lý đơn vị."
        ),
        end=_("Đăng xuất máy này"),
        end_hint=_("Máy dùng chung: đăng xuất khi rời máy."),
        notices_stay=_("Thông báo vẫn hiện ở mục Thông báo của trang đơn vị."),
    ),
)
