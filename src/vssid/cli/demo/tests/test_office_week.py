"""Files of the days before lie at two offices in every state, each made once."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest

from tests.making.registrations import (
    ELSEWHERE,
    HONG_BANG,
    LAN,
    make_office,
    make_officer,
    make_person,
)
from vssid.cli.demo import office_week
from vssid.cli.demo.cast import DemoPerson
from vssid.cli.demo.pictures import drawing
from vssid.domain.registration.models import Application

from .drawn import draw_nothing

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)
EACH = tuple((state, 1, latest, latest) for state, _number, latest, _earliest in office_week.PLAN[1:])


def neighbour(number: int) -> DemoPerson:
    """Somebody of the register who could register."""
    code, phone = f"31999{number:05d}", f"09123450{number:02d}"
    make_person(LAN, bhxh_code=code, phone=f"+84{phone[1:]}", id_number=f"0311880{number:05d}")
    return DemoPerson(
        code, LAN.full_name, LAN.birth_date, LAN.sex, f"0311880{number:05d}", "", LAN.issued_on, None, phone,
        "", "Số 12", "11311", "31", "Số 12, phường Hồng Bàng", HONG_BANG, "", "",
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "demo").mkdir()
    draw_nothing(monkeypatch, tmp_path)
    monkeypatch.setattr(office_week, "PLAN", EACH)
    make_office(HONG_BANG)
    make_office(ELSEWHERE)
    office_week.keep([neighbour(number) for number in range(len(EACH))], tmp_path)
    return tmp_path


def fill(folder):
    officers = [make_officer(), make_officer("Hạnh", ELSEWHERE)]
    return office_week.fill(folder, officers=officers, pool=cast(Any, None), now=NOW)


def states() -> Counter[str]:
    return Counter(Application.objects.values_list("state", flat=True))


def test_there_is_a_file_in_every_state_each_done_before_now(folder):
    assert fill(folder) == len(EACH)
    assert states() == {
        "submitted": 1, "received": 2, "approved": 1, "refused": 1, "withdrawn": 1, "expired": 1,
    }  # fmt: skip
    for application in Application.objects.all():
        assert application.submitted_at < NOW
        assert application.closed_at is None or application.closed_at <= NOW
    assert set(Application.objects.values_list("office_id", flat=True)) == {HONG_BANG, ELSEWHERE}


def test_what_was_broken_off_goes_on_and_what_is_there_is_not_made_again(folder, monkeypatch):
    def breaks(*_given: object) -> None:
        raise OSError("gone")

    monkeypatch.setattr(office_week, "_do", breaks)
    with pytest.raises(OSError, match="gone"):
        fill(folder)
    assert states() == {"submitted": len(EACH)}
    monkeypatch.undo()
    monkeypatch.setattr(office_week, "PLAN", EACH)
    monkeypatch.setattr(drawing, "start", lambda _pool, people, _folder: {
        registrant.person.bhxh_code: {} for registrant in people
    })  # fmt: skip
    assert fill(folder) == len(EACH)
    assert states()["approved"] == states()["expired"] == 1
    assert fill(folder) == 0
    assert Application.objects.count() == len(EACH)


def test_the_days_of_the_plan_are_spread_and_never_to_come():
    people = cast(Any, [SimpleNamespace(bhxh_code=str(number)) for number in range(office_week.MOST)])
    plan = office_week.planned(people, [HONG_BANG, ELSEWHERE], NOW)
    assert (
        len(plan)
        == office_week.MOST
        == sum(number for _state, number, _latest, _earliest in office_week.PLAN)
    )
    assert all(NOW - timedelta(days=21) < file.sent_at < NOW for file in plan)
    assert len({file.sent_at for file in plan}) > office_week.MOST - 5
    assert Counter(file.office for file in plan) == {HONG_BANG: 45, ELSEWHERE: 15}
