"""An older page never overwrites what a newer one saved."""

from __future__ import annotations

import pytest

from vssid.kernel.sheets import Overtaken, Sheet


def test_a_page_saves_again_and_again_until_it_is_left():
    page = Sheet.drawn("")
    last = page.saves_after("")
    assert page.saves_after(last) == last


def test_a_page_drawn_after_a_save_follows_it():
    last = Sheet.drawn("").saves_after("")
    assert Sheet.drawn(last).saves_after(last) != last


def test_of_two_pages_drawn_at_once_the_later_save_is_refused():
    first, second = Sheet.drawn(""), Sheet.drawn("")
    last = first.saves_after("")
    with pytest.raises(Overtaken):
        second.saves_after(last)


def test_a_page_sent_without_a_name_overwrites_nothing_that_a_page_saved():
    with pytest.raises(Overtaken):
        Sheet.sent({}).saves_after("abc")


@pytest.mark.parametrize("odd", ["a b", "x" * 25, "<b>", "\0"])
def test_what_is_no_name_counts_as_none(odd):
    assert Sheet.sent({"page": odd, "after": odd}) == Sheet("", "")
