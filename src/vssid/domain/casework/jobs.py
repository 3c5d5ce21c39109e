"""Claims that have ended are swept each hour, old notes each night."""

from __future__ import annotations

from procrastinate.contrib.django import app

from vssid.infra.database import clock

from . import claims
from .work import notes


@app.periodic(cron="20 * * * *")
@app.task(name="casework.sweep_claims", queue="default", queueing_lock="casework.sweep_claims")
def sweep_claims(timestamp: int) -> None:
    """Delete what nobody has in hand any more."""
    claims.sweep(clock.of_database())


@app.periodic(cron="25 20 * * *")
@app.task(name="casework.sweep_notes", queue="default", queueing_lock="casework.sweep_notes")
def sweep_notes(timestamp: int) -> None:
    """Delete the notes of files closed long ago (03:25 in Việt Nam)."""
    notes.sweep(clock.of_database())
