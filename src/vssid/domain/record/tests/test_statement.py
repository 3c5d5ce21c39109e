"""The record that PostgreSQL puts together says what the Python of the rooms says."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from vssid.domain.directory.models import Facility
from vssid.domain.participants import queries as participants
from vssid.domain.participants.models.participation import AMOUNTS, PERCENTS
from vssid.domain.participants.models.people import Contribution, Coverage, Employer, Person
from vssid.domain.participants.participation.totals import first_day, month_of
from vssid.domain.participants.sealed_part import SEALED
from vssid.domain.vault import sealing as vault

from .. import queries, rows, statement
from ..card import validity

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 31, 18, tzinfo=UTC)  # 1 April in Việt Nam
TODAY = date(2026, 4, 1)
THIS_MONTH = month_of(TODAY)
EMPLOYERS = ("TZ0001A", "TZ0002A", None)
PARTS = (*AMOUNTS, *PERCENTS)
WRITTEN = {"run_id": 0, "line": 1, "as_of": NOW}


@st.composite
def periods(draw):
    first = THIS_MONTH + draw(st.integers(-60, 6))
    length = draw(st.none() | st.integers(0, 30))
    owed = draw(st.none() | st.integers(0, 30))
    told = draw(st.dictionaries(st.sampled_from(PARTS), st.decimals(0, 100, places=2), max_size=3))
    return {
        "scheme": draw(st.sampled_from(["bhxh", "bhtn", "tnld"])),
        "employer_id": draw(st.sampled_from(EMPLOYERS)),
        "from_month": first_day(first),
        "to_month": None if length is None else first_day(first + length),
        "unpaid_from": None if owed is None else first_day(first + owed % (1 + (length or 0))),
        **told,
    }


@st.composite
def covers(draw):
    first = TODAY + timedelta(days=draw(st.integers(-90, 40)))
    length = draw(st.none() | st.integers(0, 80))
    return {
        "object_code": draw(st.sampled_from(["DN", "HT", "CK", "CN", "LH"])),
        "benefit_level": draw(st.sampled_from("12345")),
        "valid_from": first,
        "valid_to": None if length is None else first + timedelta(days=length),
    }


def by_period(row):
    return row["scheme"], row["from_month"], row["employer_id"]


def by_cover(row):
    return row["valid_from"], row["object_code"]


@contextmanager
def lan() -> Iterator[int]:
    """A person of the register, who is gone afterwards: each example starts anew."""
    with transaction.atomic():
        person_id = vault.new_subject_id()
        Person.objects.create(
            person_id=person_id,
            bhxh_code="3199000001",
            full_name='Trần Thị "Lan"',
            name_folded="tran thi lan",
            birth_date=date(1988, 3, 14),
            sex=2,
            sealed=vault.seal(person_id, SEALED, b"{}"),
            sealed_digest=b"",
            **WRITTEN,
        )
        for code in EMPLOYERS[:2]:
            cycle = "quarterly" if code == EMPLOYERS[0] else ""
            Employer.objects.create(code=code, name=f"Công ty {code}", paying_cycle=cycle, **WRITTEN)
        yield person_id
        transaction.set_rollback(True)


def said_of(person_id):
    return json.loads(statement.of(person_id, now=NOW), parse_float=Decimal)


@settings(max_examples=60, deadline=None)
@given(st.lists(periods(), max_size=8, unique_by=by_period))
def test_totals_and_gaps_agree_with_the_count_in_python(some):
    with lan() as person_id:
        for row in some:
            Contribution.objects.create(person_id=person_id, **row, **WRITTEN)
        said = said_of(person_id)["participation"]
        told = participants.participation(person_id, TODAY)
    for scheme in told.schemes:
        totals = said[scheme.scheme]["totals"]
        assert totals["months"] == scheme.totals.months
        assert totals["unpaid_months"] == scheme.totals.unpaid_months
        assert totals["gaps"] == [
            {"from_month": str(first_day(gap.first)), "to_month": str(first_day(gap.last))}
            for gap in scheme.totals.gaps
        ]
        assert [
            (row["from_month"], row["employer_code"], row["employer_name"])
            for row in said[scheme.scheme]["periods"]
        ] == [(str(view.from_month), view.employer_code, view.employer_name) for view in scheme.periods]
        for row, view in zip(said[scheme.scheme]["periods"], scheme.periods, strict=True):
            assert row["wage_parts"] == view.wage_parts.told()
            rates = {"worker": view.worker_percent, "employer": view.employer_percent}
            assert row["paying_cycle"] == view.paying_cycle
            assert row["rates"] == {name: rate for name, rate in rates.items() if rate is not None}


@settings(max_examples=60, deadline=None)
@given(st.lists(covers(), max_size=5, unique_by=by_cover))
def test_the_card_is_the_one_that_counts(some):
    with lan() as person_id:
        for row in some:
            Coverage.objects.create(person_id=person_id, card_province="31", **row, **WRITTEN)
        said, card = said_of(person_id), participants.coverage(person_id, TODAY)
        newest_first = participants.coverages(person_id)
    assert (said["card"] is None) == (card is None)
    if card is not None:
        for name in ("object_code", "benefit_level"):
            assert said["card"][name] == getattr(card, name)
        assert said["card"]["level"] == card.level_on(TODAY)
        assert said["card"]["auto_renews"] == (card.auto_renews or card.valid_to is None)
        assert said["card"]["validity"] == validity(card.valid_from, card.valid_to, TODAY)
        assert said["card"]["valid_from"] == str(card.valid_from)
        assert said["card"]["valid_to"] == (str(card.valid_to) if card.valid_to else None)
    assert [(row["valid_from"], row["object_code"], row["level"]) for row in said["coverage"]] == [
        (str(view.valid_from), view.object_code, view.level_on(TODAY)) for view in newest_first
    ]


PERIOD = {
    "scheme": "bhxh",
    "employer_id": "TZ0001A",
    "from_month": date(2020, 1, 1),
    "to_month": None,
    "unpaid_from": date(2026, 3, 1),
    "is_voluntary": True,
    "job": 'Thợ "cả"',
    "workplace": "Xưởng 2",
    "wage": Decimal("6512000.50"),
    "wage_kind": "wage",
    "currency": "USD",
}
COVER = {
    "object_code": "DN",
    "benefit_level": "4",
    "card_province": "31",
    "facility_code": "31901",
    "valid_from": date(2026, 1, 1),
    "valid_to": date(2026, 12, 31),
    "five_years_from": date(2025, 1, 1),
    "living_area": "K1",
    "old_card_number": "DN4310100000001",
    "issued_on": date(2025, 12, 15),
    "auto_renews": True,
}


def test_read_as_values_it_is_what_the_register_gives():
    with lan() as person_id:
        Facility.objects.create(code="31901", name="Bệnh viện Mẫu", province_code="31", **WRITTEN)
        older = {"from_month": date(2019, 1, 1), "to_month": date(2019, 6, 1), "unpaid_from": None}
        Contribution.objects.create(person_id=person_id, **PERIOD, **WRITTEN)
        Contribution.objects.create(person_id=person_id, **PERIOD | older, **WRITTEN)
        Contribution.objects.create(
            person_id=person_id, **PERIOD | {"scheme": "bhtn", "employer_id": None, "wage": None}, **WRITTEN
        )
        for more in ({}, {"valid_from": date(2025, 1, 1), "valid_to": date(2025, 12, 31)}):
            Coverage.objects.create(person_id=person_id, **COVER | more, **WRITTEN | {"run_id": 7})
        own = queries.own_record(person_id, now=NOW)
        assert own.participation == participants.participation(person_id, TODAY)
    assert own.facilities == {"31901": "Bệnh viện Mẫu"}
    assert own.card is not None
    assert (own.card.facility_name, own.card.old_card_number) == ("Bệnh viện Mẫu", "DN4310100000001")


def test_the_person_is_told_with_quotes_and_marks():
    with lan() as person_id:
        assert said_of(person_id)["person"]["full_name"] == 'Trần Thị "Lan"'


def test_a_period_of_which_no_parts_were_told_costs_no_words():
    with lan() as person_id:
        Contribution.objects.create(person_id=person_id, scheme="bhxh", from_month=TODAY, **WRITTEN)
        (period,) = said_of(person_id)["participation"]["bhxh"]["periods"]
    assert (period["wage_parts"], period["rates"]) == ({}, {})


def test_every_table_of_persons_is_asked_for_this_person():
    for alias in ("session", "person", "period", "coverage"):
        assert f"{alias}.person_id = %(person_id)s" in statement.WITH_SESSION
    assert "account.person_id = %(person_id)s" in statement.WITH_SESSION


def test_the_text_is_what_programs_have_been_sent_so_far():
    with lan() as person_id:
        Facility.objects.create(code="31901", name="Bệnh viện Mẫu", province_code="31", **WRITTEN)
        parts = {"area_allowance": Decimal("0.30"), "employer_percent": Decimal("17.50")}
        number = Contribution.objects.create(person_id=person_id, **PERIOD | parts, **WRITTEN).id
        cover = Coverage.objects.create(person_id=person_id, **COVER, **WRITTEN).id
        text = statement.of(person_id, now=NOW)
    sent = Path(__file__).with_name("record.json").read_text(encoding="utf-8").rstrip()
    assert re.sub(rf'(?<="id" : )({number}|{cover})(?=,)', "7", text) == sent


def test_a_row_knows_no_column_that_is_not_in_it():
    with pytest.raises(ValueError, match="wages"):
        rows.pairs(rows.PeriodRow, "period", wages="0")
