"""PostgreSQL's own point, which needs no extension."""

from __future__ import annotations

from typing import Any

from django.db import models


class PointField(models.Field):  # type: ignore[type-arg]
    """A pair of numbers as `point`; read and written by SQL of this room only."""

    def db_type(self, connection: Any) -> str:
        """The type's name."""
        return "point"
