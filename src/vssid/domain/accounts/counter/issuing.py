"""An activation password given at the counter: to the account, and if asked to the trusted person too."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from vssid.domain.audit import actions as audit
from vssid.domain.notifications import actions as notifications
from vssid.domain.notifications import languages
from vssid.domain.notifications.outbox import templates
from vssid.kernel.actor import Actor

from .. import login_names
from ..contacts import newest, notify
from ..guardianship import trusted
from ..models.accounts import Account, CounterRequest
from ..sign_in import passkeys, passwords, sessions

ACTIVATION = "account_activation"


def confirm_phone(row: CounterRequest, now: datetime) -> None:
    """Before a password goes to the account's phone. Raises OlderValue where it is not the newest.

    Outside of the transaction that is not done then, so that the event stays.
    """
    account = Account.objects.filter(person_id=row.person_id).first()
    if row.kind == CounterRequest.PASSWORD and account is not None:
        newest.confirm(account, newest.PHONE, now=now)


def issue(account: Account, by: Actor, now: datetime, also_trusted: bool) -> None:
    """A new one: the old password, every session and passkey end, in the caller's transaction."""
    activation = passwords.new_activation()
    account.password = passwords.hashed(activation)
    account.activation_expires_at = now + settings.ACTIVATION_LIFE
    account.save(update_fields=["password", "activation_expires_at"])
    sessions.end_all(account.person_id)
    passkeys.remove_all(account.person_id)
    phone = notify.phone_of(account)
    assert phone is not None
    life: timedelta = settings.ACTIVATION_LIFE
    hours = int(life.total_seconds() // 3600)
    notifications.send_sms(
        to=phone,
        text=templates.render(
            ACTIVATION,
            language=languages.of(account.person_id),
            account=login_names.of(account),
            password=activation,
            hours=hours,
        ),
        kind=ACTIVATION,
        subject_id=account.person_id,
        now=now,
        expires_in=life,
        series=passwords.activation_series(account.person_id),
    )
    if also_trusted:
        trusted.send_activation(
            account.person_id, account=login_names.of(account), password=activation, now=now, hours=hours
        )
    audit.record("account.activation_renewed", subject=account.person_id, by=by, now=now)
