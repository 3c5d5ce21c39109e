"""The rules of `sessions.resolve` as SQL, for a statement that checks the session and reads in one go.

Only the plain case is here: a person with an own password whose secret need not be replaced. Whatever else
a token may be (unknown, ended, idle, frozen, of staff, due for a new secret) finds no row;
`sessions.resolve` then says what it is.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ..models.accounts import Account
from .sessions import GRACE, ROTATE_AFTER, SEEN_STEP, claim, idle_limit

# One row for a session that holds. Each table compares its own person_id with the parameter.
LIVE = """
accounts_session session JOIN accounts_account account ON account.person_id = %(person_id)s
WHERE session.person_id = %(person_id)s AND session.id = %(session_id)s
AND (session.secret_hash = %(secret_hash)s
    OR (session.previous_hash = %(secret_hash)s AND session.rotated_at >= %(grace_from)s))
AND session.seen_at >= %(idle_from)s AND session.rotated_at >= %(rotate_from)s
AND account.kind = 'citizen' AND account.activation_expires_at IS NULL AND account.frozen_at IS NULL
"""
# True when the session was last seen so long ago that `TOUCH` should be run.
IS_STALE = "session.seen_at < %(seen_from)s"
TOUCH = """
UPDATE accounts_session SET seen_at = %(now)s
WHERE person_id = %(person_id)s AND id = %(session_id)s AND seen_at < %(seen_from)s
"""


def parameters(token: str, *, now: datetime) -> dict[str, Any] | None:
    """What `LIVE`, `IS_STALE` and `TOUCH` need; None for what is no token."""
    claimed = claim(token)
    if claimed is None:
        return None
    person_id, session_id, secret_hash = claimed
    return {
        "person_id": person_id,
        "session_id": session_id,
        "secret_hash": secret_hash,
        "now": now,
        "grace_from": now - GRACE,
        "seen_from": now - SEEN_STEP,
        "idle_from": now - idle_limit(Account.CITIZEN),
        "rotate_from": now - ROTATE_AFTER,
    }
