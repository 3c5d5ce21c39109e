"""The pages of what registration refuses."""

from __future__ import annotations

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from vssid.web.ui.errors import register_page

register_page(
    "already_open",
    status=409,
    title=_("Đã có một hồ sơ đang chờ cho mã số BHXH này"),
    text=_(
        "Mỗi người chỉ có một hồ sơ đang xử lý. Hãy tra cứu hồ sơ đó bằng số hồ sơ trong tin nhắn và số"
        " điện thoại"
        " đã khai: ở đó có thể xem tiếp, rút hoặc gửi lại. Nếu bạn chưa gửi hồ sơ nào, có thể người"
        " khác đã dùng"
        " mã số của bạn: hãy gọi tổng đài hoặc đến cơ quan BHXH. Thông tin bạn vừa khai vẫn được giữ."
    ),
    action=(_("Tra cứu hồ sơ"), reverse_lazy("public:look_up")),
)
register_page(
    "already_sent",
    status=409,
    title=_("Hồ sơ này đã được gửi"),
    text=_(
        "Hồ sơ đã gửi thì không sửa được nữa. Hãy mở hồ sơ để xem tình trạng, tải tờ khai hoặc rút để"
        " gửi lại."
    ),
    action=(_("Mở hồ sơ"), reverse_lazy("public:own_file")),
)
