from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.making import roll_out
from tests.making.roll_out import FIRST, NOW
from vssid.domain.employers.models.roster import Worker
from vssid.domain.employers.roster import queries, refreshing
from vssid.domain.employers.roster.queries import Asked
from vssid.domain.employers.roster.stages import Stage
from vssid.domain.imports.models import ImportRun
from vssid.domain.participants.models.people import Contribution, Identifier, Person
from vssid.domain.registration.models import Application
from vssid.domain.reports.tests import slow_count

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "TZ0001A", "TZ0002A"
# As many workers as a large employer has, among those of others.
CROWD = f"""
INSERT INTO participants_person (person_id, bhxh_code, full_name, name_folded, birth_date, birth_precision,
  sex, household_code, household_relation, commune_code, province_code, places_version, sealed, sealed_digest,
  run_id, line, as_of)
SELECT 500000 + n, lpad(n::text, 10, '0'), 'Người Mẫu ' || n, 'nguoi mau ' || n, '1990-01-01', 'day', 1,
  '', '', '', '', '', '-', '-', 0, 1, now() FROM generate_series(1, 20000) n;
INSERT INTO reports_worker (person_id, employer_code, sort_name, stage)
SELECT 500000 + n, CASE WHEN n > 20000 THEN 'TZ' || n % 900 + 1000 || 'B' ELSE '{HERE}' END,
  'n' || n % 7 || ' nguoi mau ' || n, n % 5
FROM generate_series(1, 100000) n;
INSERT INTO participants_identifier (kind, key, person_id) SELECT 'bhxh', lpad(n::text, 10, '0'), 500000 + n
FROM generate_series(1, 20000) n;
INSERT INTO employers_invitee (person_id, employer_code, step) SELECT 500000 + n, '{HERE}', n % 3
FROM generate_series(1, 20000) n;
INSERT INTO employers_given (person_id, employer_code, department, sealed, file_id, line, given_at)
SELECT 500000 + n, '{HERE}', 'May ' || n % 30, '-', 1, n, now() FROM generate_series(1, 20000) n;
ANALYZE employers_invitee; ANALYZE employers_given; ANALYZE participants_identifier;
ANALYZE reports_worker; ANALYZE participants_person
"""


def people(employer: str, **asked: object) -> list[str]:
    """The names of an employer's workers who fit."""
    rows = queries.page(employer, Asked(**asked), size=1000).rows  # type: ignore[arg-type]
    return [row.full_name for row in rows]


def make_named(number: int, name: str, folded: str, employer: str = HERE) -> None:
    """A worker of that name."""
    roll_out.make_worker(number, employer)
    Person.objects.filter(person_id=number).update(full_name=name, name_folded=folded)
    Identifier.objects.create(kind="bhxh", key=f"{number:010d}", person_id=number)


def file_came_in(number: int = 2) -> None:
    """A file of contributions was loaded."""
    ImportRun.objects.create(
        kind="participation",
        subject_id=8_000_000 + number,
        file_name="dong.csv",
        sha256=b"-",
        actor_kind="system",
        state=ImportRun.State.DONE,
        started_at=NOW + timedelta(minutes=number),
        ended_at=NOW + timedelta(minutes=number),
    )


@pytest.fixture
def three() -> None:
    roll_out.make_offices()
    roll_out.make_employer(HERE, FIRST)
    roll_out.make_employer(ELSEWHERE, FIRST)
    make_named(1, "Nguyễn Thị Lan", "nguyen thi lan")
    make_named(2, "Đỗ Văn An", "do van an")
    make_named(3, "Trần Lân", "tran lan", ELSEWHERE)
    file_came_in()
    refreshing.refresh(NOW)


def test_the_roster_is_who_pays_in_at_the_employer_now() -> None:
    world = roll_out.make_counted_world()
    for employer in world.employers:
        told = {row.person_id for row in queries.page(employer.code, Asked(), size=1000).rows}
        paid = Contribution.objects.filter(employer=employer).values_list("person_id", flat=True)
        assert told == {person for person in paid if employer.code in slow_count.employers_of(person)}


