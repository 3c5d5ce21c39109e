"""Each figure of texts equals a slow count of the messages, by the office of the file they tell of."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.making import roll_out
from tests.making.registrations import make_officer
from tests.making.roll_out import FIRST, NOW, OTHER_PROVINCE, PROVINCE, SECOND, THIRD
from vssid.domain.notifications.models.messages import Message
from vssid.domain.reports import counting, scope, texts
from vssid.domain.reports.models import TextLine
from vssid.kernel.errors import NotYours

from . import slow_count

pytestmark = pytest.mark.django_db
SINCE, UNTIL = date(2026, 10, 28), date(2026, 11, 18)
EVERYWHERE = [PROVINCE, FIRST, SECOND, OTHER_PROVINCE, THIRD, "00000"]
BELOW = {FIRST: [FIRST], PROVINCE: [PROVINCE, FIRST, SECOND], THIRD: [THIRD], "00000": [*EVERYWHERE, ""]}


@pytest.fixture(autouse=True)
def world() -> roll_out.World:
    made = roll_out.make_world(people=20, files=40)
    counting.recount(NOW, people=True)
    return made


def of(at: str, **more: object) -> scope.Scope:
    director = make_officer("Hoa", at, "director")
    return scope.of(director, since=SINCE, until=UNTIL, **more)  # type: ignore[arg-type]


def told(line: texts.Line) -> tuple[int, int, int, int, int | None]:
    return line.total, line.delivered, line.lost, line.under_way, line.median


def test_texts_equal_a_slow_count_at_every_level() -> None:
    for office, below in BELOW.items():
        found = texts.texts(of(office), "")
        assert told(found.whole) == slow_count.line_of(slow_count.texts(below, SINCE, UNTIL)), office
        assert found.whole.total > 3
        for line in found.kinds:
            rows = [row for row in slow_count.texts(below, SINCE, UNTIL) if row.kind == line.code]
            assert told(line) == slow_count.line_of(rows), (office, line.code)


def test_the_parts_are_the_offices_below_and_what_tells_of_no_file() -> None:
    country, province = texts.texts(of("00000"), ""), texts.texts(of(PROVINCE), "")
    parts = {line.code: told(line) for line in country.offices}
    assert parts[PROVINCE] == told(province.whole)
    assert country.of_no_file
    assert told(country.of_no_file) == slow_count.line_of(slow_count.texts([""], SINCE, UNTIL))
    assert province.of_no_file is None
    assert country.whole.total == country.of_no_file.total + sum(line.total for line in country.offices)


def test_a_list_has_as_many_texts_as_its_figure_says() -> None:
    for office in BELOW:
        asked = of(office)
        found = texts.texts(asked, "")
        for line in (found.whole, *found.kinds):
            for outcome in texts.OUTCOMES:
                rows = texts.listed(asked, texts.Asked(line.code, outcome))
                assert rows.count() == getattr(line, outcome), (office, line.code, outcome)


def test_what_changed_since_the_last_count_is_counted_and_equals_a_whole_one() -> None:
    later = NOW + timedelta(hours=1)
    open_one = Message.objects.filter(state="sent").earliest("created_at")
    Message.objects.filter(id=open_one.id).update(
        state="delivered", body=None, delivered_at=later, ended_at=later
    )
    roll_out.make_text(900, 9_000_001, "application_received", "failed", NOW + timedelta(minutes=5), 60)
    Message.objects.filter(state="created").delete()
    counting.recount(later)
    found = list(TextLine.objects.order_by("pk").values())
    counting.recount(later, people=True)
    assert found == list(TextLine.objects.order_by("pk").values())
    assert told(texts.texts(of(FIRST), "").whole) == slow_count.line_of(
        slow_count.texts([FIRST], SINCE, UNTIL)
    )


def test_a_code_is_of_the_office_once_its_form_is_sent() -> None:
    evening = NOW - timedelta(hours=14)  # the day before
    roll_out.make_text(901, 9_000_990, "phone_code", "delivered", evening, 5)
    counting.recount(NOW + timedelta(minutes=1))
    before = texts.texts(of(SECOND), "").whole.total
    roll_out.make_file(990, None, SECOND, "submitted", NOW + timedelta(minutes=2))
    counting.recount(NOW + timedelta(hours=1))
    assert texts.texts(of(SECOND), "").whole.total == before + 1


def test_old_days_go() -> None:
    counting.recount(NOW + timedelta(days=120))
    assert not TextLine.objects.exists()


def test_below_an_office_and_of_elsewhere_no_texts_are_told(world: roll_out.World) -> None:
    narrow = of(FIRST, employer=world.employers[0].code)
    for refused in (
        lambda: texts.texts(narrow, ""),
        lambda: texts.listed(narrow, texts.Asked()),
        lambda: texts.listed(of(PROVINCE), texts.Asked(of_no_file=True)),
        lambda: of(FIRST, office=SECOND),
    ):
        with pytest.raises(NotYours):
            refused()
