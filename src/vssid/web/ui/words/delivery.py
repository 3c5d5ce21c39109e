"""The way of a message in words, for the person and for the officer."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.domain.notifications.queries import MessageView

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Step:
    """A step of ui/way.html."""

    state: str
    title: Words
    when: str = ""
    text: Words = ""


REASONS_OF_MESSAGES: dict[str, Words] = {
    "undelivered": gettext_lazy(
        "Nhà mạng báo không đến máy: máy tắt, ngoài vùng phủ sóng hoặc số không còn dùng."
    ),
    "cancelled": gettext_lazy("Đã dừng vì có tin mới thay thế."),
    "unsent": gettext_lazy("Không gửi được cho nhà mạng trước khi mật khẩu hết hạn."),
    "unconfirmed": gettext_lazy("Đã gửi nhưng nhà mạng không báo kết quả trước khi mật khẩu hết hạn."),
    "dropped": gettext_lazy("Đã bỏ khi hệ thống được khôi phục từ bản sao lưu."),
    "unsure": gettext_lazy("Không rõ nhà mạng đã nhận hay chưa."),
}
REFUSED_BY_MAIL: Words = gettext_lazy("Hộp thư từ chối: địa chỉ sai, hộp thư đầy hoặc không còn dùng.")
REFUSED_BY_NETWORK: Words = gettext_lazy("Nhà mạng báo số này không nhận được tin. Hãy đổi số điện thoại.")
OVER_WITHOUT: dict[str, Words] = {
    "failed": gettext_lazy("Không gửi được"),
    "expired": gettext_lazy("Quá hạn"),
}


WAYS: dict[str, tuple[Words, Words, Words]] = {
    "sms": (
        gettext_lazy("Đã gửi cho nhà mạng"),
        gettext_lazy("Chờ báo đã đến máy"),
        gettext_lazy("Đã đến máy"),
    ),
    "email": (
        gettext_lazy("Đã gửi cho hộp thư"),
        gettext_lazy("Chờ báo đã đến hộp thư"),
        gettext_lazy("Đã đến hộp thư"),
    ),
}
"""By channel: handed over, awaited, arrived."""


def message_steps(message: MessageView) -> list[Step]:
    """The way of a text or e-mail: đã tạo, đang gửi, đã gửi, đã đến máy | không gửi được | quá hạn."""
    from ..templatetags.ui import ngay_gio

    sent, awaited, arrived = WAYS[message.channel]
    steps = [
        Step(
            "done",
            _("Đã tạo"),
            ngay_gio(message.created_at),
            _("Gửi tới %(phone)s") % {"phone": message.to_masked},
        )
    ]
    if message.sent_at is not None:
        steps.append(Step("done", sent, ngay_gio(message.sent_at)))
    elif message.state in {"created", "sending"}:
        steps.append(Step("now", _("Đang gửi"), "", _trying(message)))
    # A provider that gives no receipts took it; whether it arrived nobody knows.
    if message.state == "delivered" and message.reason != "handed_over":
        steps.append(Step("done", arrived, ngay_gio(message.delivered_at or message.ended_at)))
    elif message.state == "sent":
        steps.append(Step("now", awaited))
    elif message.state in OVER_WITHOUT:
        why = REASONS_OF_MESSAGES.get(message.reason, "")
        if not why and message.channel == "sms" and message.state == "failed":
            why = REFUSED_BY_NETWORK
        if not why and message.channel == "email":
            why = REFUSED_BY_MAIL  # a code of the other server's, which only officers of mail can read
        steps.append(Step("stop", OVER_WITHOUT[message.state], ngay_gio(message.ended_at), why))
    return steps


def _trying(message: MessageView) -> str:
    """Why it has not left, if an attempt met a no: it is ours or nobody's, so there is nothing to be done."""
    said = [_("Lần thử %(count)d.") % {"count": message.attempts}] if message.attempts > 1 else []
    if message.state == "created" and message.reason:
        said.append(_("Chưa gửi được do trục trặc của hệ thống hoặc đường truyền; hệ thống tự gửi lại."))
    return " ".join(said)
