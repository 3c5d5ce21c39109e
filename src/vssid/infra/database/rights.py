"""What the role of web and workers may do where another one owns the tables (docs/operations/database.md)."""

from __future__ import annotations

from django.db import connection, transaction
from psycopg import sql

# Where that role may make tables: those of one import, gone at its end.
STAGING = "vssid_staging"
# Reads no table, so it needs no index; milliseconds, and any number of times.
_GIVEN = """
CREATE SCHEMA IF NOT EXISTS {staging};
GRANT USAGE, CREATE ON SCHEMA {staging} TO {role};
GRANT USAGE ON SCHEMA public TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
GRANT SELECT, USAGE, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {role};
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role};
REVOKE UPDATE, DELETE ON audit_event FROM {role};
REVOKE INSERT, UPDATE, DELETE ON audit_lane FROM {role};
GRANT UPDATE (seq, hash, mac) ON audit_lane TO {role};
"""
# The powers over the log by which its guard could be passed.
_POWERS = """
SELECT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
    OR has_table_privilege('audit_event', 'UPDATE, DELETE, TRUNCATE')
    OR has_table_privilege('audit_lane', 'INSERT, DELETE, TRUNCATE')
    OR (SELECT pg_has_role(relowner, 'MEMBER') FROM pg_class WHERE oid = 'audit_event'::regclass)
"""


def user() -> str:
    """As whom we are connected."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return str(cursor.fetchone()[0])


def give(role: str) -> None:
    """Give the role what web and workers need, of the log only adding and reading. Any number of times."""
    names = {"role": sql.Identifier(role), "staging": sql.Identifier(STAGING)}
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in filter(str.strip, _GIVEN.split(";")):
            cursor.execute(sql.SQL(statement).format(**names))


def could_change_the_log() -> bool:
    """Could we, as we are connected, change or remove events?"""
    with connection.cursor() as cursor:
        cursor.execute(_POWERS)
        return bool(cursor.fetchone()[0])
