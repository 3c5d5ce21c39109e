"""Rows that are drawn without the template engine escape what a person typed, as a template does."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from vssid.domain.casework.turns import Standing
from vssid.domain.casework.turns import Turn as Whose
from vssid.web.officer.casework.cells import Cell
from vssid.web.officer.casework.history import Line
from vssid.web.officer.casework.turns import Turn
from vssid.web.officer.registration.lists import Listed
from vssid.web.officer.templatetags import rows

BAD = '<b onclick="x">&</b>'
AS_TEXT = "&lt;b onclick=&quot;x&quot;&gt;&amp;&lt;/b&gt;"
NOW = datetime(2026, 12, 1, 2, 30, tzinfo=UTC)
ROW = Listed(7, "00007/2026/03101", BAD, "", "plain", False, date(2026, 12, 9), 8, 0, None, "", "", None, "")


def test_a_line_of_history_escapes_each_of_its_texts():
    drawn = rows.history_lines([Line(NOW, BAD, BAD, 3, (BAD, BAD), BAD)])
    assert drawn.count(AS_TEXT) == 5
    assert BAD not in drawn
    assert '<time class="num" datetime="2026-12-01T09:30:00+07:00">09:30, 01/12/2026</time>' in drawn
    assert '<span class="muted num">×3</span>' in drawn


def test_a_line_says_nothing_of_what_is_not_there():
    assert rows.history_lines([Line(NOW, "Minh", "xem hồ sơ")]).endswith(
        "<span><strong>Minh</strong> xem hồ sơ</span></li>"
    )


def test_a_cell_escapes_each_of_its_texts():
    drawn = rows.compared(Cell([(BAD, False), (BAD, True)], BAD, BAD, bad=True), BAD)
    assert drawn.count(AS_TEXT) == 6  # the marked run is said once more for those who hear the page
    assert BAD not in drawn
    assert f'<mark class="diff">{AS_TEXT}</mark>' in drawn
    assert '<span class="bad-text">' in drawn


def test_an_empty_cell_says_so_to_ears_and_eyes():
    drawn = rows.compared(Cell(), "Tờ khai")
    assert '<td class="num none" data-label="Tờ khai">' in drawn
    assert '<span class="sr">không có</span><span aria-hidden="true" class="muted">–</span>' in drawn


def test_a_file_beside_escapes_each_of_its_texts():
    row = replace(ROW, number=BAD, office=BAD, assigned=BAD, holder=BAD)
    drawn = rows.files_beside([row], 8)
    assert drawn.count(AS_TEXT) == 5
    assert BAD not in drawn
    assert "aria-current" not in drawn
    assert 'href="/can-bo/ho-so/7"' in drawn


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"days_left": -1}, "Quá hạn"),
        ({"days_left": 0}, "Hạn hôm nay"),
        ({"days_left": 0, "form_in": True}, "Khớp"),
        ({"findings": 2}, "2 nội dung"),
        ({}, "Khớp"),
    ],
)
def test_a_file_beside_says_what_presses_most(changes, words):
    assert f">{words}</span></div>" in rows.files_beside([replace(ROW, **changes)], 7)


def test_a_file_beside_says_whose_turn_it_is():
    assert "· chờ tờ khai" in rows.files_beside([ROW], 7)
    turn = Turn(Standing(Whose.OFFICE, NOW, timedelta(hours=2)), "2 giờ làm việc")
    assert "· chờ 2 giờ làm việc" in rows.files_beside([replace(ROW, form_in=True, turn=turn)], 7)
    assert 'aria-current="page"' in rows.files_beside([ROW], 7)
