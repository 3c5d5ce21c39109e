from datetime import UTC, date, datetime

import pytest

from vssid.domain.cards import qr_text
from vssid.domain.participants import queries as participants
from vssid.domain.participants.tests.files import COVER, load, load_cast
from vssid.kernel.ids import BhxhCode

from .. import queries
from ..card import Validity

NOW = datetime(2025, 6, 30, 18, tzinfo=UTC)  # 1 July in Việt Nam


@pytest.fixture
def lan(db, tmp_path):
    load_cast()
    person = participants.by_bhxh_code(BhxhCode("3199000001"))
    assert person is not None
    return person


def card_of(person_id):
    return queries.own_record(person_id, now=NOW).card


def test_a_card_shows_what_the_register_and_the_lists_say(lan, tmp_path):
    load(tmp_path, "coverage", COVER)
    card = card_of(lan.person_id)
    assert card is not None
    assert (card.full_name, card.birth_text, card.number) == ("Trần Thị Lan", "14/03/1988", "DN4313199000001")
    assert (card.address, card.sex) == (lan.address.removeprefix("Số 1 Lạch Tray, "), lan.sex)
    assert queries.with_street(card, lan.person_id).address == lan.address
    assert (card.benefit_percent, card.object_name) == (80, "Người lao động trong doanh nghiệp")
    assert (card.issued_by, card.facility_name, card.validity) == ("BHXH quận Hồng Bàng", "", Validity.VALID)
    assert card.auto_renews
    assert qr_text.parse(qr_text.compose(card)).name == "Trần Thị Lan"


NEAR_POOR = COVER | {"object_code": "CN", "benefit_level": "3", "valid_from": "2025-07-01"}
SOCIAL_PENSION = COVER | {"object_code": "LH", "valid_from": "2025-07-01"}


@pytest.mark.parametrize(
    ("cover", "day", "level", "percent"),
    [
        (NEAR_POOR, date(2025, 12, 31), "3", 95),
        (NEAR_POOR, date(2026, 1, 1), "2", 100),
        (SOCIAL_PENSION, date(2025, 12, 31), "4", 80),
        (SOCIAL_PENSION, date(2026, 1, 1), "2", 100),
    ],
)
def test_a_card_has_the_level_of_the_day_and_the_number_that_is_printed(
    lan, tmp_path, cover, day, level, percent
):
    load(tmp_path, "coverage", cover)
    now = datetime(day.year, day.month, day.day, 5, tzinfo=UTC)
    card = queries.own_record(lan.person_id, now=now).card
    assert card is not None
    assert (card.benefit_level, card.benefit_percent) == (level, percent)
    assert qr_text.parse(qr_text.compose(card)).level == level
    assert card.number == f"{cover['object_code']}{cover['benefit_level']}313199000001"


@pytest.mark.parametrize(("day", "code"), [(date(2025, 12, 31), "HT"), (date(2026, 1, 1), "LH")])
def test_of_several_cards_the_one_with_the_highest_level_of_the_day_counts(lan, tmp_path, day, code):
    pension = COVER | {"object_code": "HT", "benefit_level": "3", "valid_from": "2025-08-01"}
    load(tmp_path, "coverage", SOCIAL_PENSION, pension)
    counting = participants.coverage(lan.person_id, day)
    assert counting is not None
    assert counting.object_code == code


def test_without_coverage_there_is_no_card(lan):
    assert card_of(lan.person_id) is None


def test_nobody_has_no_card_and_an_empty_history(db):
    nobody = queries.own_record(1, now=NOW)
    assert nobody.card is None
    assert nobody.participation == participants.participation(1, date(2025, 7, 1))
