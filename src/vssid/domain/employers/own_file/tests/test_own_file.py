from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import Workbook

from tests.making.employers_hr import (
    ELSEWHERE,
    HEADER,
    HERE,
    HR,
    hand_in,
    make_employers,
    table,
    take,
)
from tests.making.roll_out import NOW
from vssid.domain.employers.models.differences import Difference
from vssid.domain.employers.models.own_file import FileRow, Given, OwnFile
from vssid.domain.employers.own_file import given, queries, receiving, taking, working
from vssid.domain.employers.own_file.errors import NotShown
from vssid.domain.employers.roster import queries as roster
from vssid.domain.employers.roster.queries import Asked
from vssid.domain.imports.read.written_days import Order
from vssid.domain.vault.models import SubjectKey
from vssid.kernel.errors import NotYours

pytestmark = pytest.mark.django_db
LAN = "Nguyễn Thị Lan,01/01/1990,0000000001,031190000001,0901 234 567,lan@mau.vn,May 2,5310000"
AN = "Đỗ Văn An,31/12/1985,0000000002,031190000002,,,Kho,4.960.000"


@pytest.fixture(autouse=True)
def employers() -> None:
    make_employers()


def one(number: int) -> OwnFile:
    """The file as it stands."""
    return OwnFile.objects.get(id=number)


def contacts(person: int) -> dict[str, str]:
    """What the employer gave to reach a worker."""
    return dict(taking.held(HERE, [person])[person].contacts)


def test_a_file_is_matched_and_shown_before_anything_is_taken() -> None:
    row = one(hand_in(table(LAN, AN)))
    assert row.state == OwnFile.State.SHOWN
    assert (row.counts["rows"], row.counts["new"], row.counts["refused"]) == (2, 2, 0)
    assert "SĐT → phone" in row.headings
    assert "Bộ phận → department" in row.headings
    assert "Tiền lương → " in row.headings.splitlines()
    assert not Given.objects.exists()
    assert not Difference.objects.exists()


def test_what_is_taken_is_sealed_for_the_worker_and_wages_are_nowhere() -> None:
    row = one(take(table(LAN, AN)))
    assert row.state == OwnFile.State.TAKEN
    assert contacts(1) == {"phone": "+84901234567", "email": "lan@mau.vn"}
    assert taking.held(HERE, [2])[2].department == "Kho"
    stored = str([*FileRow.objects.values(), *Given.objects.values(), *OwnFile.objects.values()])
    for secret in ("901234567", "lan@mau.vn", "031190000001", "5310000", "4.960.000"):
        assert secret not in stored


def test_departments_narrow_the_list_of_workers() -> None:
    take(table(LAN, AN))
    assert roster.departments(HERE) == [("Kho", 1), ("May 2", 1)]
    assert [row.full_name for row in roster.page(HERE, Asked(department="May 2")).rows] == ["Nguyễn Thị Lan"]
    assert [row.full_name for row in roster.page(HERE, Asked(department="")).rows] == ["Trần Thị Hòa"]
    assert roster.departments(ELSEWHERE) == []


def test_the_worker_reads_what_the_employer_gave() -> None:
    take(table(LAN, AN))
    [told] = given.of_person(1)
    assert (told.employer_code, told.department, told.email) == (HERE, "May 2", "lan@mau.vn")
    assert given.of_person(3) == ()


def test_the_same_file_twice_changes_nothing() -> None:
    first = take(table(LAN, AN))
    before = list(Given.objects.order_by("person_id").values())
    assert hand_in(table(LAN, AN), name="khac-ten.csv") == first
    again = take(table(LAN, AN, ""))
    assert one(again).counts["same"] == 2
    assert list(Given.objects.order_by("person_id").values()) == before


def test_what_a_file_does_not_say_stays() -> None:
    take(table(LAN, AN))
    take(table("Nguyễn Thị Lan,,0000000001,,,moi@mau.vn,,"))
    assert contacts(1) == {"phone": "+84901234567", "email": "moi@mau.vn"}
    assert taking.held(HERE, [1])[1].department == "May 2"


def test_the_error_file_goes_in_again_once_it_is_mended() -> None:
    bad = "Trần Thị H0a,01/01/1990,0000000003,031190000003,,,Kho,1"
    nobody = "Lê Văn Không,,,,,,Kho,1"
    number = take(table(LAN, AN, bad, nobody))
    assert one(number).counts["refused"] == 2
    error_file = b"".join(queries.refused_rows(number, HERE)).decode("utf-8-sig")
    assert error_file.startswith("Họ và tên,Ngày sinh,Mã số BHXH,Số CCCD,")
    assert "hãy ghi ít nhất một trong ba" in error_file
    mended = error_file.replace("H0a", "Hòa").replace("Lê Văn Không,,", "Lê Văn Không,02/02/1992,")
    again = one(take(mended))
    assert again.mends
    assert (again.counts["refused"], again.counts["new"]) == (0, 1)
    assert one(number).state == OwnFile.State.TAKEN
    assert list(Difference.objects.values_list("kind", flat=True)) == ["not_insured"]


JOB, MORE = "Cấp bậc, chức vụ, chức danh nghề, nơi làm việc", ("Điện thoại di động", "Phân xưởng")


