"""SMTP, step by step, because only the step tells whether a broken connection may have sent the message."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, parseaddr

from vssid.infra.delivery import Accepted, NotTaken, Refused, Unavailable, Unsure

from .gateway import Mail

# For one answer of the server; all of them together stay within the lease of an attempt.
ANSWER_SECONDS = 5.0


@dataclass(frozen=True)
class SmtpGateway:
    """One submission server. `security`: tls (from the first byte), starttls, or none (this machine only)."""

    host: str
    port: int
    security: str
    username: str
    password: str = field(repr=False)
    sender: str

    def send(self, mail: Mail) -> Accepted:
        """One connection, one message. Raises Refused, Unavailable or Unsure."""
        try:
            body = self._written(mail)
            mail.to.encode("ascii")
        except ValueError:
            raise Refused("address") from None
        try:
            server = self._connect()
        except (OSError, smtplib.SMTPException) as error:
            raise Unavailable("no_connection") from error
        try:
            self._submit(server, mail.to, body)
        finally:
            server.close()
        return Accepted(provider_ref="", receipts=False)

    def _connect(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, timeout=ANSWER_SECONDS, context=context
            )
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=ANSWER_SECONDS)
        try:
            if self.security == "starttls":
                server.starttls(context=context)
            if self.username:
                server.login(self.username, self.password)
            server.ehlo_or_helo_if_needed()
        except BaseException:
            server.close()
            raise
        return server

    def _submit(self, server: smtplib.SMTP, to: str, body: bytes) -> None:
        try:
            _demand(server.mail(parseaddr(self.sender)[1]))
            _demand(server.rcpt(to))
        except (OSError, smtplib.SMTPException) as error:
            raise Unavailable("no_connection") from error
        try:
            answer = server.data(body)
        except smtplib.SMTPDataError as error:
            raise _refusal(error.smtp_code) from error
        except (OSError, smtplib.SMTPException) as error:
            # The whole message may have arrived before the line broke.
            raise Unsure("no_answer") from error
        _demand(answer)

    def _written(self, mail: Mail) -> bytes:
        message = EmailMessage(policy=SMTP)
        message["From"] = self.sender
        message["To"] = mail.to
        message["Subject"] = mail.subject
        message["Date"] = formatdate(localtime=False)
        message["Message-ID"] = f"<{mail.message_id}@{parseaddr(self.sender)[1].partition('@')[2]}>"
        # No vacation note or list shall answer it (RFC 3834).
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(mail.text, cte="base64")
        return message.as_bytes()


def _demand(answer: tuple[int, bytes]) -> None:
    if answer[0] // 100 != 2:
        raise _refusal(answer[0])


def _refusal(code: int) -> NotTaken:
    return Refused(f"smtp_{code}") if code >= 500 else Unavailable(f"smtp_{code}")
