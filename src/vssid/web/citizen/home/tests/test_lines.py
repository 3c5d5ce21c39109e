"""The lines of the first page: what each says, where it leads, and which three are shown."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from vssid.domain.cards.standing import Standing, Worth
from vssid.domain.families.queries import RequestView
from vssid.domain.families.states import State as FamilyState
from vssid.domain.participants.employers.arrears import ArrearsView
from vssid.domain.privacy.looking import Looks
from vssid.domain.procedures.states import State
from vssid.domain.record.wallet import NewBenefit, NewVisit

from .. import lines
from ..lines import Child, Line

TODAY = date(2026, 11, 18)
YEAR_END = date(2026, 12, 31)


def owed(first: date, last: date, *, is_late: bool = True) -> ArrearsView:
    return ArrearsView("TZ0001A", "Công ty Sao Mai", "bhxh", first, last, is_late=is_late)


def late(first: date, last: date, worth: Worth = Worth.VALID, ends: date | None = YEAR_END) -> Standing:
    return Standing(worth, date(2026, 1, 1), ends, (owed(first, last),))


@pytest.mark.parametrize(
    ("first", "last", "title"),
    [
        (date(2026, 10, 1), date(2026, 10, 1), "Đơn vị chậm đóng tháng 10/2026"),
        (date(2026, 9, 1), date(2026, 10, 1), "Đơn vị chậm đóng tháng 09 và 10/2026"),
        (date(2025, 12, 1), date(2026, 1, 1), "Đơn vị chậm đóng 2 tháng, từ 12/2025 đến 01/2026"),
        (date(2026, 6, 1), date(2026, 10, 1), "Đơn vị chậm đóng 5 tháng, từ 06/2026 đến 10/2026"),
    ],
)
def test_a_late_employer_is_told_with_its_months(first, last, title):
    line = lines.late(late(first, last))
    assert line is not None
    assert (line.title, line.href, line.kind) == (title, "/qua-trinh#chua-dong", "bad")
    assert line.text == "Thẻ vẫn còn giá trị đến 31/12/2026. Xem việc cần làm"


def test_what_may_not_be_due_is_told_as_not_recorded():
    some = (owed(date(2026, 9, 1), date(2026, 9, 1), is_late=False),)
    line = lines.late(Standing(Worth.VALID, date(2026, 1, 1), YEAR_END, some))
    assert line is not None
    assert (line.title, line.kind) == ("Chưa ghi nhận đơn vị đóng tháng 09/2026", "warn")


@pytest.mark.parametrize(
    ("worth", "ends"),
    [(Worth.VALID, None), (Worth.ENDED, YEAR_END), (Worth.NONE, None), (Worth.UNKNOWN, YEAR_END)],
)
def test_of_a_card_that_does_not_count_or_has_no_end_no_day_is_promised(worth, ends):
    line = lines.late(late(date(2026, 9, 1), date(2026, 10, 1), worth, ends))
    assert line is not None
    assert line.text == "Xem việc cần làm"


def test_without_a_late_employer_there_is_no_line():
    assert lines.late(Standing(Worth.VALID)) is None


@pytest.mark.parametrize(
    ("standing", "title", "kind"),
    [
        (Standing(Worth.ENDED, ends=date(2026, 10, 5)), "Thẻ của bạn đã hết giá trị 05/10/2026", "bad"),
        (
            Standing(Worth.ENDS_SOON, ends=date(2026, 12, 5)),
            "Thẻ của bạn dùng được đến hết 05/12/2026",
            "warn",
        ),
        (Standing(Worth.UNKNOWN, ends=YEAR_END), "Chưa rõ thẻ của bạn còn giá trị không", "warn"),
    ],
)
def test_the_own_card_is_told_when_something_is_to_be_done(standing, title, kind):
    line = lines.own_card(standing)
    assert line is not None
    assert (line.title, line.href, line.kind) == (title, "/the", kind)


@pytest.mark.parametrize("worth", [Worth.VALID, Worth.NOT_YET, Worth.NONE])
def test_a_card_that_needs_nothing_has_no_line(worth):
    assert lines.own_card(Standing(worth, ends=YEAR_END)) is None


FIRST_LINK, SECOND_LINK = UUID(int=1), UUID(int=2)


def child(name: str, worth: Worth, link_id: UUID = FIRST_LINK) -> Child:
    return Child(name, link_id, Standing(worth, ends=date(2026, 9, 30)))


@pytest.mark.parametrize(
    ("worth", "title", "kind"),
    [
        (Worth.ENDED, "Thẻ của Bảo An đã hết giá trị 30/09/2026", "bad"),
        (Worth.ENDS_SOON, "Thẻ của Bảo An dùng được đến hết 30/09/2026", "warn"),
        (Worth.UNKNOWN, "Chưa rõ thẻ của Bảo An còn giá trị không", "warn"),
    ],
)
def test_a_childs_card_to_renew_leads_to_that_card(worth, title, kind):
    line = lines.children([child("Gia Huy", Worth.VALID), child("Bảo An", worth, SECOND_LINK)])
    assert line is not None
    assert (line.title, line.href, line.kind) == (title, f"/con/{SECOND_LINK}/the", kind)


def test_an_ended_card_of_a_child_goes_before_one_that_ends_soon_and_two_share_a_line():
    soon, ended = child("Gia Huy", Worth.ENDS_SOON), child("Bảo An", Worth.ENDED)
    line = lines.children([soon, ended])
    assert line is not None
    assert "Bảo An" in line.title
    both = lines.children([ended, child("Khôi", Worth.ENDED)])
    assert both is not None
    assert (both.title, both.text, both.href) == ("Thẻ của 2 con cần gia hạn", "Bảo An, Khôi", "/gia-dinh")
    assert lines.children([child("Gia Huy", Worth.VALID)]) is None


def request(state: State = State.SUBMITTED, due_on: date | None = date(2026, 11, 30), *, late: bool = False):
    return SimpleNamespace(
        id=7,
        number="C-2026-000007",
        state=state,
        due_on=due_on,
        is_overdue=late,
        procedure=SimpleNamespace(title="Cấp lại thẻ BHYT"),
    )


def for_child(due_on: date = date(2026, 11, 25), days_left: int = 7) -> RequestView:
    return RequestView(
        guardian_id=1,
        id=9,
        number="CON-9",
        state=FamilyState.SUBMITTED,
        child_name="Gia Huy",
        findings=(),
        submitted_at=None,
        due_on=due_on,
        days_left=days_left,
        closed_at=None,
        closed_by="",
        reasons=(),
        reason_text="",
        despite={},
        link_id=uuid.UUID(int=1),
    )


def test_an_open_file_is_told_with_its_due_day():
    line = lines.files([request()], [])
    assert line is not None
    assert (line.title, line.href) == ("Cấp lại thẻ BHYT", "/dich-vu-cong/ho-so/7")
    assert line.text == "C-2026-000007 · trả lời chậm nhất ngày 30/11/2026"
    overdue = lines.files([request(late=True)], [])
    assert overdue is not None
    assert overdue.text == "C-2026-000007 · đã quá ngày trả lời 30/11/2026"


def test_what_waits_for_the_person_goes_first_then_what_is_due_first():
    waits = lines.files([request(), request(State.MORE_NEEDED, None)], [for_child()])
    assert waits is not None
    assert (waits.title, waits.kind) == ("Cần bổ sung: Cấp lại thẻ BHYT", "warn")
    assert "và 2 hồ sơ khác" in waits.text
    first = lines.files([request()], [for_child()])
    assert first is not None
    assert (first.title, first.href) == ("Đăng ký tài khoản cho Gia Huy", "/dich-vu-cong")
    alone = lines.files([], [for_child(days_left=-1)])
    assert alone is not None
    assert (alone.href, "đã quá ngày" in alone.text) == ("/gia-dinh/ho-so/9", True)
    assert lines.files([], []) is None


MATERNITY = NewBenefit(
    regime="maternity",
    amount=Decimal(24_858_000),
    is_monthly=False,
    from_date=date(2026, 5, 1),
    to_date=date(2026, 10, 28),
    decided_on=date(2026, 11, 5),
    paid_on=date(2026, 11, 12),
    paid_by="account",
    number=2,
)


def benefit(**more: Any) -> NewBenefit:
    return replace(MATERNITY, **more)


def visit(at: datetime = datetime(2026, 11, 7, 2, tzinfo=UTC)) -> NewVisit:
    return NewVisit(at, "31901", "Bệnh viện Đa khoa mẫu", 5)


@pytest.mark.parametrize(
    ("more", "text"),
    [
        ({}, "Đã chuyển vào tài khoản ngày 12/11/2026"),
        ({"paid_by": "cash"}, "Đã chi trả ngày 12/11/2026"),
        ({"paid_on": None}, "Quyết định ngày 05/11/2026"),
        ({"paid_on": date(2026, 11, 25)}, "Quyết định ngày 05/11/2026"),
        ({"paid_on": None, "decided_on": None}, "Từ ngày 01/05/2026"),
    ],
)
def test_a_new_benefit_is_told_with_its_amount_and_whether_it_was_paid(more, text):
    (line,) = lines.happened(benefit(**more), None, TODAY)
    assert (line.title, line.text) == ("Thai sản: 24.858.000 đ", text)
    assert line.href == "/thong-tin-huong/odts/2"


def test_a_pension_stays_told_while_it_goes_on():
    pension = benefit(
        regime="pension", is_monthly=True, amount=Decimal(5_420_000), to_date=None,
        from_date=date(2019, 1, 1), decided_on=None, paid_on=date(2019, 2, 8), number=1,
    )  # fmt: skip
    (line,) = lines.happened(pension, None, TODAY)
    assert (line.title, line.href) == ("Lương hưu: 5.420.000 đ/tháng", "/thong-tin-huong/hang-thang/1")
    assert line.text == "Hằng tháng, từ ngày 01/01/2019"


def test_what_is_older_than_a_year_is_no_news():
    old = benefit(paid_on=date(2025, 1, 2), decided_on=None)
    assert lines.happened(old, visit(datetime(2024, 1, 1, tzinfo=UTC)), TODAY) == []


def test_the_newer_of_benefit_and_visit_goes_first():
    assert [event.icon for event in lines.happened(benefit(), visit(), TODAY)] == ["gift", "heart"]
    assert [event.icon for event in lines.happened(benefit(paid_on=date(2026, 11, 1)), visit(), TODAY)] == [
        "heart",
        "gift",
    ]
    (seen,) = lines.happened(None, visit(), TODAY)
    assert (seen.title, seen.text, seen.href) == (
        "Khám ngày 07/11/2026",
        "Bệnh viện Đa khoa mẫu",
        "/so-kham-chua-benh/5",
    )


def test_looks_are_counted_and_said_by_whom():
    line = lines.looked(Looks(officers=2, others=1))
    assert line.title == "3 lượt xem dữ liệu của bạn tháng này"
    assert (line.text, line.href) == ("Cán bộ BHXH: 2 · tra cứu: 1", "/du-lieu-cua-toi#ai-da-xem")
    assert lines.looked(Looks()).title == "Chưa ai xem dữ liệu của bạn tháng này"


def line(title: str, kind="") -> Line:
    return Line("doc", title, "", "/", kind)


LOOKED = line("looked")


@pytest.mark.parametrize(
    ("due", "happened", "shown"),
    [
        ([], [], ["looked"]),
        ([], ["benefit", "visit"], ["benefit", "visit", "looked"]),
        ([line("file")], ["benefit", "visit"], ["file", "benefit", "visit"]),
        (
            [line("file"), line("child", "warn"), None, line("late", "bad")],
            ["benefit"],
            ["late", "child", "file"],
        ),
    ],
)
def test_at_most_three_lines_are_shown_and_the_gravest_first(due, happened, shown):
    chosen = lines.chosen(due, None, [line(title) for title in happened], LOOKED)
    assert [choice.title for choice in chosen] == shown


def test_with_four_things_due_the_own_card_gives_way_because_its_face_says_it():
    due, own = [line("late", "bad"), line("child", "bad"), line("file")], line("own", "bad")
    assert [choice.title for choice in lines.chosen(due, own, [], LOOKED)] == ["late", "child", "file"]
    assert [choice.title for choice in lines.chosen(due[2:], own, [], LOOKED)] == ["own", "file", "looked"]
