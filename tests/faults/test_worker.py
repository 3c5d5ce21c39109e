"""A worker process and a PostgreSQL that goes away: nothing is lost, nothing is done twice, nobody starts
it again by hand."""

from __future__ import annotations

import signal
import subprocess
import sys
import time

import pytest

from tests.environment import ROOT
from tests.faults.machines.machine import Machine, until

pytestmark = pytest.mark.faults
MAKING = "vssid.domain.reports.making"
# Step after which the worker is killed → reports that are there then: not set yet, in the log, and
# committed.
STEPS = {f"{MAKING}._due": 0, "vssid.domain.audit.actions.record": 0, f"{MAKING}._keep": 1}
PREPARE = """
from vssid.cli import boot
boot.django()
from django.utils import timezone
from tests.making import roll_out
from tests.making.registrations import make_officer_account
from vssid.domain.accounts.models.staff import Post
from vssid.domain.reports import counting, schedules
from vssid.kernel.actor import Actor, ActorKind
roll_out.make_offices()
number, now = make_officer_account("hoa", roll_out.PROVINCE, "Hoa", "director"), timezone.now()
post = Post.objects.get(account_id=number)
by = Actor(ActorKind.OFFICER, number, "Hoa", roll_out.PROVINCE, "director", post.id)
counting.recount(now)
schedules.ask("report", "weekly", by=by, now=now)
"""
COUNTS = (
    "SELECT (SELECT count(*) FROM reports_made), (SELECT count(*) FROM audit_event WHERE kind = "
    "'report.made'), (SELECT count(*) FROM reports_made WHERE seen_at IS NULL)"
)


def test_a_job_queued_after_the_database_restarted_is_done(place: Machine) -> None:
    worker = place.worker()
    place.queue("test.note", '{"n": 1}')
    until(lambda: "1" in place.notes())
    place.stop()
    until(lambda: worker.says("database_lost") == 1)
    place.start()
    place.queue("test.note", '{"n": 2}')
    until(lambda: "2" in place.notes())
    assert worker.process.poll() is None
    until(lambda: worker.says("database_back") == 1)
    assert worker.says("database_lost") == 1
    assert "Traceback" not in worker.log()
    assert worker.terminate() == 0


def test_through_killed_databases_every_job_is_done_once(place: Machine) -> None:
    worker = place.worker()
    for round_of in range(3):
        for n in range(10):
            place.queue("test.note", f'{{"n": {round_of * 10 + n}, "seconds": 0.2}}')
        until(lambda done=round_of * 10 + 3: f"{done}" in place.notes())  # type: ignore[misc]
        place.kill()
        place.start()
    left = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'test.note' AND status <> 'succeeded'"
    until(lambda: place.execute(left) == [(0,)])
    begun = [line for line in place.notes() if line.startswith("begun")]
    assert sorted(begun) == sorted(f"begun {n}" for n in range(30))
    assert "Traceback" not in worker.log()


def test_it_waits_for_a_database_at_its_start(place: Machine) -> None:
    place.stop()
    worker = place.worker()
    until(lambda: worker.says("database_unreachable") == 1)
    time.sleep(1)  # it looks again three times a second, and says so once
    place.start()
    place.queue("test.note", '{"n": 1}')
    until(lambda: "1" in place.notes())
    assert worker.says("database_unreachable") == 1
    assert worker.terminate() == 0


def test_a_job_that_ends_while_the_database_is_away_is_written_down_when_it_is_back(place: Machine) -> None:
    """Longer away than the pool waits for a connection."""
    place.worker(VSSID_TEST_POOL_SECONDS="0.2")
    place.queue("test.note", '{"n": 1, "seconds": 3}')
    until(lambda: place.notes() == ["begun 1"])
    place.stop()
    until(lambda: place.notes() == ["begun 1", "1"])
    time.sleep(1)
    place.start()
    ended = "SELECT status::text, attempts FROM procrastinate_jobs WHERE task_name = 'test.note'"
    until(lambda: place.execute(ended) == [("succeeded", 1)])
    assert place.notes() == ["begun 1", "1"]


def test_a_job_that_lost_the_database_is_done_again(place: Machine) -> None:
    worker = place.worker()
    place.queue("test.ask", '{"n": 1, "seconds": 2}')
    until(lambda: place.notes() == ["begun 1"])
    place.stop()
    place.start()
    until(lambda: place.notes() == ["begun 1", "begun 1", "1"])
    assert worker.says("job_lost_the_database") >= 1
    assert "Traceback" not in worker.log()


