"""A copy knows that it is one: a dump by where it lies, the rest by the machine it runs on."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection

from vssid.domain.audit.models import Event
from vssid.domain.installation import actions, marker, standing
from vssid.domain.installation.errors import NotThere, StillTheOriginals
from vssid.domain.installation.gate import OwnJobs
from vssid.domain.installation.models import Installation
from vssid.domain.installation.standing import State
from vssid.domain.vault import sealing as vault

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> Path:
    """A data folder of the test's own."""
    settings.DATA, settings.INSTALLATION = tmp_path, None
    return tmp_path


@pytest.fixture
def ours() -> standing.Standing:
    """An installation that has begun and is in use."""
    actions.begin(now=NOW)
    vault.seal(vault.new_subject_id(), "x", b"y")
    begun = standing.now()
    assert begun.state is State.OURS
    return begun


def lie_elsewhere() -> None:
    """As a dump that was restored: the row says where the original lies."""
    Installation.objects.update(place="7000000000000000000/16384")


def test_a_new_database_holds_nothing_before_and_after_the_first_start():
    assert not standing.now().is_halted
    assert actions.begin(now=NOW).state is State.NEW
    vault.seal(vault.new_subject_id(), "x", b"y")
    assert standing.now().state is State.OURS


def test_beginning_again_changes_nothing(ours):
    again = actions.begin(now=NOW)
    assert again == ours
    assert Installation.objects.count() == 1


def test_a_new_database_takes_the_number_that_its_folder_has(folder):
    uid = uuid4()
    marker.write(uid)
    actions.begin(now=NOW)
    assert Installation.objects.get().uid == uid


def test_a_database_from_a_dump_is_a_copy_also_beside_the_folder_of_the_original(ours):
    lie_elsewhere()
    assert standing.now().state is State.MOVED
    assert actions.begin(now=NOW).state is State.MOVED


def test_without_its_data_folder_it_is_a_copy(ours, folder):
    (folder / marker.NAME).unlink()
    assert standing.now().state is State.STRANGE
    assert actions.begin(now=NOW).state is State.STRANGE
    assert not (folder / marker.NAME).exists()


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"installation": "x"}', "\x00", "null"])
def test_with_a_file_that_says_nothing_it_is_a_copy(ours, folder, broken):
    (folder / marker.NAME).write_text(broken)
    assert standing.now().state is State.STRANGE


def test_with_the_folder_of_another_installation_it_is_a_copy(ours, folder):
    marker.write(uuid4())
    assert standing.now().state is State.STRANGE


def test_a_copied_data_folder_is_not_the_original(ours, folder, settings, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("copies") / "data"
    shutil.copytree(folder, elsewhere)  # with times, as cp -a
    settings.DATA = elsewhere
    assert standing.now().state is State.STRANGE


def test_a_data_folder_that_was_moved_or_given_to_a_user_is_the_original(ours, folder, settings):
    moved = folder.with_name("moved")
    folder.rename(moved)
    (moved / marker.NAME).chmod(0o640)
    settings.DATA = moved
    assert standing.now().state is State.OURS


def test_a_machine_without_a_lasting_folder_belongs_by_its_setting(ours, folder, settings):
    (folder / marker.NAME).unlink()
    settings.INSTALLATION = ours.uid
    assert standing.now().state is State.OURS
    settings.INSTALLATION = uuid4()
    assert standing.now().state is State.STRANGE


def test_a_machine_that_starts_before_the_first_use_belongs_by_itself(folder, settings, tmp_path_factory):
    actions.begin(now=NOW)
    settings.DATA = tmp_path_factory.mktemp("second")
    actions.begin(now=NOW)
    vault.seal(vault.new_subject_id(), "x", b"y")
    assert standing.now().state is State.OURS
    settings.DATA = folder
    assert standing.now().state is State.OURS


def test_one_that_was_adopted_is_no_copy_and_the_folder_of_the_original_no_longer_fits(ours, folder):
    original = (folder / marker.NAME).read_text()
    lie_elsewhere()
    uid = actions.adopt(now=NOW)
    assert uid != ours.uid
    assert standing.now().state is State.OURS
    facts = Event.objects.get(kind="installation.adopted").facts
    assert facts == {"was": str(ours.uid), "is": str(uid), "state": "moved"}
    (folder / marker.NAME).write_text(original)
    assert standing.now().state is State.STRANGE


def test_a_copy_is_not_adopted_under_the_number_of_the_original(ours, settings):
    settings.INSTALLATION = ours.uid
    lie_elsewhere()
    with pytest.raises(StillTheOriginals):
        actions.adopt(now=NOW)
    settings.INSTALLATION = uuid4()
    assert actions.adopt(now=NOW) == settings.INSTALLATION
    assert standing.now().state is State.OURS


def test_a_machine_joins_where_the_database_lies_and_nowhere_else(ours, folder):
    (folder / marker.NAME).unlink()
    assert actions.join(now=NOW) == ours.uid
    assert standing.now().state is State.OURS
    lie_elsewhere()
    with pytest.raises(NotThere):
        actions.join(now=NOW)


def test_a_folder_that_cannot_be_written_stops_no_first_start(settings):
    settings.DATA = Path("/proc/nowhere")
    assert actions.begin(now=NOW).state is State.NEW


def test_a_worker_does_no_job_of_a_copy_nor_of_a_database_that_lacks_the_table(ours):
    gate = OwnJobs()
    assert gate.opens(asked())
    lie_elsewhere()
    assert not gate.opens(asked())
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE installation")
    assert standing.now().state is State.UNPREPARED


def asked() -> dict[str, object]:
    """What the worker's own connection would be answered."""
    with connection.cursor() as cursor:
        cursor.execute(OwnJobs.statement)
        return dict(zip([column.name for column in cursor.description], cursor.fetchone(), strict=True))
