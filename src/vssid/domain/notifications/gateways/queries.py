"""The gateways as the office sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from vssid.infra import sms

from ..models.gateways import Gateway


@dataclass(frozen=True, slots=True)
class GatewayView:
    """One gateway. Points of 100: `weight` now, `rest` while all is well. `why`: a code of the rules, or what
    `changed_by` wrote.
    """

    name: str
    weight: int
    rest: int
    use: str
    why: str
    changed_at: datetime
    changed_by: str
    is_being_tried: bool


def listed() -> list[GatewayView]:
    """Those that settings name, by name."""
    rows = Gateway.objects.filter(name__in=sms.routes()).order_by("name")
    return [
        GatewayView(
            row.name,
            row.weight,
            row.rest,
            row.use,
            row.why,
            row.changed_at,
            row.changed_by,
            row.trial_message is not None,
        )
        for row in rows
    ]
