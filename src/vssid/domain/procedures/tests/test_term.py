"""How long an office may take."""

from datetime import UTC, date, datetime

import pytest

from vssid.config import env

from ..definition import term
from ..definition.shapes import Kind

WEDNESDAY = datetime(2026, 11, 18, 13, 14, tzinfo=UTC)


def test_correcting_data_takes_five_working_days():
    # From Thursday the 19th; 24 November is a holiday since 2026.
    assert term.due(Kind.DATA_CHANGE, WEDNESDAY) == date(2026, 11, 26)


def test_the_day_begins_at_midnight_in_viet_nam():
    late = datetime(2026, 11, 18, 17, 30, tzinfo=UTC)  # Thursday 00:30 there
    assert term.due(Kind.DATA_CHANGE, late) == date(2026, 11, 27)


def test_public_holidays_are_no_working_days():
    before_tet = datetime(2027, 1, 29, 3, tzinfo=UTC)
    assert term.due(Kind.DATA_CHANGE, before_tet) > date(2027, 2, 11)


def test_swapped_days_count_both_ways():
    sent = datetime(2025, 12, 30, 3, tzinfo=UTC)  # Tuesday: then Wednesday; Monday to Thursday
    assert term.due(Kind.DATA_CHANGE, sent) == date(2026, 1, 8)
    sent = datetime(2026, 1, 5, 3, tzinfo=UTC)  # Tuesday to Friday, and the Saturday that is worked
    assert term.due(Kind.DATA_CHANGE, sent) == date(2026, 1, 10)


def test_what_the_data_does_not_know_the_setting_says(settings):
    assert term.working_days(Kind.FACILITY_CHANGE, date(2026, 11, 18)) == 7
    settings.PROCEDURE_DAYS = {"*": 9}
    assert term.working_days(Kind.FACILITY_CHANGE, date(2026, 11, 18)) == 9
    assert term.working_days(Kind.DATA_CHANGE, date(2026, 11, 18)) == 5


def test_a_setting_goes_before_the_data(settings):
    settings.PROCEDURE_DAYS = {"*": 7, "data_change": 2}
    assert term.due(Kind.DATA_CHANGE, WEDNESDAY) == date(2026, 11, 20)


def test_every_kind_is_in_the_data_and_only_a_sourced_term_has_a_law():
    assert {entry.kind for entry in term.terms()} == set(Kind)
    for entry in term.terms():
        assert bool(entry.legal_base) == (entry.mark == "[S]")
        assert (entry.days is None) == (entry.mark == "[?]")


@pytest.mark.parametrize("text", ["x", "x:", "x:0", ":5", "x:-1"])
def test_an_odd_setting_is_refused(monkeypatch, text):
    monkeypatch.setenv("VSSID_PROCEDURE_DAYS", text)
    with pytest.raises(env.BadSetting):
        env.numbers("VSSID_PROCEDURE_DAYS", most=366)
