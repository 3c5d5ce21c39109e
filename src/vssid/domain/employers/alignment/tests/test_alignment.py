from __future__ import annotations

from datetime import date

import pytest

from tests.making.employers_hr import ELSEWHERE, HERE, HR, come_in, identify, make_employers, table, take
from tests.making.roll_out import NOW
from vssid.domain.employers.alignment import keeping, queries, saying
from vssid.domain.employers.alignment.kinds import Kind, State
from vssid.domain.employers.models.differences import Difference
from vssid.domain.participants.models.people import Contribution, Identifier, Person
from vssid.kernel.errors import NotYours

pytestmark = pytest.mark.django_db
LAN = "Nguyễn Thị Lan,01/01/1990,0000000001,031190000001,,,,"
AN = "Đỗ Văn An,31/12/1985,0000000002,031190000002,,,,"
HOA = "Trần Thị Hòa,01/01/1990,0000000003,031190000003,,,,"
OLD = "Họ và tên,Ngày sinh,Mã số BHXH,Số CCCD,CMND cũ"


@pytest.fixture(autouse=True)
def employers() -> None:
    make_employers()


def found() -> list[tuple[str, int | None]]:
    """What differs, and of whom."""
    return sorted(Difference.objects.filter(employer_code=HERE).values_list("kind", "person_id"))


def test_two_sides_that_agree_differ_in_nothing() -> None:
    take(table(LAN, AN, HOA))
    assert found() == []


@pytest.mark.parametrize(
    ("row", "differs"),
    [
        ("Nguyễn Thị Lam,01/01/1990,0000000001,031190000001,,,,", [("name", 1)]),
        ("Nguyễn Thị Lân,01/01/1990,0000000001,031190000001,,,,", [("name", 1)]),
        ("NGUYỄN THỊ LAN,01/01/1990,0000000001,031190000001,,,,", []),
        ("Nguyễn Thị Lan,02/01/1990,0000000001,031190000001,,,,", [("birth_date", 1)]),
        ("Nguyễn Thị Lan,1990,0000000001,031190000001,,,,", []),
        ("Nguyễn Thị Lan,1991,0000000001,,,,,", [("birth_date", 1)]),
        ("Nguyễn Thị Lan,01/01/1990,0000000001,031190000099,,,,", [("id_number", 1)]),
        # The number of somebody who works elsewhere is told like that of nobody.
        ("Nguyễn Thị Lan,01/01/1990,0000000001,031190000004,,,,", [("id_number", 1)]),
        ("Nguyễn Thị Lan,01/01/1990,,031190000001,,,,", []),
        ("Nguyễn Thị Lan,01/01/1990,0000000077,031190000001,,,,", [("two_codes", 1)]),
        ("Nguyễn Thị Lan,01/01/1990,,,,,,", []),
        ("Nguyễn Thị Lan,01/01/1990,,031190000099,,,,", [("id_number", 1)]),
        ("Phạm Văn Mới,03/03/1993,,031190000098,,,,", [("missing", 1), ("not_insured", None)]),
    ],
)
def test_each_way_to_differ_is_found(row: str, differs: list[tuple[str, int | None]]) -> None:
    take(table(row, AN, HOA))
    assert found() == differs


def test_the_tone_of_a_name_may_stand_on_either_letter() -> None:
    take(table(LAN, AN, HOA.replace("Hòa", "Hoà")))
    assert found() == []


def test_an_old_number_for_todays_or_one_that_the_register_lacks_differs() -> None:
    identify(1, "cmnd", "031000001")
    rows = [
        "Nguyễn Thị Lan,01/01/1990,0000000001,031000001,",
        "Đỗ Văn An,31/12/1985,0000000002,031190000002,031000002",
        "Trần Thị Hòa,01/01/1990,0000000003,031190000003,",
    ]
    take(table(*rows, header=OLD))
    assert found() == [("old_id", 1), ("old_id", 2)]


def test_a_code_that_was_merged_and_a_worker_with_two_rows_have_two_codes() -> None:
    Identifier.objects.create(kind="bhxh", key="0000000055", person_id=1, merged_id=55)
    Identifier.objects.create(kind="bhxh", key="0000000066", person_id=2, merged_id=66)
    merged = LAN.replace("0000000001", "0000000055")
    take(table(merged, AN, "Đỗ Văn An,31/12/1985,0000000066,,,,,", HOA))
    assert found() == [("two_codes", 1), ("two_codes", 2)]


@pytest.mark.parametrize("number", [4, 99])
def test_who_works_elsewhere_is_told_like_somebody_who_does_not_exist(number: int) -> None:
    take(table(LAN, AN, HOA, f"Vũ Bình,01/01/1990,{number:010d},0311900000{number:02d},,,,"))
    page = queries.page(HERE, Kind.NOT_INSURED)
    assert [(row.person_id, row.register) for row in page.rows] == [(None, None)]
    assert found() == [("not_insured", None)]


def test_what_hr_said_stays_until_it_differs_no_more() -> None:
    take(table(LAN.replace("Lan", "Lam"), AN))
    [name] = queries.page(HERE, Kind.NAME).rows
    saying.say(name.id, HERE, State.REGISTER, by=HR, now=NOW)
    take(table(LAN.replace("Lan", "Lam"), AN, ""))
    assert [row.state for row in queries.page(HERE, Kind.NAME).rows] == [State.REGISTER]
    assert queries.counts(HERE)[Kind.NAME][State.REGISTER] == 1
    Person.objects.filter(person_id=1).update(full_name="Nguyễn Thị Lam")
    keeping.align_all(NOW)
    assert found() == [("missing", 3)]


def test_another_employers_difference_is_not_there() -> None:
    take(table(LAN))
    [missing, _other] = queries.page(HERE, Kind.MISSING).rows
    with pytest.raises(NotYours):
        saying.say(missing.id, ELSEWHERE, State.FILE, by=HR, now=NOW)
    assert queries.page(ELSEWHERE, Kind.MISSING).rows == []


def test_who_left_and_who_joined_is_told_after_the_next_file_of_the_register() -> None:
    take(table(LAN, AN, HOA))
    Contribution.objects.filter(person_id=1).update(to_month=date(2026, 9, 1))
    come_in(2)
    assert keeping.is_behind()
    keeping.align_all(NOW)
    assert not keeping.is_behind()
    assert found() == [("not_insured", None)]


def test_pages_tell_each_difference_once_by_given_name() -> None:
    take(table("Phạm Văn Mới,03/03/1993,,031190000098,,,,"))
    told, after = [], 0
    while True:
        page = queries.page(HERE, Kind.MISSING, after=after, size=1)
        told += [row.register.full_name for row in page.rows if row.register]
        if not (after := page.next_after):
            break
    assert told == ["Đỗ Văn An", "Trần Thị Hòa", "Nguyễn Thị Lan"]
