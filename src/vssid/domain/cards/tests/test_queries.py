from datetime import date

import pytest

from vssid.domain.cards import qr_text, queries
from vssid.domain.cards.card import Validity
from vssid.domain.participants import queries as participants
from vssid.domain.participants.tests.files import COVER, load, load_cast
from vssid.kernel.ids import BhxhCode

TODAY = date(2025, 7, 1)


@pytest.fixture
def lan(db, tmp_path):
    load_cast(tmp_path)
    found = participants.by_bhxh_code(BhxhCode("3199000001"))
    assert found is not None
    return found.person_id


def test_a_card_shows_what_the_register_and_the_lists_say(lan, tmp_path):
    load(tmp_path, "coverage", COVER)
    card = queries.card(lan, TODAY)
    assert card is not None
    assert (card.full_name, card.birth_text, card.number) == ("Trần Thị Lan", "14/03/1988", "DN4313199000001")
    assert (card.benefit_percent, card.object_name) == (80, "Người lao động trong doanh nghiệp")
    assert (card.issued_by, card.facility_name, card.validity) == ("BHXH quận Hồng Bàng", "", Validity.VALID)
    assert card.auto_renews
    assert qr_text.parse(qr_text.compose(card)).name == "Trần Thị Lan"


def test_without_coverage_there_is_no_card(lan):
    assert queries.card(lan, TODAY) is None


def test_nobody_has_no_card(db):
    assert queries.card(1, TODAY) is None
