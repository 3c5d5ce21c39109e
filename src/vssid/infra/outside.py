"""What lies outside (stores of files, gateways, mail and push servers) is never called in a transaction.

It may take its whole time limit, and a transaction that sits idle meanwhile holds its locks and its place.
"""

from __future__ import annotations

from typing import Any

import structlog
from django.db import connection

log = structlog.get_logger("vssid.infra")
refuses = False  # tests set it; a person is not to suffer for it


class InTransaction(RuntimeError):
    """Something outside was called while a transaction is open."""


def require_no_transaction(what: str) -> None:
    """Say so when a transaction is open; in tests raise InTransaction."""
    blocks: list[Any] = connection.atomic_blocks
    ours = [block for block in blocks if not block._from_testcase]
    if not ours:
        return
    if refuses:
        raise InTransaction(what)
    log.error("outside_called_in_transaction", what=what)
