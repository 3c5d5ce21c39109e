"""Delivery in words: kinds, states, what was heard, why a gateway stands as it does."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vssid.domain.notifications.gateways.switching import (
    LastGateway,
    ReasonNeeded,
    SwitchedAlready,
)
from vssid.domain.notifications.inbox.kinds import KINDS
from vssid.kernel.errors import DomainError

Words = str | Promise
CHANNELS: dict[str, Words] = {
    "sms": gettext_lazy("Tin nhắn SMS"),
    "email": gettext_lazy("E-mail"),
    "push": gettext_lazy("Thông báo đẩy"),
}
# Texts that tell of no notice. A test holds that each has words.
_ALONE: dict[str, Words] = {
    "account_activation": gettext_lazy("Mật khẩu kích hoạt"),
    "contact_new_code": gettext_lazy("Mã xác nhận số mới"),
    "contact_old_code": gettext_lazy("Mã đổi số điện thoại, e-mail"),
    "employer_letter": gettext_lazy("Thư mời đơn vị của chiến dịch"),
    "employer_invitation": gettext_lazy("Lời mời của đơn vị"),
    "freeze_code": gettext_lazy("Mã khóa tài khoản"),
    "phone_code": gettext_lazy("Mã xác nhận số điện thoại"),
    "reminder": gettext_lazy("Nhắc hạn nộp tờ khai"),
    "reset_code": gettext_lazy("Mã đặt lại mật khẩu"),
    "thaw_code": gettext_lazy("Mã mở khóa tài khoản"),
    "ticket_received": gettext_lazy("Đã nhận phản ánh"),
    "trusted_activation": gettext_lazy("Mật khẩu kích hoạt, gửi người tin cậy"),
    "trusted_ask": gettext_lazy("Mã hỏi ý người tin cậy"),
    "trusted_code": gettext_lazy("Mã gửi người tin cậy"),
}
STATES: dict[str, tuple[Words, str]] = {
    "created": (gettext_lazy("Chờ gửi"), "warn"),
    "sending": (gettext_lazy("Đang gửi"), "warn"),
    "sent": (gettext_lazy("Đã gửi, chờ báo đến"), "plain"),
    "delivered": (gettext_lazy("Đã đến"), "good"),
    "failed": (gettext_lazy("Không đến"), "bad"),
    "expired": (gettext_lazy("Hết hạn"), "bad"),
}
USES: dict[str, tuple[Words, str]] = {
    "used": (gettext_lazy("Đang dùng"), "good"),
    "demoted": (gettext_lazy("Đang bị giảm"), "warn"),
    "trial": (gettext_lazy("Chờ gửi thử một tin"), "warn"),
    "off": (gettext_lazy("Đã tắt"), "bad"),
}
_WHY: dict[str, Words] = {
    "": "",
    "new": "",
    "errors": gettext_lazy("Lỗi hơn 50 lần trong một phút."),
    "slow": gettext_lazy("Nhiều tin đến chậm hơn 5 phút."),
    "trial_failed": gettext_lazy("Tin gửi thử không đến."),
    "coming_back": gettext_lazy("Tin gửi thử đã đến, đang tăng dần."),
}
_SAID: dict[str, Words] = {
    "": gettext_lazy("Đang chờ trả lời"),
    "accepted": gettext_lazy("Cổng đã nhận"),
    "delivered": gettext_lazy("Đã đến máy"),
    "undelivered": gettext_lazy("Nhà mạng báo không đến máy"),
    "rejected": gettext_lazy("Nhà mạng không nhận"),
    "unsure": gettext_lazy("Cổng không trả lời"),
    "no_connection": gettext_lazy("Không kết nối được với cổng"),
}
REASONS: dict[str, Words] = {
    "undelivered": gettext_lazy("Nhà mạng báo không đến máy."),
    "cancelled": gettext_lazy("Đã dừng vì có tin mới thay thế."),
    "unsent": gettext_lazy("Chưa gửi được trước khi hết hạn."),
    "unconfirmed": gettext_lazy("Đã gửi, không có báo kết quả trước khi hết hạn."),
    "dropped": gettext_lazy("Đã bỏ khi khôi phục từ bản sao lưu."),
    "unsure": gettext_lazy("Không rõ bên gửi đã nhận hay chưa."),
    "erased": gettext_lazy("Dữ liệu của người nhận đã xóa."),
    "handed_over": gettext_lazy("Đã giao cho bên gửi, không có báo đến."),
    "rejected": gettext_lazy("Nhà mạng không nhận, sẽ gửi lại."),
    "capped": gettext_lazy("Đã đến mức trần trong ngày: chờ đến 0 giờ hôm sau, hoặc đã đi bằng kênh khác."),
    "held": gettext_lazy("Đang chờ: chiến dịch của thư này đang dừng."),
    "void": gettext_lazy(
        "Đã bỏ trước khi gửi: đơn vị đã vào, đã ngừng, có thư mới hơn, hoặc chiến dịch đã kết thúc."
    ),
    "changed_address": gettext_lazy("Đã bỏ trước khi gửi: địa chỉ của đơn vị đã đổi, thư được lập lại."),
    "switched_off": gettext_lazy("Mọi cổng đang tắt."),
}
NOT_AGAIN: dict[str, Words] = {
    "arrived": gettext_lazy("Tin đã đến, không cần gửi lại."),
    "under_way": gettext_lazy("Tin đang trên đường. Hãy chờ kết quả rồi xem lại."),
    "code": gettext_lazy(
        "Mã và mật khẩu chỉ dùng một lần và đã xóa khi tin kết thúc. Người nhận hãy yêu cầu mã mới; mật khẩu "
        "kích hoạt do cán bộ tại quầy cấp lại. Thư mời đơn vị không gửi được thì chiến dịch in lại để gửi "
        "bưu điện."
    ),
    "overtaken": gettext_lazy("Đã có tin mới hơn thay thế tin này. Hãy gửi lại tin mới nhất."),
    "no_notice": gettext_lazy("Nội dung đã xóa khi tin kết thúc, không có thông báo để gửi lại."),
    "no_way": gettext_lazy("Tài khoản không có số hoặc địa chỉ nhận được tin. Hãy cập nhật liên hệ trước."),
}
NOT_OF_ALL: Words = gettext_lazy(
    "Cổng tin dùng chung cả nước: chỉ quản trị của cơ quan trung ương bật, tắt được."
)


def kind(code: str) -> Words:
    """A kind of message; the code of one that nobody sends any more."""
    return KINDS[code].title if code in KINDS else _ALONE.get(code, code)


def gateway_why(code: str, by: str) -> Words:
    """Why a gateway stands so: what who switched it wrote, or what the rules found."""
    return f"{by}: {code}" if by else _WHY.get(code, code)


def said(code: str) -> Words:
    """What was heard of an attempt."""
    return _SAID.get(code) or _("Cổng trả lời: %(code)s") % {"code": code}


def reason(code: str) -> Words:
    """Why a message ended, or waits."""
    return REASONS.get(code, said(code)) if code else ""


def seconds(count: int | None) -> str:
    """How long messages took."""
    if count is None:
        return "–"
    if count <= 120:
        return ngettext("%(count)s giây", "%(count)s giây", count) % {"count": count}
    minutes = -(-count // 60)
    if minutes <= 120:
        return ngettext("%(count)s phút", "%(count)s phút", minutes) % {"count": minutes}
    hours = -(-minutes // 60)
    return ngettext("%(count)s giờ", "%(count)s giờ", hours) % {"count": hours}


def not_switched(refused: DomainError) -> str:
    """Why a gateway was not switched, beside the field."""
    words = {
        ReasonNeeded: _("Hãy ghi lý do, từ 5 đến 200 ký tự."),
        LastGateway: _(
            "Đây là cổng cuối cùng đang gửi. Hãy bật một cổng khác trước, nếu không mọi tin sẽ dừng."
        ),
        SwitchedAlready: _("Có người vừa đổi cổng này. Hãy xem lại trạng thái bên dưới."),
    }
    return words[type(refused)]
