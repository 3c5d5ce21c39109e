"""Who is named to the reader of a list."""

from __future__ import annotations

from collections.abc import Collection

from vssid.domain.offices import policy
from vssid.domain.offices.rights import Right

from ..asked import Asked


def of(asked: Asked, codes: Collection[str]) -> frozenset[str]:
    """At which of these offices the reader may see files."""
    return frozenset(code for code in codes if policy.allows(asked.by, Right.SEE_FILES, code))
