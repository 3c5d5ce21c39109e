"""Views as JSON values. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from vssid.kernel.redacted import Redacted


def plain(value: Any) -> Any:
    """The value with dataclasses as objects, days and moments in ISO form, amounts as they are written.

    Redacted numbers are revealed: this is for the eyes of their owner. Raises TypeError for other kinds.
    """
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Redacted):
        return value.reveal()
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(part) for part in value]
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, (Decimal, UUID)):
        return str(value)
    if value is None or isinstance(value, (str, int, float)):
        return value
    raise TypeError(type(value).__name__)
