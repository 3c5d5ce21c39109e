"""What accounts refuse."""

from __future__ import annotations

from datetime import datetime

from vssid.domain.casework import errors as casework
from vssid.kernel.errors import DomainError


class WrongCredentials(DomainError):
    """Name and password do not go together; which of the two is never said."""

    code = "wrong_credentials"


class ActivationExpired(DomainError):
    """The activation password was right but its hours are over."""

    code = "activation_expired"


class AlreadyHasAccount(DomainError):
    """The person has an account."""

    code = "already_has_account"


class NotActivating(DomainError):
    """The person has already chosen an own password, so no activation password can be sent."""

    code = "not_activating"


class AccountFrozen(DomainError):
    """The password was right, but the account is frozen since `frozen_at`."""

    code = "account_frozen"

    def __init__(self, *, frozen_at: datetime) -> None:
        super().__init__(frozen_at=frozen_at)
        self.frozen_at = frozen_at


class TooSoon(DomainError):
    """The cooling-off time is not over; `at` says when it is."""

    code = "too_soon"

    def __init__(self, *, at: datetime) -> None:
        super().__init__(at=at)
        self.at = at


class ClaimOver(DomainError):
    """There is no such claim any more: too old, used, or of another browser."""

    code = "claim_over"


class PasskeyInDoubt(DomainError):
    """The proof was good, but the counter of a passkey that lives on one device alone did not rise.

    The owner signs in with the password and says whether it is theirs.
    """

    code = "passkey_in_doubt"


class TooManyPasskeys(DomainError):
    """The person has as many passkeys as one may have."""

    code = "too_many_passkeys"


class SameContact(DomainError):
    """The new phone or e-mail address is the one of today."""

    code = "same_contact"


class RequestClosed(casework.AlreadyMoved):
    """The request at the counter was decided, withdrawn or ran out before; `state` says which, `by` who."""

    code = "request_closed"


class SecondNeeded(DomainError):
    """Who has just set the account's phone sends no password to it before `at`; another officer does."""

    code = "second_needed"


class RequestNotReady(casework.NotReady):
    """Something is missing for the decision: `missing` holds original, phone, account_phone, second."""

    code = "request_not_ready"


class OlderValue(DomainError):
    """The account's phone or e-mail address is not what was put there last; nothing is sent there."""

    code = "older_value"