def test_a_job_that_was_handed_out_without_being_heard_of_is_given_back(place: Machine) -> None:
    worker = place.worker()
    until(lambda: len(place.execute("SELECT id FROM procrastinate_workers")) == 1)
    # Written as the database does when it hands one out; the answer that says so was lost.
    place.execute(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, worker_id)"
        " SELECT 'default', 'test.note', '{\"n\": 1}', 'doing', id FROM procrastinate_workers"
    )
    place.stop()
    place.start()
    until(lambda: "1" in place.notes())
    assert worker.says("job_lost_on_its_way") == 1


def test_a_worker_whose_row_was_deleted_goes_on_under_a_new_one(place: Machine) -> None:
    worker = place.worker()
    until(lambda: len(place.execute("SELECT id FROM procrastinate_workers")) == 1)
    place.execute("DELETE FROM procrastinate_workers")
    until(lambda: len(place.execute("SELECT id FROM procrastinate_workers")) == 1)
    place.queue("test.note", '{"n": 1}')
    until(lambda: "1" in place.notes())
    assert worker.terminate() == 0


def test_on_a_copy_it_leaves_every_job_alone_until_that_is_let_go(place: Machine) -> None:
    worker = place.worker()
    until(lambda: len(place.execute("SELECT id FROM procrastinate_workers")) == 1)
    place.execute(
        "INSERT INTO vault_subject_key (subject_id, wrapped, master_key_id, created_at)"
        " VALUES (1, '', 'm1', now()) ON CONFLICT DO NOTHING"
    )
    ((here,),) = place.execute("SELECT place FROM installation")
    place.execute("UPDATE installation SET place = 'elsewhere'")
    try:
        # It may have asked just before; a job queued at once would then still be that moment's.
        until(lambda: worker.says("jobs_held") == 1)
        place.queue("test.note", '{"n": 1}')
        time.sleep(1)  # it is told of the job at once
        assert place.notes() == []
    finally:  # the server is the module's
        place.execute("UPDATE installation SET place = %s", here)
    until(lambda: "1" in place.notes())


def test_it_ends_with_0_on_a_signal_while_the_database_is_away(place: Machine) -> None:
    early, late = place.worker(), place.worker()
    until(lambda: len(place.execute("SELECT id FROM procrastinate_workers")) == 2)
    place.stop()
    until(lambda: late.says("database_lost") == 1)
    before = place.worker()
    until(lambda: before.says("database_unreachable") == 1)
    assert [worker.terminate() for worker in (early, late, before)] == [0, 0, 0]


def test_a_mistake_in_the_program_ends_it_with_a_status_that_is_not_0(place: Machine) -> None:
    place.execute("ALTER FUNCTION procrastinate_fetch_job_v2 RENAME TO gone")
    try:
        assert place.worker().process.wait(30) == 1
    finally:
        place.execute("ALTER FUNCTION gone RENAME TO procrastinate_fetch_job_v2")


@pytest.mark.parametrize(
    ("setting", "said"),
    [("/nowhere", "nowhere"), ("/vssid?options=-c%20statement_timeout%3D0", "statement_timeout")],
)
def test_what_waiting_does_not_mend_is_told_in_a_sentence(place: Machine, setting: str, said: str) -> None:
    name, _, options = setting.partition("?")
    address = place.url.replace("/vssid?", f"{name}?") + (f"&{options}" if options else "")
    worker = place.worker(VSSID_DATABASE_URL=address)
    assert worker.process.wait(30) == 1
    assert said in worker.log()
    assert "Traceback" not in worker.log()


def test_each_report_and_its_notice_are_made_once_by_workers_that_die_and_workers_at_once(
    place: Machine,
) -> None:
    subprocess.run([sys.executable, "-c", PREPARE], env=place.environment(), cwd=ROOT, check=True)
    for step, made in STEPS.items():
        worker = place.worker(VSSID_TEST_AFTER=step, VSSID_TEST_THEN="die")
        place.queue("reports.make", '{"timestamp": 0}')
        assert worker.process.wait(60) == -signal.SIGKILL, worker.log()
        assert place.execute(COUNTS) == [(made, made, made)], step
        place.execute("DELETE FROM procrastinate_jobs")
    # What is next due is asked for at two places; both have set the report before either keeps it.
    place.execute(
        "INSERT INTO reports_schedule (post_id, account_id, office_code, report, rhythm, made_at)"
        " SELECT post_id, account_id, office_code, 'report_ranking', rhythm, made_at FROM reports_schedule"
    )
    for _worker in range(2):
        place.worker(VSSID_TEST_AFTER="vssid.domain.reports.makers.make", VSSID_TEST_THEN="meet")
        place.queue("reports.make", '{"timestamp": 0}')
    left = (
        "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'reports.make' AND status <> 'succeeded'"
    )
    until(lambda: place.execute(left) == [(0,)])
    assert place.notes().count("after make") == 2
    assert place.execute(COUNTS) == [(2, 2, 2)]
