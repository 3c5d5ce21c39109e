"""What time does to codes, challenges and limits."""

from __future__ import annotations

from procrastinate.contrib.django import app

from vssid.infra.database import clock

from . import challenges, codes, limits, text_budgets


@app.periodic(cron="20 19 * * *")
@app.task(name="verification.sweep", queue="default", pass_context=False)
def sweep(timestamp: int) -> None:
    """Delete dead codes, limits at rest and counts of days gone by (02:20 in Việt Nam)."""
    now = clock.of_database()
    limits.sweep(now)
    text_budgets.sweep(now)
    codes.sweep(now)


@app.periodic(cron="*/15 * * * *")
@app.task(
    name="verification.forget_challenges",
    queue="default",
    queueing_lock="verification.forget_challenges",
    pass_context=False,
)
def forget_challenges(timestamp: int) -> None:
    """Forget challenges that nobody answered, which may be many."""
    challenges.sweep(clock.of_database())
