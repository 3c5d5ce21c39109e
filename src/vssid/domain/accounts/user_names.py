"""Names that somebody chooses to sign in with at work: of staff and of employers' HR people."""

from __future__ import annotations

import re

from vssid.kernel.errors import Invalid

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")


def check_user_name(login: str) -> None:
    """Letters, digits and . _ -, not digits alone, which a person signs in with.

    Raises Invalid(username=bad_username).
    """
    if not _NAME.fullmatch(login) or login.isdigit():
        raise Invalid(username="bad_username")
