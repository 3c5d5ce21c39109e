from datetime import UTC, date, datetime

import pytest

from vssid.domain.cards import qr_text, queries
from vssid.domain.cards.card import Validity
from vssid.domain.participants import queries as participants
from vssid.domain.participants.tests.files import COVER, load, load_cast
from vssid.kernel.ids import BhxhCode

NOW = datetime(2025, 6, 30, 18, tzinfo=UTC)  # 1 July in Việt Nam


@pytest.fixture
def lan(db, tmp_path):
    load_cast(tmp_path)
    found = participants.by_bhxh_code(BhxhCode("3199000001"))
    assert found is not None
    return found


def card_of(person_id):
    return queries.own_record(person_id, now=NOW).card


def test_a_card_shows_what_the_register_and_the_lists_say(lan, tmp_path):
    load(tmp_path, "coverage", COVER)
    card = card_of(lan.person_id)
    assert card is not None
    assert (card.full_name, card.birth_text, card.number) == ("Trần Thị Lan", "14/03/1988", "DN4313199000001")
    assert (card.address, card.sex) == (lan.address, lan.sex)
    assert (card.benefit_percent, card.object_name) == (80, "Người lao động trong doanh nghiệp")
    assert (card.issued_by, card.facility_name, card.validity) == ("BHXH quận Hồng Bàng", "", Validity.VALID)
    assert card.auto_renews
    assert qr_text.parse(qr_text.compose(card)).name == "Trần Thị Lan"


def test_without_coverage_there_is_no_card(lan):
    assert card_of(lan.person_id) is None


def test_nobody_has_no_card_and_an_empty_history(db):
    nobody = queries.own_record(1, now=NOW)
    assert nobody.card is None
    assert nobody.participation == participants.participation(1, date(2025, 7, 1))