def test_the_funnel_equals_a_slow_count() -> None:
    world = roll_out.make_counted_world()
    reached: dict[int, int] = {}
    for row in Application.objects.exclude(person_id=None):
        assert row.person_id is not None
        reached[row.person_id] = max(reached.get(row.person_id, 0), min(_told(row), Stage.SIGNED_IN))
    for employer in world.employers:
        funnel = queries.funnel(employer.code)
        here = Worker.objects.filter(employer_code=employer.code).values_list("person_id", flat=True)
        slow = [reached.get(person, 0) for person in here]
        assert funnel.workers == len(slow)
        for stage in Stage:
            assert funnel.reached[stage] == sum(at >= stage for at in slow), stage
            assert funnel.at(stage) == slow.count(stage) == len(people(employer.code, stage=stage)), stage


def _told(row: Application) -> int:
    """Between nobody and who sent stand two steps of the employer's own."""
    return slow_count.stage_of(row) + 2 if slow_count.stage_of(row) else 0


def test_no_employer_is_told_that_a_card_was_used(three: None) -> None:
    Worker.objects.filter(person_id=1).update(stage=5)
    assert queries.page(HERE, Asked(search="lan")).rows[0].stage is Stage.SIGNED_IN
    assert queries.funnel(HERE).at(Stage.SIGNED_IN) == 1


def test_who_left_drops_out_with_the_next_file_and_who_joined_appears(three: None) -> None:
    assert not refreshing.is_behind()
    Contribution.objects.filter(person_id=1).update(to_month=date(2026, 10, 1))
    make_named(4, "Vũ Bình", "vu binh")
    file_came_in(3)
    assert refreshing.is_behind()
    refreshing.refresh(NOW + timedelta(minutes=5))
    assert people(HERE) == ["Đỗ Văn An", "Vũ Bình"]
    assert not refreshing.is_behind()


def test_made_again_it_writes_nothing(three: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT array_agg(ctid::text ORDER BY person_id) FROM reports_worker")
        before = cursor.fetchone()
        refreshing.refresh(NOW + timedelta(minutes=5))
        cursor.execute("SELECT array_agg(ctid::text ORDER BY person_id) FROM reports_worker")
        assert cursor.fetchone() == before


def test_without_a_file_of_contributions_it_stays_as_it_is() -> None:
    assert not refreshing.refresh(NOW)
    assert not refreshing.is_behind()


@pytest.mark.parametrize("said", ["Lan", "lan nguyễn", "THỊ  lan", "nguyen", "1", "0000000001"])
def test_a_worker_is_found_by_words_without_marks_or_by_the_code(three: None, said: str) -> None:
    found = ["Nguyễn Thị Lan"] if said != "1" else []
    assert people(HERE, search=said) == found


@pytest.mark.parametrize("said", ["%", "_an", "\\", "an'", "hi"])
def test_signs_and_ends_of_words_find_nobody(three: None, said: str) -> None:
    assert people(HERE, search=said) == []


@pytest.mark.parametrize("said", ["Trần Lân", "0000000003", "0000000099"])
def test_who_works_elsewhere_is_not_there_like_somebody_who_does_not_exist(three: None, said: str) -> None:
    assert people(HERE, search=said) == []
    assert not queries.is_here(HERE, 3)
    assert not queries.is_here(HERE, 99)


def test_pages_tell_each_worker_once_by_given_name(three: None) -> None:
    for number in range(10, 24):
        make_named(number, f"Lê Bảo {'abc'[number % 3]}", f"le bao {'abc'[number % 3]}")
    file_came_in(3)
    refreshing.refresh(NOW)
    told, after = [], 0
    while True:
        page = queries.page(HERE, Asked(after=after), size=5)
        told += [row.person_id for row in page.rows]
        if not (after := page.next_after):
            break
    names = dict(Worker.objects.filter(employer_code=HERE).values_list("person_id", "sort_name"))
    assert told == sorted(names, key=lambda person: (names[person], person))


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        (Asked(), "employers_worker_listed"),
        (Asked(stage=Stage.SENT, search="mau nguoi"), "reports_worker_of"),
        (Asked(after=500_777), "employers_worker_listed"),
        (Asked(search="0000000777"), "reports_worker_pkey"),
    ],
)
def test_a_page_of_twenty_thousand_workers_is_read_along_an_index(asked: Asked, index: str) -> None:
    with connection.cursor() as cursor, CaptureQueriesContext(connection) as captured:
        cursor.execute(CROWD)
        assert queries.page(HERE, asked).rows
        cursor.execute(f"EXPLAIN {captured.captured_queries[-1]['sql']}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert index in plan, plan
    assert "Seq Scan" not in plan, plan
