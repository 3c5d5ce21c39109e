"""The first page's facts: the record, the newest benefit and visit with their places in the lists."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from vssid.domain.directory.models import Facility
from vssid.domain.participants import queries as participants
from vssid.domain.participants.models.people import Benefit, Visit
from vssid.domain.participants.tests.files import COVER, begin_with, load_cast
from vssid.kernel.ids import BhxhCode

from .. import queries, wallet

pytestmark = pytest.mark.django_db
NOW = datetime(2025, 6, 30, 18, tzinfo=UTC)
ROW = {"run_id": 0, "line": 1, "as_of": NOW}


@pytest.fixture
def lan(tmp_path):
    load_cast()
    begin_with("coverage", COVER)
    person = participants.by_bhxh_code(BhxhCode("3199000001"))
    assert person is not None
    return person.person_id


def paid(person_id, regime, first, **more):
    facts = {"amount": 1_000_000, "from_date": first, "decision_number": f"{first}-{regime}"}
    Benefit.objects.create(person_id=person_id, regime=regime, **facts | ROW | more)


def seen(person_id, came, facility="31901"):
    facts = {"diagnosis_code": "J00", "diagnosis_name": "-", "result": "1", "kind": "01", "left_at": came}
    money = dict.fromkeys(("total", "paid_fund", "paid_share", "paid_own", "paid_other"), 0)
    Visit.objects.create(
        person_id=person_id,
        visit_key=str(came),
        facility_code=facility,
        came_at=came,
        **facts,
        **money,
        **ROW,
    )


def test_the_record_in_it_is_the_record(lan):
    shown = wallet.of(lan, now=NOW)
    assert shown.record == queries.own_record(lan, now=NOW)
    assert (shown.is_known, shown.benefit, shown.visit) == (True, None, None)


def test_it_is_one_statement(lan):
    wallet.of(lan, now=NOW)
    with CaptureQueriesContext(connection) as asked:
        wallet.of(lan, now=NOW)
    assert len(asked) == 1


def test_the_newest_benefit_is_the_one_paid_last_with_its_place_in_its_list(lan):
    paid(lan, "sickness", date(2024, 1, 5), paid_on=date(2025, 6, 20))
    paid(lan, "maternity", date(2024, 9, 1), decided_on=date(2025, 3, 1))
    paid(lan, "convalescence", date(2023, 2, 1))
    paid(lan, "unemployment", date(2025, 1, 1), is_monthly=True)
    benefit = wallet.of(lan, now=NOW).benefit
    assert benefit is not None
    # Its list holds the three short-term ones by their first day; it is the second of them.
    assert (benefit.regime, benefit.group, benefit.number) == ("sickness", "short_term", 2)
    assert (benefit.amount, benefit.paid_on) == (Decimal(1_000_000), date(2025, 6, 20))


def test_the_newest_visit_is_the_last_of_the_list_with_the_facilitys_name(lan):
    Facility.objects.create(code="31901", name="Bệnh viện mẫu", province_code="31", **ROW)
    for day in (3, 20, 11):
        seen(lan, datetime(2025, 5, day, 1, tzinfo=UTC))
    visit = wallet.of(lan, now=NOW).visit
    assert visit is not None
    assert (visit.came_at.day, visit.facility_name, visit.number) == (20, "Bệnh viện mẫu", 3)


def test_nothing_of_another_person_is_in_it(lan):
    other = participants.by_bhxh_code(BhxhCode("3199000002"))
    assert other is not None
    paid(other.person_id, "sickness", date(2025, 1, 5))
    seen(other.person_id, datetime(2025, 5, 1, 1, tzinfo=UTC))
    shown = wallet.of(lan, now=NOW)
    assert (shown.benefit, shown.visit) == (None, None)


def test_somebody_whom_the_register_does_not_know_is_said_to_be_unknown():
    shown = wallet.of(1, now=NOW)
    assert (shown.is_known, shown.record.card, shown.benefit, shown.visit) == (False, None, None, None)
