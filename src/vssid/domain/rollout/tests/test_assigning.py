"""Who looks after which employer: one officer on a day, from a day to a day."""

from __future__ import annotations

from datetime import date

import pytest

from tests.making import roll_out
from tests.making.registrations import make_officer, make_officer_account
from tests.making.roll_out import FIRST, NOW, SECOND, THIRD
from vssid.domain.audit.models import Event
from vssid.domain.rollout import assigning, queries
from vssid.kernel.actor import Actor
from vssid.kernel.errors import Invalid

pytestmark = pytest.mark.django_db
OURS = "TZ0001A"


@pytest.fixture(autouse=True)
def places() -> None:
    roll_out.make_offices()
    roll_out.make_employer(OURS, FIRST)


def director(office: str = FIRST) -> Actor:
    return make_officer("Hoa", office, "director")


def assign(officer: int, from_on: date, until_on: date | None = None) -> int:
    return assigning.assign(OURS, officer, from_on, until_on, by=director(), now=NOW)


def whose(day: date) -> str:
    return dict(queries.officer_by_employer([FIRST], day)).get(OURS, (0, "nobody"))[1]


def test_the_next_officer_begins_the_day_after_the_one_before_ends() -> None:
    thu, hai = (roll_out.make_collection_officer(name, FIRST) for name in ("thu", "hai"))
    assign(thu, date(2026, 11, 1))
    assign(hai, date(2026, 12, 1))
    assert [whose(day) for day in (date(2026, 10, 31), date(2026, 11, 30), date(2026, 12, 1))] == [
        "nobody",
        "Thu",
        "Hai",
    ]
    assert queries.employers_of(thu, [FIRST], date(2026, 11, 30)) == [OURS]
    assert Event.objects.filter(kind="plan.officer_assigned").count() == 2


def test_another_from_the_same_day_takes_the_place() -> None:
    thu, hai = (roll_out.make_collection_officer(name, FIRST) for name in ("thu", "hai"))
    assign(thu, date(2026, 12, 1))
    assign(hai, date(2026, 12, 1))
    assert whose(date(2026, 12, 1)) == "Hai"


def test_a_day_before_a_later_assignment_is_refused() -> None:
    thu = roll_out.make_collection_officer("thu", FIRST)
    assign(thu, date(2026, 12, 1))
    with pytest.raises(Invalid) as caught:
        assign(thu, date(2026, 11, 1))
    assert caught.value.fields == {"from_on": "later_one"}


def test_only_a_collection_officer_of_the_employers_office_is_named() -> None:
    for officer in (
        roll_out.make_collection_officer("xa", SECOND),
        make_officer_account("minh", FIRST),
        999,
    ):
        with pytest.raises(Invalid) as caught:
            assign(officer, date(2026, 12, 1))
        assert caught.value.fields == {"officer": "no_post"}


def test_an_employer_of_elsewhere_reads_as_unknown() -> None:
    thu = roll_out.make_collection_officer("thu", FIRST)
    for code, by in ((OURS, director(THIRD)), ("TZ9999A", director()), (OURS, make_officer("Tú"))):
        with pytest.raises(Invalid) as caught:
            assigning.assign(code, thu, date(2026, 12, 1), by=by, now=NOW)
        assert caught.value.fields == {"employer": "unknown"}


def test_an_assignment_ends_on_a_day() -> None:
    thu = roll_out.make_collection_officer("thu", FIRST)
    number = assign(thu, date(2026, 11, 1))
    assigning.end(number, date(2026, 11, 10), by=director(), now=NOW)
    assert [whose(date(2026, 11, 10)), whose(date(2026, 11, 11))] == ["Thu", "nobody"]
    with pytest.raises(Invalid):
        assigning.end(number, date(2026, 10, 10), by=director(), now=NOW)
