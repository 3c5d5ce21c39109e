"""What accounts refuse."""

from __future__ import annotations

from datetime import datetime

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


class Limited(DomainError):
    """Too many tries; `retry_at` says when the next one is taken."""

    code = "limited"

    def __init__(self, *, name: str, retry_at: datetime) -> None:
        super().__init__(name=name, retry_at=retry_at)
        self.retry_at = retry_at


class WrongCode(DomainError):
    """The six-digit code is wrong; `tries_left` says how many are left."""

    code = "wrong_code"

    def __init__(self, *, tries_left: int) -> None:
        super().__init__(tries_left=tries_left)
        self.tries_left = tries_left


class CodeExpired(DomainError):
    """There is no live code: too old, used, replaced or tried too often."""

    code = "code_expired"
