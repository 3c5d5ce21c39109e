"""Claims that have ended are swept each hour."""

from __future__ import annotations

from procrastinate.contrib.django import app

from vssid.infra.database import clock

from . import claims


@app.periodic(cron="20 * * * *")
@app.task(name="casework.sweep_claims", queue="default", queueing_lock="casework.sweep_claims")
def sweep_claims(timestamp: int) -> None:
    """Delete what nobody has in hand any more."""
    claims.sweep(clock.of_database())
