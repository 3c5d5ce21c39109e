"""What a card is worth on a day: one test a state, and none of them can be taken for another."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from vssid.domain.cards import standing
from vssid.domain.cards.standing import Worth
from vssid.domain.participants.participation.totals import Totals
from vssid.domain.participants.views import PeriodView, SchemeRecord, WageParts
from vssid.domain.record.card import validity

from .examples import make_card

TODAY = date(2026, 11, 18)
NO_PARTS = WageParts(*[None] * len(WageParts.__slots__))


def card(first: date, last: date | None, kind: str = "DN"):
    told = {"valid_from": first, "valid_to": last, "object_code": kind}
    return make_card(**told, validity=validity(first, last, TODAY))


JOB = PeriodView(
    id=1,
    scheme="bhxh",
    is_voluntary=False,
    from_month=date(2020, 1, 1),
    to_month=None,
    unpaid_from=None,
    employer_code="TZ0001A",
    employer_name="Công ty Sao Mai",
    job="",
    workplace="",
    wage=None,
    wage_kind="wage",
    currency="VND",
    wage_parts=NO_PARTS,
    worker_percent=None,
    employer_percent=None,
    run_id=0,
    as_of=datetime(2026, 1, 1, tzinfo=UTC),
)


def job(first: date, last: date | None = None, unpaid_from: date | None = None, **more: Any) -> PeriodView:
    return replace(JOB, from_month=first, to_month=last, unpaid_from=unpaid_from, **more)


def paid_by(*periods: PeriodView) -> SchemeRecord:
    return SchemeRecord("bhxh", periods, Totals(0, 0, ()))


WORKS = job(date(2020, 1, 1))
THIS_YEAR = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("first", "last", "worth"),
    [
        (THIS_YEAR, None, Worth.VALID),
        (THIS_YEAR, date(2026, 12, 31), Worth.VALID),
        (THIS_YEAR, date(2026, 12, 18), Worth.ENDS_SOON),
        (THIS_YEAR, TODAY, Worth.ENDS_SOON),
        (THIS_YEAR, date(2026, 11, 17), Worth.ENDED),
        (date(2026, 11, 19), None, Worth.NOT_YET),
    ],
)
def test_the_days_of_a_card_say_what_it_is_worth(first, last, worth):
    judged = standing.of(card(first, last), paid_by(WORKS), TODAY)
    assert (judged.worth, judged.begins, judged.ends) == (worth, first, last)
    assert judged.counts is (worth in (Worth.VALID, Worth.ENDS_SOON))


def test_no_card_is_a_state_of_its_own():
    judged = standing.of(None, paid_by(WORKS), TODAY)
    assert (judged.worth, judged.counts, judged.ends) == (Worth.NONE, False, None)


LATE = job(date(2020, 1, 1), unpaid_from=date(2026, 7, 1), paying_cycle="monthly")


@pytest.mark.parametrize("last", [None, date(2026, 12, 31), date(2026, 11, 30)])
def test_a_card_that_counts_says_that_the_employer_is_late(last):
    judged = standing.of(card(THIS_YEAR, last), paid_by(LATE), TODAY)
    assert judged.counts
    assert [(arrears.employer_name, arrears.first) for arrears in judged.late] == [
        ("Công ty Sao Mai", date(2026, 7, 1))
    ]


def test_a_month_that_is_not_late_yet_is_not_called_late():
    only_due = job(date(2020, 1, 1), unpaid_from=date(2026, 10, 1), paying_cycle="monthly")
    assert standing.of(card(THIS_YEAR, None), paid_by(only_due), TODAY).late == ()


def test_what_may_not_be_due_is_not_called_late_and_comes_after_what_is():
    unknown = standing.of(
        card(THIS_YEAR, None), paid_by(job(date(2020, 1, 1), unpaid_from=date(2026, 8, 1))), TODAY
    )
    assert [(arrears.first, arrears.is_late) for arrears in unknown.late] == [(date(2026, 8, 1), False)]
    assert not unknown.is_late
    monthly = job(date(2020, 1, 1), unpaid_from=date(2026, 9, 1), paying_cycle="monthly")
    both = paid_by(job(date(2020, 1, 1), unpaid_from=date(2026, 8, 1)), monthly)
    judged = standing.of(card(THIS_YEAR, None), both, TODAY)
    assert [arrears.is_late for arrears in judged.late] == [True, False]


def test_what_was_paid_since_the_last_file_is_not_called_late():
    judged = standing.of(card(THIS_YEAR, None), paid_by(LATE), TODAY, judged_on=date(2026, 7, 31))
    assert judged.late == ()


def test_an_employer_left_long_ago_is_not_todays_late_one():
    old = job(date(2012, 1, 1), date(2016, 5, 1), unpaid_from=date(2016, 1, 1))
    assert standing.of(card(THIS_YEAR, None), paid_by(old, WORKS), TODAY).late == ()


@pytest.mark.parametrize("kind", sorted(standing.BY_EMPLOYER))
@pytest.mark.parametrize("last", [None, date(2026, 12, 31)])
def test_after_the_last_employer_a_card_by_an_employer_is_unknown_and_never_valid(kind, last):
    left = job(date(2020, 1, 1), date(2026, 9, 1))
    judged = standing.of(card(THIS_YEAR, last, kind), paid_by(left), TODAY)
    assert (judged.worth, judged.counts, judged.stopped) == (Worth.UNKNOWN, False, date(2026, 9, 1))


@pytest.mark.parametrize(
    "periods",
    [
        (job(date(2020, 1, 1), date(2026, 11, 1)),),
        (job(date(2020, 1, 1), date(2026, 9, 1)), job(date(2026, 10, 1))),
        (),
    ],
    ids=["to this month", "a new employer", "nothing known"],
)
def test_a_card_by_an_employer_counts_while_one_pays_or_the_register_says_nothing(periods):
    assert standing.of(card(THIS_YEAR, None), paid_by(*periods), TODAY).counts


def test_a_voluntary_time_is_no_employer():
    left, alone = job(date(2020, 1, 1), date(2026, 9, 1)), job(date(2026, 10, 1), is_voluntary=True)
    assert standing.of(card(THIS_YEAR, None), paid_by(left, alone), TODAY).worth is Worth.UNKNOWN


@pytest.mark.parametrize("kind", ["GD", "HS", "TE", "HT", "HN"])
def test_other_cards_do_not_hang_on_an_employer(kind):
    left = job(date(2020, 1, 1), date(2026, 9, 1))
    assert standing.of(card(THIS_YEAR, None, kind), paid_by(left), TODAY).worth is Worth.VALID


def test_a_childs_card_ends_like_any_other():
    child = card(date(2020, 5, 20), date(2026, 9, 30), "TE")
    judged = standing.of(child, paid_by(), TODAY)
    assert (judged.worth, judged.ends, judged.counts) == (Worth.ENDED, date(2026, 9, 30), False)


def test_an_ended_card_stays_ended_whoever_pays():
    ended = card(THIS_YEAR, date(2026, 10, 5))
    assert standing.of(ended, paid_by(WORKS), TODAY).worth is Worth.ENDED
