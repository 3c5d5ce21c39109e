"""How long the house waits for its database: the numbers, for every connection it opens.

On the server a statement, a lock and a silent transaction end; on our side a connection attempt, a dead link
and, last of all, any answer (see `patience`). docs/operations/database.md says the same to operators.
"""

from __future__ import annotations

# Limits of the server, sent as options of each connection: what, how we set it, and the most in milliseconds
# that an operator may set instead. An answer must always come before our own patience (`ANSWER`) ends.
SERVER = {
    "statement_timeout": ("15s", 25_000),
    "lock_timeout": ("5s", 25_000),
    "idle_in_transaction_session_timeout": ("60s", 600_000),
}
# Limits of the client, as libpq names them; seconds, and milliseconds for tcp_user_timeout. A peer that went
# silent is noticed after 25 s while nothing is asked of it, after 20 s while something is on its way.
CLIENT = {
    "connect_timeout": 5,
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}
# Seconds for any answer: for links that a machine between keeps open although nothing comes through.
ANSWER = 30.0
# The worker listens for jobs 30 s at a time on a connection of its own; that is no silence.
LISTENING = 45.0


def options() -> str:
    """The server's limits as `options` of a connection."""
    return " ".join(f"-c {name}={value}" for name, (value, _most) in SERVER.items())
