"""Activation passwords, the form passwords are compared in, and the rules for own ones."""

from __future__ import annotations

import re
import secrets
import unicodedata

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import get_default_password_validators
from django.core.exceptions import ValidationError

from vssid.kernel.errors import Invalid
from vssid.kernel.input_methods import readings
from vssid.kernel.text import code_text, visible

# No 0 O 1 I L: nothing to confuse when read from a small screen. No letter that an input method changes or
# that changes another (Telex, VNI, VIQR): no vowel, so that a tone has nothing to stand on; no D, W, S, F, R,
# X, J, Z. Never the same twice in a row, which "quick Telex" would write out (kk = kh).
ALPHABET = "23456789BCGHKMNPQTV"
# What passwords are made of that were sent before.
_SENT_BEFORE = "23456789BCDFGHJKMNPQRSTVWXZ"
GROUP = 5
_ACTIVATION = re.compile(rf"[{_SENT_BEFORE}]{{{2 * GROUP}}}")
SHORTEST, LONGEST = 8, 128


def new_activation() -> str:
    """A random one-time password like `7KQ2M-V9GHT` (42 bits)."""
    letters = ""
    while len(letters) < 2 * GROUP:
        letters += secrets.choice([letter for letter in ALPHABET if letter != letters[-1:]])
    return f"{letters[:GROUP]}-{letters[GROUP:]}"


def as_activation(typed: str) -> str:
    """What a person typed as activation password, without spaces, hyphen and case; "" when it is none.

    Full-width letters and what nobody sees count as what they stand for.
    """
    return _grouped(code_text(typed).upper())


def _grouped(bare: str) -> str:
    return f"{bare[:GROUP]}-{bare[GROUP:]}" if _ACTIVATION.fullmatch(bare) else ""


def activation_forms(typed: str) -> list[str]:
    """The activation passwords that may be meant, one by each input method that may have changed it."""
    forms = [_grouped(reading) for reading in readings(code_text(typed[:200]).upper())]
    # Telex writes a W alone as Ư; there is no U that it could have been typed with.
    forms += [_grouped(reading.replace("UW", "W")) for reading in readings(code_text(typed[:200]).upper())]
    return [form for form in forms if form]


def own_form(typed: str) -> str:
    """A password as it is hashed, however a keyboard or a paste made it (RFC 8265, OpaqueString).

    Letters are composed, every kind of space is a plain one, none stands at the ends, what nobody sees is
    gone. Case and everything else stay.
    """
    plain = "".join(" " if sign.isspace() else sign for sign in visible(typed))
    return unicodedata.normalize("NFC", plain).strip(" ")


def same(typed: str, again: str) -> bool:
    """Are they the same password, typed twice?"""
    return own_form(typed) == own_form(again)


def hashed(password: str) -> str:
    """Argon2id hash of the form to compare in."""
    return make_password(own_form(password), hasher="argon2")


def _forms(typed: str) -> list[str]:
    """What a hash is compared with: as it should be, and once as it was typed, for hashes of before."""
    return list(dict.fromkeys((*activation_forms(typed), own_form(typed), typed)))


def matches(typed: str, stored: str) -> bool:
    """Does the typed password match? Costs the same whatever the answer, mostly one Argon2."""
    verdicts = [check_password(form, stored) for form in _forms(typed)]
    return any(verdicts)


def was_hashed_raw(typed: str, stored: str) -> bool:
    """Is it a hash of before, of a password that matches only as it was typed? Then hash it anew."""
    own = own_form(typed)
    return own != typed and check_password(typed, stored) and not check_password(own, stored)


def waste_time(typed: str) -> None:
    """Spend what a check costs, so that an unknown name takes as long as a wrong password."""
    for form in _forms(typed):
        make_password(form, hasher="argon2")


def check_own(password: str, *, login: str, activation: str = "") -> None:
    """Refuse an own password that is too short, common, the login name, or the activation password.

    Letters are counted, not the marks that some keyboards put behind them.

    Raises Invalid(password=too_short | too_long | too_common | same_as_login).
    """
    password = own_form(password)
    if sum(not unicodedata.category(sign).startswith("M") for sign in password) < SHORTEST:
        raise Invalid(password="too_short")
    if len(password) > LONGEST:
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


def activation_series(person_id: int) -> str:
    """Of a person's activation passwords only the newest is good, whoever had it sent."""
    return f"activation:{person_id}"
