"""Hand an e-mail to the mail server (Django's own SMTP backend; settings.MAIL_URL says which server)."""

from __future__ import annotations

import smtplib

from django.conf import settings
from django.core.mail import EmailMessage

from vssid.kernel.email_address import EmailAddress


class Unavailable(Exception):
    """The server did not take it now; try later."""


class Refused(Exception):
    """The server will never take it."""


def is_on() -> bool:
    """Is there a mail server?"""
    return bool(settings.MAIL_URL)


def send(to: EmailAddress, *, subject: str, text: str) -> None:
    """Send plain text. Raises Unavailable or Refused; neither carries the address."""
    message = EmailMessage(subject, text, settings.DEFAULT_FROM_EMAIL, [to.reveal()])
    message.extra_headers["Auto-Submitted"] = "auto-generated"
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as refused:
        codes = [code for code, _said in refused.recipients.values()]
        raise (Refused if all(500 <= code < 600 for code in codes) else Unavailable) from None
    except (smtplib.SMTPException, OSError):
        raise Unavailable from None
