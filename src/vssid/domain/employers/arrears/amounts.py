"""What is to be paid in for a month of a worker, where the register tells enough. Pure; nothing is guessed.

A coefficient, another currency, and a wage with allowances beside it give no amount: their base follows rules
that the register does not carry out.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from vssid.domain.participants.participation import rates


@lru_cache(maxsize=65536)
def due(
    scheme: str, month: date, wage: Decimal | None, worker: Decimal | None, employer: Decimal | None
) -> int | None:
    """Both shares of a month in whole đồng; None where the wage or a rate is not known."""
    percent = _percent(scheme, month, worker, employer)
    if wage is None or percent is None:
        return None
    return int((wage * percent / 100).quantize(Decimal(1), ROUND_HALF_UP))


def _percent(scheme: str, month: date, worker: Decimal | None, employer: Decimal | None) -> Decimal | None:
    """As the register tells; else that of the law for the month, where a source was seen for it."""
    if worker is not None and employer is not None:
        return worker + employer
    law = rates.of(scheme, month)
    if law is None or law.mark != "[S]":
        return None
    # One share alone that is not the law's belongs to somebody under other rates.
    if worker not in (None, law.worker) or employer not in (None, law.employer):
        return None
    return law.worker + law.employer
