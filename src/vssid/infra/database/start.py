"""What must hold before a process serves or works: the database answers, is new enough, and limits hold."""

from __future__ import annotations

import re
from typing import Any

import psycopg
from django.db import Error, NotSupportedError, connection

from . import limits
from .patience import Connection

OLDEST = 16  # the first with pg_input_is_valid, by which imports read cells
# What libpq and the server say, in the order they are looked for, and our name for it.
CAUSES = (
    ("password", r"password authentication failed|no password supplied|authentication failed for user"),
    ("database", r"database \"[^\"]*\" does not exist"),
    ("user", r"role \"[^\"]*\" does not exist"),
    ("not_admitted", r"pg_hba\.conf|permission denied for database|not permitted to log in"),
    ("read_only", r"session is read-only|server is in hot standby mode"),
    ("starting", r"the database system is (starting up|shutting down|not yet accepting|in recovery mode)"),
    ("pooled", r"statement pooling mode"),
    ("pooler_options", r"unsupported startup parameter"),
    ("full", r"too many clients|remaining connection slots|too many connections"),
    ("refused", r"Connection refused|No such file or directory|server closed the connection"),
    ("name", r"translate host name|resolve host|Name or service not known|Temporary failure in name"),
    ("silent", r"timeout expired|timed out|did not answer within|No route to host|Network is unreachable"),
)
# What time or somebody at the database mends: a worker waits for it.
PASSING = frozenset({"read_only", "starting", "full", "refused", "name", "silent", "other"})


class Unfit(Exception):
    """The database cannot be used; `code` says why, `facts` what to tell beside it, never a password."""

    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


def look() -> None:
    """Connect and look at the server. Raises Unfit."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('server_version_num')::int, pg_is_in_recovery()")
            version, standby = cursor.fetchone()
            cursor.execute(
                "SELECT name, setting::bigint FROM pg_settings WHERE name = ANY(%s)", [list(limits.SERVER)]
            )
            settings = dict(cursor.fetchall())
    except NotSupportedError as error:
        raise Unfit("too_old", oldest=str(OLDEST), found="cũ hơn nhiều") from error
    except Error as error:
        raise cause_of(error) from error
    if _shares_sessions():
        raise Unfit("pooled", **_where())
    if version < OLDEST * 10_000:
        raise Unfit("too_old", oldest=str(OLDEST), found=str(version // 10_000))
    if standby:
        raise Unfit("read_only", **_where())
    for name, (usual, most) in limits.SERVER.items():
        if not 0 < settings[name] <= most:
            raise Unfit("limit", name=name, usual=usual, most=f"{most // 1000}s", found=f"{settings[name]}ms")


def _shares_sessions() -> bool:
    """Does a connection of ours meet several sessions of the server, or two of them the same one?

    So it is behind a pooler that lends a session for one transaction: settings and prepared statements of one
    connection would be met, or missed, by another. One that lends its sessions in turn is known by the first,
    one that lends the last used by the second: the other connection holds its session meanwhile.
    """
    parameters = connection.get_connection_params()
    del parameters["cursor_factory"], parameters["context"]
    with connection.cursor() as cursor:
        ours = _sessions(cursor) | _sessions(cursor) | _sessions(cursor)
        try:
            with Connection.connect(**parameters) as other:
                theirs = _sessions(other.cursor())
                ours |= _sessions(cursor)
        except psycopg.Error as error:
            raise cause_of(error) from error
    return len(ours) > 1 or bool(ours & theirs)


def _sessions(cursor: Any) -> set[int]:
    cursor.execute("SELECT pg_backend_pid()")
    return {cursor.fetchone()[0]}


def cause_of(error: Exception) -> Unfit:
    """Why a connection was refused, by the words of libpq and the server."""
    said = str(error)
    for code, words in CAUSES:
        if re.search(words, said, re.IGNORECASE):
            return Unfit(code, **_where())
    return Unfit("other", **_where(), said=(said.strip().splitlines() or ["?"])[0])


def _where() -> dict[str, str]:
    known = connection.settings_dict
    host = known["HOST"] or "localhost"
    port = "" if host.startswith("/") else f":{known['PORT'] or 5432}"
    return {"host": f"{host}{port}", "database": known["NAME"] or "", "user": known["USER"] or ""}
