"""Reports in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
STAGES: dict[str, Words] = {
    "sent": _("Đã gửi tờ khai"),
    "handed_in": _("Đã nộp tờ khai"),
    "approved": _("Đã duyệt"),
    "signed_in": _("Đã đăng nhập"),
    "card_used": _("Đã dùng thẻ"),
}
NOT_SENT: Words = _("Chưa gửi tờ khai")
STATES: dict[str, Words] = {
    "submitted": _("Chờ tờ khai"),
    "received": _("Đã nhận tờ khai"),
    "approved": _("Đã duyệt"),
    "refused": _("Từ chối"),
    "expired": _("Hết hạn"),
    "withdrawn": _("Đã rút"),
}
EVENTS: dict[str, Words] = {
    "sent": _("Gửi tờ khai"),
    "handed_in": _("Nộp tờ khai"),
    "approved": _("Duyệt"),
    "refused": _("Từ chối"),
    "expired": _("Hết hạn"),
    "withdrawn": _("Rút"),
}
NO_OFFICER: Words = _("Chưa có chuyên quản")
NO_EMPLOYER: Words = _("Không rõ đơn vị")
NO_OFFICE_YET: Words = _("Chưa chọn cơ quan")
STARTED: Words = _("Đã bắt đầu điền")
STARTED_NOTE: Words = _(
    "Đã bắt đầu điền = đã gửi, cộng tờ khai bắt đầu trong kỳ còn đang điền. Cơ quan biết số này từ khi người "
    "dân chọn nơi nộp; chưa chọn thì chỉ tính cho cả nước. Tờ khai bỏ dở quá hạn giữ thì bị xóa và không còn "
    "được đếm."
)
STARTED_UNKNOWN: Words = _(
    "Tờ khai đang điền không đếm được theo chuyên quản, đơn vị: người điền làm ở đâu nằm trong phần niêm "
    "phong."
)
DRAFT_NOTE: Words = _(
    "Tờ khai đang điền là của riêng người điền: cán bộ không mở được và danh sách này không cho biết là của "
    "ai, chỉ cho biết bắt đầu ngày nào, nộp ở đâu và đã đến bước nào."
)
FUNNEL_NOTE: Words = _(
    "Đếm hồ sơ theo ngày gửi, tại cơ quan nhận. Mỗi bước gồm cả những hồ sơ đã qua bước sau. Đã dùng thẻ: đã "
    "đăng nhập và thẻ được tra cứu sau khi duyệt."
)
EMPLOYER_NOTE: Words = _("Người làm ở nhiều đơn vị được tính cho đơn vị có mã đứng trước.")
PROGRESS_NOTE: Words = _(
    "Đếm người lao động theo tệp quá trình đóng mới nhất, tại cơ quan quản lý đơn vị. Chưa duyệt = đã gửi "
    "trừ đã duyệt. Tỷ lệ = đã duyệt chia số lao động."
)
NAMES_HIDDEN: Words = _("Vị trí này không xem hồ sơ của người dân, nên chỉ có số hồ sơ, không có họ tên.")
ALL_KINDS: Words = _("Mọi loại tin")
NO_FILE: Words = _("Không gắn với hồ sơ")
PHONES_HIDDEN: Words = _("Vị trí này không xem tin gửi đi, nên không có số nhận và không mở được từng tin.")
NOT_TOLD: Words = _("Không hiển thị")
