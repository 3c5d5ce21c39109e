"""E-mail behind one protocol; `gateway()` is the one that settings choose."""

from __future__ import annotations

from django.conf import settings

from .gateway import Attachment, Mail, MailGateway
from .log import LogMailGateway, demo_file
from .smtp import SmtpGateway

__all__ = ["Attachment", "Mail", "MailGateway", "gateway", "is_offered"]


def is_offered() -> bool:
    """Does this installation send e-mail at all?"""
    return bool(settings.MAIL_GATEWAY != "off")


def gateway() -> MailGateway:
    """The gateway of settings.MAIL_GATEWAY (`log` or `smtp`)."""
    if settings.MAIL_GATEWAY == "smtp":
        return SmtpGateway(
            host=settings.SMTP_HOST,
            port=settings.SMTP_PORT,
            security=settings.SMTP_SECURITY,
            username=settings.SMTP_USERNAME,
            password=settings.SMTP_PASSWORD,
            sender=settings.MAIL_FROM,
        )
    return LogMailGateway(demo_file())
