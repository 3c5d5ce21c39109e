"""Vectors: codes.md section 4 [C]; the check strings are invented."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vssid.domain.cards import qr_text
from vssid.domain.cards.qr_text import CardText, NotACard
from vssid.domain.record.card import Card, Validity
from vssid.kernel.ids import BhxhCode

NAME = "4e677579e1bb856e2056c4836e204de1baab75"
OLD = (
    f"DN4310000000001|{NAME}|02/01/1990|1|43c3b46e67207479204de1baab75|31 - 000|01/01/2020|-|15/12/2019|"
    "31010000000001|-|4|01/01/2025|0123456789abcdef-7102|$"
)
NEW = (
    f"0000000001|{NAME}|02/01/1990|1|31205068e1bb91204de1baab752c2048e1baa369205068c3b26e67|31 - 000|"
    "01/01/2022|-|15/12/2021|31010000000001|-|4| 01/01/2025|0123456789abcdef-7102|4|"
    "5175e1baad6e2048e1bb936e672042c3a06e672c205468c3a06e68207068e1bb912048e1baa369205068c3b26e67|$"
)
SHORT = f"DN4310000000001|{NAME}|1990|2|31-000|01/01/2020|31/12/2020|15/12/2019|x"


def test_it_reads_an_old_card():
    card = qr_text.parse(OLD)
    assert (card.code, card.name, card.birth, card.sex) == (
        "DN4310000000001",
        "Nguyễn Văn Mẫu",
        "02/01/1990",
        "1",
    )
    assert (card.address, card.facility, card.valid_to) == ("Công ty Mẫu", "31000", "")
    assert (card.level, card.issued_by) == ("4", "")


def test_it_reads_a_new_card():
    card = qr_text.parse(NEW)
    assert (card.code, card.level, card.five_years_from) == ("0000000001", "4", "01/01/2025")
    assert card.address == "1 Phố Mẫu, Hải Phòng"
    assert card.issued_by == "Quận Hồng Bàng, Thành phố Hải Phòng"


def test_it_reads_a_short_card():
    card = qr_text.parse(SHORT)
    assert (card.name, card.birth, card.facility, card.valid_to) == (
        "Nguyễn Văn Mẫu",
        "1990",
        "31000",
        "31/12/2020",
    )


def test_it_writes_a_new_card_as_it_read_it():
    assert qr_text.compose_text(qr_text.parse(NEW)) == NEW


def test_a_payment_gateways_ending_and_capital_hex_are_read():
    assert qr_text.parse(NEW[:-1].replace(NAME, NAME.upper()) + "**##") == qr_text.parse(NEW)


def test_bad_hex_is_kept_as_it_stands():
    assert qr_text.parse(NEW.replace(NAME, "Nguyen Van Mau")).name == "Nguyen Van Mau"
    assert qr_text.parse(NEW.replace(NAME, "ff")).name == "ff"


def test_a_strange_check_string_refuses_no_card():
    assert qr_text.parse(NEW.replace("0123456789abcdef-7102", "?")).check == "?"


@pytest.mark.parametrize("area", ["", "K1", "K2", "K3"])
def test_the_living_area_survives(area):
    assert (
        qr_text.parse(qr_text.compose_text(CardText("0000000001", "A", "1990", living_area=area))).living_area
        == area
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "xin chào",
        "0000000001",
        "031090000001|031000001|Nguyễn Văn Mẫu|02011990|Nam|1 Phố Mẫu, Hồng Bàng, Hải Phòng|01032021",
        "031090000001|031000001|Nguyễn Văn Mẫu|02011990|Nam|1 Phố Mẫu|01032021|a|b|c|d",
        "https://example.invalid/" + "|" * 16 + "$",
    ],
)
def test_it_refuses_what_is_no_card(text):
    with pytest.raises(NotACard):
        qr_text.parse(text)


words = (
    st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=40)
    .map(str.strip)
    .filter(lambda t: t != "-")
)
days = st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(lambda d: f"{d:%d/%m/%Y}") | st.just("")


@given(
    st.builds(
        CardText,
        code=st.from_regex(r"\A[0-9]{10}\Z"),
        name=words,
        birth=days.filter(bool) | st.just("1990"),
        sex=st.sampled_from(["1", "2"]),
        address=words,
        facility=st.from_regex(r"\A[0-9]{2}[0-9A-Z][0-9]{2}\Z") | st.just(""),
        valid_from=days,
        valid_to=days,
        issued_on=days,
        managing_code=st.from_regex(r"\A[0-9]{14}\Z") | st.just(""),
        parent=words,
        living_area=st.sampled_from(["", "K1", "K2", "K3"]),
        five_years_from=days,
        level=st.sampled_from(["", "1", "2", "3", "4", "5"]),
        issued_by=words,
    )
)
def test_what_is_written_is_read_back(text):
    assert qr_text.parse(qr_text.compose_text(text)) == text


def test_a_card_says_all_it_shows():
    card = Card(
        bhxh_code=BhxhCode("0000000001"),
        full_name="Nguyễn Văn Mẫu",
        birth_date=date(1990, 1, 1),
        birth_precision="year",
        sex=1,
        address="1 Phố Mẫu, Hải Phòng",
        object_code="DN",
        object_name="",
        benefit_level="4",
        told_level="4",
        benefit_percent=80,
        benefit_text="",
        card_province="31",
        facility_code="99001",
        facility_name="",
        valid_from=date(2022, 1, 1),
        valid_to=None,
        five_years_from=date(2025, 1, 1),
        living_area="K1",
        old_card_number="",
        issued_on=date(2021, 12, 15),
        office_code="03101",
        issued_by="BHXH quận Hồng Bàng",
        auto_renews=True,
        validity=Validity.VALID,
        as_of=datetime(2025, 1, 1, tzinfo=UTC),
    )
    text = qr_text.compose(card)
    assert len(text.split("|")) == 17
    read = qr_text.parse(text)
    assert (read.code, read.birth, read.managing_code) == ("0000000001", "1990", "31010000000001")
    assert (read.facility, read.living_area, read.level) == ("99001", "K1", "4")
    assert card.number == "DN4310000000001"
