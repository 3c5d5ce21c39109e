"""The code of an invitation, twelve letters: made of a random seed with the installation's key, found by its
keyed fingerprint. What is stored tells nobody the code.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from vssid.domain.vault import sealing as vault
from vssid.kernel import printed_codes

LENGTH = 12
SEED = 16
_BITS = 5
_MADE, _FOUND = "invitation-seed", "invitation-code"

shown = printed_codes.shown


def seed() -> bytes:
    """What a new code is made of."""
    return secrets.token_bytes(SEED)


def poster() -> str:
    """A fresh code of an employer."""
    return printed_codes.new(LENGTH)


def of(seed: bytes) -> str:
    """The code of a new seed, plain."""
    return _code(vault.fingerprint(_MADE, seed.hex()))


def again(seed: bytes, code_print: bytes) -> str:
    """The code as it was made, also under an older key. Raises LookupError when that key is gone."""
    for made in vault.fingerprints(_MADE, seed.hex()):
        code = _code(made)
        if code_print in prints([code]):
            return code
    raise LookupError("the key of the code is gone")


def fingerprint(code: str) -> bytes:
    """What a code is found by."""
    return vault.fingerprint(_FOUND, code)


def prints(plain: Iterable[str]) -> list[bytes]:
    """What these codes may have been kept as."""
    return [value for code in plain for value in vault.fingerprints(_FOUND, code)]


def read(typed: str) -> tuple[str, ...]:
    """The plain codes that what was typed may stand for."""
    return printed_codes.read(typed, LENGTH)


def _code(made: bytes) -> str:
    number = int.from_bytes(made[:8])
    return "".join(printed_codes.ALPHABET[number >> (at * _BITS) & 31] for at in range(LENGTH))
