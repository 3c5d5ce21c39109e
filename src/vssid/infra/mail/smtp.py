"""SMTP, step by step, because only the step tells whether a broken connection may have sent the message."""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, parseaddr

from vssid.infra.delivery import Accepted, Gone, NotTaken, OurFault, Unavailable, Unsure, verdicts
from vssid.infra.delivery.deadline import Deadline
from vssid.infra.delivery.verdicts import Step
from vssid.infra.outside import require_no_transaction

from .gateway import Mail

# For one answer of the server, and for the whole talk: within the lease of an attempt.
ANSWER_SECONDS = 5.0
WHOLE_SECONDS = 30.0
# What mail can carry without an extension that servers rarely have.
_PLAIN = re.compile(r"[!-~]+")


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
        """One connection, one message. Raises as `verdicts.SMTP` says, Unavailable or Unsure."""
        require_no_transaction("mail")
        if not _PLAIN.fullmatch(mail.to):
            raise Gone("address")
        try:
            body = self._written(mail)
        except ValueError:
            raise OurFault("sender") from None
        with self._talk() as server:
            self._submit(server, mail.to, body)
        return Accepted(provider_ref="", receipts=False)

    def prove(self) -> None:
        """Log in and name the sender, then take it back; nothing is sent. Raises as `send` does."""
        with self._talk() as server:
            self._begin(server)
            try:
                server.rset()
            except (OSError, smtplib.SMTPException):
                return

    @contextmanager
    def _talk(self) -> Iterator[smtplib.SMTP]:
        with Deadline(WHOLE_SECONDS) as deadline:
            server = self._connect(deadline)
            try:
                yield server
            finally:
                server.close()

    def _connect(self, deadline: Deadline) -> smtplib.SMTP:
        try:
            return self._greeted(deadline)
        except ssl.SSLCertVerificationError as error:
            raise OurFault("certificate") from error
        except smtplib.SMTPNotSupportedError as error:
            raise OurFault("not_supported") from error
        except smtplib.SMTPAuthenticationError as error:
            raise _refusal(error.smtp_code, error.smtp_error, Step.LOGIN) from error
        except smtplib.SMTPResponseException as error:
            raise _refusal(error.smtp_code, error.smtp_error, Step.HELLO) from error
        except (OSError, smtplib.SMTPException) as error:
            raise Unavailable("no_connection") from error

    def _greeted(self, deadline: Deadline) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self.security == "tls":
            server: smtplib.SMTP = _WatchedTls(deadline, self.host, self.port, context)
        else:
            server = _Watched(deadline, self.host, self.port)
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

    def _begin(self, server: smtplib.SMTP) -> None:
        try:
            _demand(server.mail(parseaddr(self.sender)[1]), Step.MAIL)
        except (OSError, smtplib.SMTPException) as error:
            raise Unavailable("no_connection") from error

    def _submit(self, server: smtplib.SMTP, to: str, body: bytes) -> None:
        self._begin(server)
        try:
            _demand(server.rcpt(to), Step.RCPT)
        except (OSError, smtplib.SMTPException) as error:
            raise Unavailable("no_connection") from error
        try:
            answer = server.data(body)
        except smtplib.SMTPDataError as error:
            raise _refusal(error.smtp_code, error.smtp_error, Step.DATA) from error
        except (OSError, smtplib.SMTPException) as error:
            # The whole message may have arrived before the line broke.
            raise Unsure("no_answer") from error
        _demand(answer, Step.END)

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
        if mail.attachment is not None:
            name, content = mail.attachment.name, mail.attachment.content
            message.add_attachment(content, maintype="application", subtype="pdf", filename=name)
        return message.as_bytes()


class _Watched(smtplib.SMTP):
    """Its connection ends with the deadline."""

    def __init__(self, deadline: Deadline, host: str, port: int) -> None:
        self.deadline = deadline
        super().__init__(host, port, timeout=ANSWER_SECONDS)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        made: socket.socket = super()._get_socket(host, port, timeout)  # type: ignore[misc]
        self.deadline.watch(made)
        return made

    def getreply(self) -> tuple[int, bytes]:
        """A line that the deadline has cut is no answer."""
        answer = super().getreply()
        if self.deadline.is_over:
            self.close()
            raise smtplib.SMTPServerDisconnected("the whole took too long")
        return answer


class _WatchedTls(smtplib.SMTP_SSL, _Watched):
    """The same, encrypted from the first byte: also the handshake is watched."""

    def __init__(self, deadline: Deadline, host: str, port: int, context: ssl.SSLContext) -> None:
        self.deadline = deadline
        smtplib.SMTP_SSL.__init__(self, host, port, timeout=ANSWER_SECONDS, context=context)


def _demand(answer: tuple[int, bytes], step: Step) -> None:
    if answer[0] // 100 != 2:
        raise _refusal(answer[0], answer[1], step)


def _refusal(code: int, said: bytes | str, step: Step) -> NotTaken:
    text = said.decode("utf-8", errors="replace") if isinstance(said, bytes) else said
    return verdicts.refusal(verdicts.judge(verdicts.SMTP, code, text, step), f"smtp_{code}")
