"""A file of events proves that nothing in it was changed, added or left out."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from vssid.domain.audit import actions, files
from vssid.domain.audit.chain import digest
from vssid.domain.audit.search import Search
from vssid.kernel.actor import SYSTEM, Actor, ActorKind

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)
DAY = Search(since=NOW - timedelta(hours=1), until=NOW + timedelta(days=1))
MINH = Actor(ActorKind.OFFICER, 7, "Minh", "03101")


@pytest.fixture
def written() -> list[str]:
    for number, subject in enumerate((1, 1, 2, 33, 1)):
        by = MINH if number % 2 else SYSTEM
        at = NOW + timedelta(minutes=number)
        actions.record("application.viewed", subject=subject, by=by, now=at, facts={"số": number})
    return files.written(DAY, now=NOW).decode().splitlines()


def wrong_with(lines: list[str], *, with_log: bool = True) -> str:
    return "; ".join(files.checked("\n".join([*lines, ""]).encode(), with_log=with_log).broken)


def test_a_file_as_it_was_written_is_sound_with_and_without_the_log(written):
    assert len(written) == 7
    report = files.checked("\n".join([*written, ""]).encode())
    assert (report.sound, report.compared, report.events) == (True, True, 5)
    assert wrong_with(written, with_log=False) == ""


def test_what_an_event_says_cannot_be_changed(written):
    changed = (
        written[2].replace('"số":', '"sô":') if "số" in written[2] else written[2].replace(":1", ":9", 1)
    )
    assert changed != written[2]
    told = wrong_with([*written[:2], changed, *written[3:]], with_log=False)
    assert "line 3: content changed" in told
    assert "lines were changed" in told


def test_an_event_cannot_be_left_out_not_even_with_an_end_that_fits(written):
    less = [*written[:3], *written[4:]]
    assert "lines were changed, added or removed" in wrong_with(less, with_log=False)
    # The end written anew by who has no key of the log.
    last = json.loads(written[-1])
    mark = last.pop("mark")
    last |= {"events": 4, "digest": files._digest(less[:-1])}
    forged = [*less[:-1], files._line(last | {"mark": mark})]
    told = wrong_with(forged)
    assert "the end: its mark is not ours" in told
    assert "the log has 1 more events" in told


def test_a_file_whose_end_was_cut_off_says_so(written):
    assert "the end is missing" in wrong_with(written[:-1])
    assert wrong_with([]) == wrong_with(["no file"]) == "line 1: not a file of the log"


def test_an_event_that_was_never_logged_is_told(written):
    event = json.loads(written[3])
    made_up = files._as_event(event | {"kind": "application.approved"})
    made_up.hash = digest(made_up)
    line = files._line(files._event(made_up))
    told = wrong_with([*written[:3], line, *written[4:]])
    assert "line 4: its mark is not ours" in told
    assert "line 4: not in the log" in told


@pytest.mark.parametrize("line", ["", "[]", "{}", '{"lane":"x"}', "[" * 5000, '{"actor":[1]}'])
def test_a_line_that_is_no_event_is_named(written, line):
    assert "line 3: not an event" in wrong_with([*written[:2], line, *written[3:]], with_log=False)


def test_what_is_logged_after_the_file_was_made_does_not_contradict_it(written):
    actions.record("application.viewed", subject=1, by=MINH, now=NOW + timedelta(minutes=9))
    assert wrong_with(written) == ""


def test_a_search_with_more_events_than_a_file_holds_is_refused(written, monkeypatch):
    monkeypatch.setattr(files, "MOST_EVENTS", 4)
    with pytest.raises(files.TooMany):
        files.written(DAY, now=NOW)
    narrow = replace(DAY, actor_id=7)
    assert len(files.written(narrow, now=NOW).splitlines()) == 4
