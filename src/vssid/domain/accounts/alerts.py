"""Tell the owner what happened to the account: the one place all such notices go through."""

from __future__ import annotations

from datetime import datetime, timedelta

from vssid.domain.notifications import actions as notifications
from vssid.domain.notifications import templates
from vssid.domain.vault import actions as vault
from vssid.infra import mail
from vssid.kernel.calendar import VIETNAM
from vssid.kernel.email_address import EmailAddress
from vssid.kernel.ids import Phone

from . import limits, mailing
from .errors import Limited
from .models import Account

LIFE = timedelta(days=2)


def phone_of(account: Account) -> Phone | None:
    """The account's phone."""
    if account.phone is None:
        return None
    return Phone(vault.unseal(account.person_id, "account-phone", account.phone).decode())


def email_of(account: Account) -> EmailAddress | None:
    """The account's confirmed e-mail address."""
    if account.email is None:
        return None
    return EmailAddress(vault.unseal(account.person_id, "account-email", account.email).decode())


def tell(account: Account, kind: str, *, now: datetime, to: Phone | None = None, **facts: object) -> None:
    """Send one text of `account_texts` in the caller's transaction, by SMS and, where confirmed, e-mail.

    `to` is another phone than the account's: the one before a change. A day has room for so many texts of a
    kind; what is beyond is not sent, but the act it tells of stands and is in the account's history.
    """
    try:
        limits.hit("alert", f"{account.person_id}|{kind}", now=now)
    except Limited:
        return
    values = {"at": now.astimezone(VIETNAM).strftime("%H:%M %d/%m/%Y"), **facts}
    phone = to or phone_of(account)
    if phone is not None:
        notifications.send_sms(
            to=phone,
            text=templates.render(kind, **values),
            kind=kind,
            subject_id=account.person_id,
            now=now,
            expires_in=LIFE,
        )
    email = email_of(account)
    if email is not None and to is None and mail.is_on():
        written = {name: templates.written(value) for name, value in values.items()}
        mailing.send(account.person_id, email, kind, now=now, expires_in=LIFE, **written)
