"""Activation passwords and the rules for own ones."""

from __future__ import annotations

import re
import secrets

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import get_default_password_validators
from django.core.exceptions import ValidationError

from vssid.kernel.errors import Invalid

# No 0 O 1 I L and no vowels that spell words: nothing to confuse when read from a small screen.
ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"
GROUP = 5
_ACTIVATION = re.compile(rf"[{ALPHABET}]{{{2 * GROUP}}}")


def new_activation() -> str:
    """A random one-time password like `7KQ2M-X9DRT` (47 bits)."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(2 * GROUP))
    return f"{letters[:GROUP]}-{letters[GROUP:]}"


def as_activation(typed: str) -> str:
    """What a person typed as activation password, without spaces, hyphen and case; "" when it is none."""
    bare = re.sub(r"[\s\-–]", "", typed).upper()
    return f"{bare[:GROUP]}-{bare[GROUP:]}" if _ACTIVATION.fullmatch(bare) else ""


def hashed(password: str) -> str:
    """Argon2id hash."""
    return make_password(password, hasher="argon2")


def matches(typed: str, stored: str, *, activation: bool) -> bool:
    """Does the typed password match? Costs one Argon2 whatever the answer."""
    return bool(check_password((as_activation(typed) or typed) if activation else typed, stored))


def waste_time(typed: str) -> None:
    """Spend what a check costs, so that an unknown name takes as long as a wrong password."""
    hashed(typed)


def check_own(password: str, *, login: str, activation: str = "") -> None:
    """Refuse an own password that is too short, common, the login name, or the activation password.

    Raises Invalid(password=too_short | too_long | too_common | same_as_login).
    """
    if len(password) < 8:
        raise Invalid(password="too_short")
    if len(password) > 128:
        raise Invalid(password="too_long")
    if login.casefold() in password.casefold():
        raise Invalid(password="same_as_login")
    if as_activation(password):
        raise Invalid(password="activation_like")
    for validator in get_default_password_validators():
        try:
            validator.validate(password, None)
        except ValidationError as refused:
            raise Invalid(password=str(refused.code).removeprefix("password_")) from None
