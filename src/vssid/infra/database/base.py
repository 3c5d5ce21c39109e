"""Django's PostgreSQL backend with our connections; Django asks for a module of this name."""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql import base
from django.utils.asyncio import async_unsafe
from psycopg import Error, IsolationLevel

from .patience import WRITES, Connection


class DatabaseWrapper(base.DatabaseWrapper):
    """Opens connections that do not wait without a limit."""

    @async_unsafe
    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection:
        """A connection; raises psycopg's OperationalError. Django's pool and isolation are not used."""
        self.isolation_level = IsolationLevel.READ_COMMITTED
        return Connection.connect(**conn_params)

    def is_usable(self) -> bool:
        """Does it answer, and can it write? Asked before a request's first statement and after an error.

        A server that became a standby answers on and on; let go of it, and the next connection goes to the
        new primary.
        """
        if self.connection is None:
            return False
        try:
            with self.connection.cursor() as cursor:
                return bool(cursor.execute(WRITES).fetchone() == (True,))
        except Error:
            return False
