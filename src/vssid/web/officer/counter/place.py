"""The counter's one address: where a person is served, from the card to the decision."""

from __future__ import annotations

from django.urls import reverse

AT_COUNTER = "quay"  # as the addresses of buttons say that they were pressed there
BACK = f"?tu={AT_COUNTER}"
NAMED = "ho-so"


def of(walk_in_id: int, more: str = "") -> str:
    """The address at which a walk-in, or the file it became, stands."""
    return f"{reverse('officer:counter')}?{NAMED}={walk_in_id}{more}"
