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
    """The first gateway that does not take our requests."""
    from django.conf import settings

    from vssid.infra import sms

    if settings.SMS_GATEWAY != "kannel":
        return ""
    if not settings.SMS_GATEWAYS:
        said = _of_kannel("Cổng SMS", settings.KANNEL_SEND_URL, "VSSID_KANNEL_{}")
        return _proved("sms", sms.gateway().prove, said)
    proofs = (_of_gateway(name) for name in settings.SMS_GATEWAYS)
    return " ".join(said for said in proofs if said)


def _of_gateway(name: str) -> str:
    from django.conf import settings

    from vssid.infra import sms

    where = f"{{}} của [{name}] trong VSSID_SMS_GATEWAYS_FILE"
    said = _of_kannel(f"Cổng SMS {name}", settings.SMS_GATEWAYS[name]["send_url"], where)
    return _proved("sms", sms.routes()[name].gateway().prove, said, provider=name)


def _of_kannel(gateway: str, url: str, setting: str) -> dict[str, str]:
    """What is said of a Kannel; `setting` names one of its settings."""
    names = (
        ("SEND_URL", "USERNAME", "PASSWORD")
        if setting.startswith("VSSID")
        else ("send_url", "username", "password")
    )
    at, user, password = (setting.format(name) for name in names)
    return {
        "ours": f"{gateway} trả lời nhưng không nhận yêu cầu ({{reason}}): kiểm tra {at}.",
        "credentials": f"{gateway} từ chối tên hoặc mật khẩu ({{reason}}): kiểm tra {user} và {password}.",
        "away": f"{gateway} ({at}) không trả lời tại {_where(url)}: {{reason}}.",
    }


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


def _proved(channel: str, prove: Callable[[], None], said: dict[str, str], *, provider: str = "") -> str:
    from django.utils import timezone

    from vssid.domain.notifications.outbox import provider_faults as delivery

    try:
        prove()
    except OurFault as error:
        words = said["credentials"] if error.reason in _CREDENTIALS else said.get(error.reason, said["ours"])
        return words.format(reason=error.reason)
    except NotTaken as error:
        return said["away"].format(reason=error.reason)
    delivery.over(channel, provider, now=timezone.now())
    return ""


def _where(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.hostname}:{parts.port or {'https': 443}.get(parts.scheme, 80)}"
