"""The classes of doubts about a request at the counter, and why it may be carried out all the same [M]."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from vssid.domain.casework.why import AGREED, Classes, DoubtClass

CLASSES: Classes = {
    "register": DoubtClass(
        _("Không có trong dữ liệu BHXH"),
        {
            "code_merged": _("Mã số đã gộp; đã đối chiếu bản chính với dữ liệu của mã số được giữ"),
            "paper_file": _("Đã đối chiếu bản chính với hồ sơ giấy của cơ quan"),
            **AGREED,
        },
    ),
    "lately": DoubtClass(
        _("Tài khoản vừa có yêu cầu khác"),
        {
            "lost_both": _("Người dân mất máy và quên mật khẩu; đã hỏi và đối chiếu bản chính"),
            "now_complete": _("Lần trước thiếu giấy tờ; lần này có đủ bản chính"),
            "sent_wrongly": _("Lần trước gửi hoặc ghi nhầm, làm lại cho đúng"),
            **AGREED,
        },
    ),
    "frozen": DoubtClass(
        _("Tài khoản bị khóa sau khi đổi số tại quầy"),
        {
            "own_lock": _("Chính chủ đã tự khóa, nay xác nhận số điện thoại đang dùng là của mình"),
            **AGREED,
        },
    ),
    "phone": DoubtClass(
        _("Số điện thoại không nhận được tin"),
        {
            "tried_here": _("Đã gọi hoặc nhắn thử tại quầy, máy nhận được"),
            "back_in_use": _("Thuê bao vừa được mở lại; người dân cho xem máy"),
            **AGREED,
        },
    ),
}
