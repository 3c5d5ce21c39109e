"""The way through a form of several screens."""

from __future__ import annotations

from django.test import RequestFactory

from ..forms.wizard import Wizard

WAY = Wizard(("ai", "anh", "gui"), lambda step: f"/{step}", "/dau", "/xong")


def test_before_the_first_step_lies_the_start_and_behind_the_last_the_end():
    assert [WAY.before(step) for step in ("ai", "anh", "gui", None)] == ["/dau", "/ai", "/anh", "/gui"]
    assert [WAY.after(step) for step in ("ai", "anh", "gui")] == ["/anh", "/gui", "/xong"]
    assert [WAY.number(step) for step in ("ai", "anh", "gui")] == [1, 2, 3]


def test_from_a_step_that_is_called_for_no_more_the_way_begins_anew():
    assert WAY.after("khac") == "/ai"


def test_who_goes_back_comes_to_the_step_before_and_who_only_looks_away_stays():
    sent = RequestFactory()
    assert WAY.left(sent.post("/anh", {"go": "back"}), "anh").headers["Location"] == "/ai"
    assert WAY.left(sent.post("/anh", {"go": "keep"}), "anh").status_code == 204
