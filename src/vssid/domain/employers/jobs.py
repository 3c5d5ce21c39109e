"""What time does to employers: rosters follow the register, campaigns run, invitations are sent, what is old
is put away.
"""

from __future__ import annotations

from django.db import InterfaceError, OperationalError, close_old_connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from vssid.domain.casework import batches
from vssid.infra import blobs
from vssid.infra.database import clock

from .alignment import keeping
from .campaigns import planning, printing, running
from .campaigns import retention as letters
from .days import passing
from .handing_in import retention as prints
from .handing_in import working as working_prints
from .invitations import retention as invitations
from .invitations import sending, starting
from .on_site import retention as on_site
from .own_file import retention, working
from .papers import filing
from .portfolio import diary
from .roster import refreshing
from .seats import emails
from .software import tokens
from .standing import following

_RETRY = RetryStrategy(max_attempts=10, wait=30, retry_exceptions={OperationalError, InterfaceError})
_RETRY_FILES = RetryStrategy(
    max_attempts=10, wait=30, retry_exceptions={OperationalError, InterfaceError, blobs.Away}
)


@app.periodic(cron="*/10 * * * *")
@app.task(
    name="employers.follow_files", queue="default", queueing_lock="employers.follow_files", pass_context=False
)
def follow_files(timestamp: int) -> None:
    """Make the rosters anew when a file of the register came in, compare what employers gave, and see who did
    not go on and who moved to another office; else a few short queries.
    """
    if refreshing.is_behind():
        refreshing.refresh(clock.of_database())
    if keeping.is_behind():
        keeping.align_all(clock.of_database())
    starting.follow_corrections()
    starting.forget_gone()
    following.follow_all(clock.of_database())


@app.task(name="employers.read_own_file", queue="default", retry=_RETRY, pass_context=False)
def read_own_file(file_id: int) -> None:
    """Read a file of an employer; may be repeated at any point."""
    close_old_connections()  # a connection that broke under the attempt before
    working.work(file_id, now=clock.of_database())


@app.task(name="employers.send_invitations", queue="default", retry=_RETRY, pass_context=False)
def send_invitations(round_id: int) -> None:
    """Send the messages of a round; may be repeated at any point."""
    close_old_connections()  # a connection that broke under the attempt before
    sending.work(round_id, now=clock.of_database())


@app.periodic(cron="*/10 * * * *")
@app.task(
    name="employers.run_campaigns",
    queue="default",
    queueing_lock="employers.run_campaigns",
    pass_context=False,
)
def run_campaigns(timestamp: int) -> None:
    """Begin the waves of campaigns whose day has come, queue what was lost, end what is over."""
    running.run_all(clock.of_database())


@app.task(name="employers.plan_campaign", queue="default", retry=_RETRY, pass_context=False)
def plan_campaign(campaign_id: int) -> None:
    """Take the employers that a campaign is for; may be repeated at any point."""
    close_old_connections()  # a connection that broke under the attempt before
    planning.plan(campaign_id, clock.of_database())


@app.task(name="employers.print_part", queue="default", retry=_RETRY, pass_context=False)
def print_part(part_id: int) -> None:
    """Print the letters of a part, or ask HR of its employers; may be repeated at any point."""
    close_old_connections()  # a connection that broke under the attempt before
    printing.print_or_ask(part_id, now=clock.of_database())


@app.task(name="employers.print_forms", queue="default", retry=_RETRY_FILES, pass_context=False)
def print_forms(run_id: int) -> None:
    """Print the forms of a run; may be repeated at any point."""
    close_old_connections()  # a connection that broke under the attempt before
    working_prints.work(run_id, now=clock.of_database())


@app.periodic(cron="20 20 * * *")
@app.task(name="employers.nightly", queue="default", queueing_lock="employers.nightly", pass_context=False)
def nightly(timestamp: int) -> None:
    """At 03:20 in Việt Nam; one that fails must not keep the others from their work."""
    works = (
        *(filing.erase_old, filing.sweep_orphans, retention.put_away_old, retention.sweep_orphans),
        *(letters.erase_old, letters.sweep_orphans, invitations.forget_old, diary.erase_old),
        *(prints.put_away_old, prints.sweep_orphans, emails.sweep, tokens.sweep),
        *(passing.close_past, on_site.erase_old, passing.erase_old),
    )
    batches.run(works, clock.of_database())


@app.periodic(cron="0 2 * * *")
@app.task(
    name="employers.remind_of_days",
    queue="default",
    queueing_lock="employers.remind_of_days",
    pass_context=False,
)
def remind_of_days(timestamp: int) -> None:
    """At 09:00 in Việt Nam, when a phone may sound: who booked for tomorrow is reminded."""
    batches.run((passing.remind,), clock.of_database())
