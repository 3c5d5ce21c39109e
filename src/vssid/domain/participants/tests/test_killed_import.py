"""kill -9 of a real import: readers never see half a batch, and the next run goes on to the same end."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db.models import Model

from tests.making.killed_work import Killer, killer_of
from vssid.domain.imports import actions
from vssid.domain.imports.models import ImportRun
from vssid.domain.participants import queries
from vssid.domain.vault.models import SubjectKey
from vssid.kernel.actor import SYSTEM
from vssid.kernel.ids import BhxhCode

from ..models.people import Contribution, Identifier, Person
from .files import BINH, JOB, NOW, in_small_batches, load, load_cast
from .killable import BATCH_LINES, PHASES

pytestmark = pytest.mark.process

HERE = "vssid.domain.participants.tests"
PEOPLE = 12
# Lines 2 to 5 are the first batch, 6 to 10 the second; one line of the third is wrong.
SEEN_WHEN_KILLED = {"loading": 0, "checking": 0, "sealing": 4, "merging": 4, "ending": PEOPLE}


def _file(folder: Path) -> Path:
    people = [
        BINH
        | {"bhxh_code": f"31990001{at:02d}", "id_number": f"0310790001{at:02d}", "phone": f"05900001{at:02d}"}
        for at in range(PEOPLE)
    ]
    people.insert(11, people[0] | {"bhxh_code": "wrong"})
    path = folder / "people.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(people[0]))
        writer.writeheader()
        writer.writerows(people)
    return path


@pytest.fixture(scope="module")
def killer() -> Iterator[Killer]:
    with killer_of(f"{HERE}.killable") as made:
        yield made


def _kill(killer: Killer, phase: str, path: Path, database_url: str, rows: type[Model] = Person) -> int:
    """Kill an import when it has come to the phase; the number of rows a reader saw right before."""
    pid = killer.start(database_url, path.stem, phase, str(path), f"{path}.loi")
    seen = rows._default_manager.count()
    killer.kill(pid)
    return seen


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("phase", PHASES)
def test_a_killed_import_goes_on_where_it_was(tmp_path, database_url, phase, killer):
    path = _file(tmp_path)
    assert _kill(killer, phase, path, database_url) == SEEN_WHEN_KILLED[phase]
    assert Person.objects.count() == SEEN_WHEN_KILLED[phase]

    errors = tmp_path / "people.loi.csv"
    report = actions.run(in_small_batches("people", BATCH_LINES), path, by=SYSTEM, now=NOW, errors_to=errors)

    assert (report.read, report.new, report.changed, report.same, report.refused) == (13, 12, 0, 0, 1)
    assert ImportRun.objects.filter(kind="people").count() == 1
    assert errors.read_text(encoding="utf-8-sig").count("bad_bhxh_code") == 1
    assert Identifier.objects.count() == 2 * PEOPLE
    assert SubjectKey.objects.count() == PEOPLE  # nothing is left of keys made by the dead
    last = queries.by_bhxh_code(BhxhCode("3199000111"))
    assert last is not None
    assert last.phone is not None
    assert last.phone.reveal() == "+84590000111"


@pytest.mark.django_db(transaction=True)
def test_another_file_after_a_killed_import_ends_the_dead_run(tmp_path, database_url, killer):
    _kill(killer, "merging", _file(tmp_path), database_url)
    assert load(tmp_path, "people", BINH).new == 1
    states = ImportRun.objects.filter(kind="people").order_by("id").values_list("state", flat=True)
    assert list(states) == ["stopped", "done"]
    assert Person.objects.count() == 5  # the batch that was whole stays, and Bình


def _jobs(folder: Path) -> Path:
    jobs = [JOB | {"from_month": f"2020-{at:02d}", "to_month": f"2020-{at:02d}"} for at in range(1, 13)]
    jobs.insert(11, jobs[0] | {"scheme": "wrong"})
    path = folder / "participation.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(JOB))
        writer.writeheader()
        writer.writerows(jobs)
    return path


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("phase", "seen"), [("loading", 0), ("checking", 0), ("merging", 4), ("ending", 12)])
def test_an_import_that_copies_is_killed_and_goes_on_too(tmp_path, database_url, phase, seen, killer):
    load_cast()
    path = _jobs(tmp_path)
    assert _kill(killer, phase, path, database_url, Contribution) == seen

    importer = in_small_batches("participation", BATCH_LINES)
    report = actions.run(importer, path, by=SYSTEM, now=NOW, errors_to=tmp_path / "loi.csv")

    assert (report.read, report.new, report.changed, report.same, report.refused) == (13, 12, 0, 0, 1)
    assert Contribution.objects.count() == 12
    assert ImportRun.objects.filter(kind="participation").count() == 1
