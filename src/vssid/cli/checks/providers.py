"""What `./vssid check` proves of the SMS gateway, the mail server and Web Push, without sending anything.

A proof that succeeds also ends what stood against the provider, so what waits goes out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from email.utils import parseaddr
from urllib.parse import urlsplit

from vssid.infra.delivery import NotTaken, OurFault
from vssid.kernel.calendar import VIETNAM

_KEY = "VSSID_VAPID_KEY"
_CREDENTIALS = {"http_401", "http_403", "smtp_530", "smtp_534", "smtp_535", "smtp_538"}
_NAMED = re.compile(r"mailto:[^@\s]+@[^@\s]+\.[^@\s]+|https://[^/\s]+\.[^/\s]+(/\S*)?")


def faults() -> list[str]:
    """What does not work, a sentence each. Django is set up, the database is there."""
    proofs: tuple[Callable[[], str], ...] = (_sms, _sender, _mail, _push)
    return [said for proof in proofs if (said := proof())] + _standing()


def _sms() -> str:
    from django.conf import settings

    from vssid.infra import sms

    if settings.SMS_GATEWAY != "kannel":
        return ""
    said = {
        "ours": "Cổng SMS trả lời nhưng không nhận yêu cầu ({reason}): kiểm tra VSSID_KANNEL_SEND_URL.",
        "credentials": "Cổng SMS từ chối tên hoặc mật khẩu ({reason}): kiểm tra VSSID_KANNEL_USERNAME và "
        "VSSID_KANNEL_PASSWORD.",
        "away": f"Cổng SMS (VSSID_KANNEL_SEND_URL) không trả lời tại {_where(settings.KANNEL_SEND_URL)}: "
        "{reason}.",
    }
    return _proved("sms", sms.gateway().prove, said)


def _sender() -> str:
    from django.conf import settings

    domain = parseaddr(settings.MAIL_FROM)[1].partition("@")[2]
    if settings.MAIL_GATEWAY != "smtp" or "." in domain:
        return ""
    return f"VSSID_MAIL_FROM ({settings.MAIL_FROM}) không có tên miền; máy chủ thư sẽ từ chối."


def _mail() -> str:
    from django.conf import settings

    from vssid.infra import mail

    if settings.MAIL_GATEWAY != "smtp":
        return ""
    at = f"{settings.SMTP_HOST}:{settings.SMTP_PORT}"
    said = {
        "ours": f"Máy chủ thư {at} từ chối máy này hoặc người gửi VSSID_MAIL_FROM ({{reason}}).",
        "credentials": f"Máy chủ thư {at} từ chối đăng nhập ({{reason}}): kiểm tra VSSID_SMTP_USERNAME và "
        "VSSID_SMTP_PASSWORD.",
        "certificate": f"Chứng thư của máy chủ thư {at} không đúng tên hoặc không được tin cậy.",
        "not_supported": f"Máy chủ thư {at} không có mã hóa (STARTTLS) hoặc đăng nhập: kiểm tra "
        "VSSID_SMTP_SECURITY và cổng.",
        "away": f"Máy chủ thư (VSSID_SMTP_HOST) không trả lời tại {at}: {{reason}}.",
    }
    return _proved("email", mail.gateway().prove, said)


def _push() -> str:
    """A key that signs, and a contact that every push service takes (Apple answers BadJwtToken to others)."""
    from django.conf import settings

    from vssid.domain.notifications.inbox import subscriptions
    from vssid.infra import push

    if not push.is_offered():
        return ""
    if not push.signs():
        return f"{_KEY} không phải khóa riêng P-256: hãy tạo khóa mới theo docs/operations/settings.md."
    if not settings.DEMO and not _NAMED.fullmatch(settings.VAPID_SUBJECT):
        return (
            f"VSSID_VAPID_SUBJECT ({settings.VAPID_SUBJECT}) phải là mailto: một hộp thư hoặc https:// một "
            "tên miền thật; với giá trị khác, dịch vụ thông báo đẩy từ chối mọi thông báo."
        )
    if others := subscriptions.of_other_keys():
        return (
            f"{others} máy đăng ký thông báo đẩy theo khóa khác, chưa máy nào theo {_KEY} hiện nay: đặt lại "
            "khóa trước nếu đổi nhầm; nếu đổi có chủ ý, mỗi máy đăng ký lại khi mở ứng dụng."
        )
    return ""


def _standing() -> list[str]:
    from vssid.domain.notifications.outbox import provider_faults as delivery

    return [
        f"{fault.provider} từ chối hệ thống ({fault.reason}) từ "
        f"{fault.since.astimezone(VIETNAM):%H:%M, %d/%m/%Y}, {fault.attempts} lần;"
        " tin nhắn đang chờ được sửa."
        for fault in delivery.standing()
    ]


def _proved(channel: str, prove: Callable[[], None], said: dict[str, str]) -> str:
    from django.utils import timezone

    from vssid.domain.notifications.outbox import provider_faults as delivery

    try:
        prove()
    except OurFault as error:
        words = said["credentials"] if error.reason in _CREDENTIALS else said.get(error.reason, said["ours"])
        return words.format(reason=error.reason)
    except NotTaken as error:
        return said["away"].format(reason=error.reason)
    delivery.over(channel, now=timezone.now())
    return ""


def _where(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.hostname}:{parts.port or {'https': 443}.get(parts.scheme, 80)}"
