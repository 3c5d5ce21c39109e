"""What time does to accounts: nightly clean-up, closing, codes of claims."""

from __future__ import annotations

from datetime import UTC, datetime

import structlog
from procrastinate.contrib.django import app

from vssid.infra.database import clock

from . import arrears, login_names
from .contacts import changes, older_values, work_email
from .counter import officer_decisions
from .factors import recovery_codes, vouching
from .posts import absences, cap_notices
from .recovery import answering, claims, closing
from .sign_in import sessions

HALF_AN_HOUR = 30 * 60.0  # seconds
log = structlog.get_logger(__name__)


@app.periodic(cron="20 19 * * *")
@app.task(name="accounts.sweep", queue="default", pass_context=False)
def sweep(timestamp: int) -> None:
    """Delete ended sessions, claims, changes of contact, codes nobody kept, work e-mails without a post.

    At 02:20 in Việt Nam."""
    now = clock.of_database()
    sessions.sweep(now)
    claims.sweep(now)
    changes.sweep(now)
    vouching.sweep(now)
    recovery_codes.sweep(now)
    work_email.sweep(now)


@app.periodic(cron="3 17 * * *")
@app.task(name="accounts.begin_absences", queue="default", queueing_lock="accounts.begin_absences")
def begin_absences(timestamp: int) -> None:
    """At 00:03 in Việt Nam: what members have whose absence begins on this day is others' to do."""
    absences.begin(clock.of_database())


@app.periodic(cron="5 1,6 10 * *")
@app.task(name="accounts.arrears_begin", queue="default", queueing_lock="accounts.arrears_begin")
def arrears_begin(timestamp: int) -> None:
    """On the 10th at 08:05 in Việt Nam, and at 13:05 for whom the morning's round did not reach.

    Made up for later in the month, from 08:05 on; not in the next one, whose own 10th comes.
    """
    arrears.begin(clock.of_database(), due=datetime.fromtimestamp(timestamp, UTC))


@app.task(name=arrears.JOB, queue="default")
def arrears_batch(after: int, day: str) -> None:
    """One batch of the monthly notice of arrears."""
    arrears.run(after, day, now=clock.of_database())


@app.periodic(cron="*/15 * * * *")
@app.task(name="accounts.close_due", queue="default", queueing_lock="accounts.close_due", pass_context=False)
def close_due(timestamp: int) -> None:
    """Close accounts whose day has come, and requests at the counter nobody came for."""
    now = clock.of_database()
    closing.close_due(now)
    officer_decisions.expire_due(now)


@app.periodic(cron="*/5 * * * *")
@app.task(name="accounts.tell_caps", queue="default", queueing_lock="accounts.tell_caps", pass_context=False)
def tell_caps(timestamp: int) -> None:
    """Tell administrators which caps of texts are nearly used up, within five minutes."""
    if told := cap_notices.tell(clock.of_database()):
        log.warning("sms_caps_told", count=told)


@app.task(name="accounts.answer_claim", queue="sms", pass_context=False)
def answer_claim(claim_id: int) -> None:
    """Send the code of a claim, if there is such an account."""
    answering.answer(claim_id, now=clock.of_database())


@app.periodic(cron="17 20 * * *")
@app.task(
    name="accounts.seal_plain",
    queue="default",
    queueing_lock="accounts.seal_plain",
    pass_context=False,
)
def seal_plain(timestamp: int) -> None:
    """Seal login names that an older version wrote in plain (03:17 in Việt Nam)."""
    login_names.seal_plain(seconds=HALF_AN_HOUR)


@app.periodic(cron="40 20 * * *")
@app.task(
    name="accounts.older_values",
    queue="default",
    queueing_lock="accounts.older_values",
    pass_context=False,
)
def look_for_older_values(timestamp: int) -> None:
    """A seventh of the accounts at 03:40 in Việt Nam: is what lies there what was put there last?"""
    report = older_values.night(clock.of_database(), seconds=HALF_AN_HOUR)
    if not report.is_whole:
        log.warning("older_values_unfinished", accounts=report.accounts)
    log.info("older_values_looked_for", accounts=report.accounts, older=len(report.older), told=report.told)
