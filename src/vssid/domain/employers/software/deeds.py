"""Do once what a program asks for twice: its Idempotency-Key decides."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from ..models.software import SoftwareDeed
from .clients import digest
from .errors import KeyReused


def once(
    client_id: str, key: str, asked: str, do: Callable[[], dict[str, Any]], *, now: datetime
) -> tuple[dict[str, Any], bool]:
    """What `do` answers, and whether it had been done before; of two at once the second waits for the first.

    What raises leaves nothing, so it may be asked for again. Raises KeyReused, and what `do` raises.
    """
    with transaction.atomic():
        row, is_new = SoftwareDeed.objects.get_or_create(
            client_id=uuid.UUID(client_id), key=key, defaults={"asked": digest(asked), "at": now}
        )
        if is_new:
            row.answer = do()
            row.save(update_fields=["answer"])
        elif bytes(row.asked) != digest(asked):
            raise KeyReused
        assert row.answer is not None  # written in the same transaction as the row
        return row.answer, not is_new