def _d02() -> bytes:
    """A workbook as form D02-LT is filled in: titles above, its own columns, and two that HR added."""
    book = Workbook()
    sheet: Any = book.active
    for row in (
        ["CÔNG TY MẪU"],
        ["DANH SÁCH LAO ĐỘNG THAM GIA BHXH, BHYT, BHTN"],
        [],
        ["STT", "Họ và tên", "Mã số BHXH", "Ngày sinh", "Số CMND/CCCD/Hộ chiếu", JOB, "Tiền lương", *MORE],
        [
            1,
            "Nguyễn Thị Lan",
            "0000000001",
            "01/01/1990",
            "031190000001",
            "May",
            5310000,
            "0901234567",
            "May 2",
        ],
        [2, "ĐỖ VĂN AN", "0000000002", "31/12/1985", "031190000002", "Kho", 4960000, "0901234568", "Kho"],
    ):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_of_form_d02_is_read() -> None:
    row = one(take(_d02(), name="D02-LT.xlsx"))
    assert (row.counts["rows"], row.counts["new"], row.counts["refused"]) == (2, 2, 0)
    assert contacts(2) == {"phone": "+84901234568"}
    assert taking.held(HERE, [1])[1].department == "May 2"


def test_what_hr_says_of_a_heading_counts_for_this_file_and_the_next() -> None:
    header = HEADER.replace("Bộ phận", "Line sản xuất")
    number = hand_in(table(LAN, header=header))
    assert "Line sản xuất → " in one(number).headings.splitlines()
    receiving.mean(number, HERE, {"Line sản xuất": "department"}, order=Order.UNSAID, by=HR, now=NOW)
    working.work(number, now=NOW)
    taking.take(number, HERE, by=HR, now=NOW)
    assert taking.held(HERE, [1])[1].department == "May 2"
    take(table(LAN.replace("May 2", "May 3"), header=header))
    assert taking.held(HERE, [1])[1].department == "May 3"


def test_a_file_without_names_is_refused_until_hr_says_which_column_they_are() -> None:
    number = hand_in(table("Nguyễn Thị Lan,0000000001", header="Danh xưng,Mã số BHXH"))
    row = one(number)
    assert (row.state, row.refusal["reason"], row.refusal["lacking"]) == ("refused", "header", ["full_name"])
    receiving.mean(number, HERE, {"Danh xưng": "full_name"}, order=Order.UNSAID, by=HR, now=NOW)
    working.work(number, now=NOW)
    assert one(number).counts["rows"] == 1


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("Nguyễn Thị Lan,01/01/1990,1099012345678,,,,,", "bad_bhxh_code"),
        ("Nguyễn Thị Lan,01/01/1990,,31190000001,,,,", "lost_zero"),
        ("Nguyễn Thị Lan,41/01/1990,0000000001,,,,,", "bad_day"),
        ("Nguyá»…n Thá»‹ Lan,01/01/1990,0000000001,,,,,", "wrong_encoding"),
        ("=A1,01/01/1990,0000000001,,,,,", "formula_text"),
        ("#N/A,01/01/1990,0000000001,,,,,", "broken_cell"),
    ],
)
def test_a_row_that_may_be_another_is_refused(row: str, code: str) -> None:
    number = hand_in(table(AN, row))
    assert one(number).counts["refused"] == 1
    assert f",{code}," in b"".join(queries.refused_rows(number, HERE)).decode()


def test_a_person_who_stands_above_is_refused() -> None:
    number = hand_in(table(LAN, LAN.replace("May 2", "Kho")))
    assert one(number).counts["refused"] == 1
    assert ",twice," in b"".join(queries.refused_rows(number, HERE)).decode()


def test_a_phone_that_cannot_be_read_refuses_no_row() -> None:
    row = one(hand_in(table(LAN.replace("0901 234 567", "không có"))))
    assert (row.counts["refused"], row.counts["aside"]) == (0, 1)


def test_another_employers_file_is_not_there() -> None:
    number = hand_in(table(LAN))
    for ask in (
        lambda: queries.one(number, ELSEWHERE),
        lambda: queries.refused_rows(number, ELSEWHERE),
        lambda: taking.take(number, ELSEWHERE, by=HR, now=NOW),
        lambda: receiving.drop(number, ELSEWHERE, by=HR, now=NOW),
        lambda: receiving.mean(number, ELSEWHERE, {}, order=Order.UNSAID, by=HR, now=NOW),
    ):
        with pytest.raises(NotYours):
            ask()


def test_of_a_file_that_was_put_away_nothing_stays() -> None:
    number = hand_in(table(LAN))
    receiving.drop(number, HERE, by=HR, now=NOW)
    assert not FileRow.objects.exists()
    assert not SubjectKey.objects.filter(subject_id=one(number).subject_id).exists()
    with pytest.raises(NotShown):
        taking.take(number, HERE, by=HR, now=NOW)


def test_another_file_takes_the_place_of_an_open_one() -> None:
    number = hand_in(table(LAN))
    hand_in(table(AN))
    assert one(number).state == OwnFile.State.DROPPED


def test_a_file_whose_reading_died_three_times_is_set_aside() -> None:
    number = hand_in(table(LAN))
    OwnFile.objects.filter(id=number).update(state=OwnFile.State.READING, tries=1)
    working.work(number, now=NOW)
    assert FileRow.objects.count() == 1
    OwnFile.objects.filter(id=number).update(state=OwnFile.State.READING, tries=3)
    working.work(number, now=NOW)
    assert one(number).refusal == {"reason": "died"}
