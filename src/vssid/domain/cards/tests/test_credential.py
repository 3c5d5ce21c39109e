"""What a credential says, for how long, and that it always fits its QR."""

from __future__ import annotations

import string
from datetime import date, datetime

import cbor2
import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from vssid.domain.cards import credential, envelope
from vssid.domain.cards.credential import Facts
from vssid.kernel.calendar import VIETNAM
from vssid.kernel.ids import BhxhCode

from .examples import ISSUER, NOW, SIGNER, WEEK, life, make_card, make_facts, make_text

# Long as Vietnamese names get, as typed by parents and by princes.
LONG_NAMES = [
    "Nguyễn Trần Phương Quỳnh Như",
    "Nguyễn Hoàng Thiên Phượng Khánh Nghi",
    "Công Tằng Tôn Nữ Hoàng Thị Thùy Dương",
    "Tôn Nữ Nguyễn Thị Thảo Nguyên Phương Uyên",
]
LONGEST_KNOWN = "Lê Hoàng Hiếu Nghĩa Đệ Nhất Thương Tâm Nhân"


def said(text: str) -> Facts:
    facts, _ = credential.decode(cbor2.loads(envelope.unpack(text).payload))
    return facts


def version(text: str) -> int:
    qr = segno.make(text, error="q", micro=False, boost_error=False)
    assert qr.mode == "alphanumeric"
    return int(qr.version)


def test_it_says_what_the_card_says():
    assert said(make_text()) == Facts(
        subject="c3ViamVj",
        code="0100000001",
        full_name="Nguyễn Thị Lan",
        birth="19900102",
        gender=2,
        object_code="DN",
        level=4,
        facility="31901",
        valid_from=date(2026, 1, 1),
        valid_to=date(2026, 12, 31),
        five_years_from=date(2025, 1, 1),
        living_area="K1",
    )


def test_what_the_card_does_not_know_is_not_said():
    card = make_card(valid_to=None, five_years_from=None, living_area="", sex=3, facility_code="")
    claims = cbor2.loads(credential.encode(Facts.of(card, ""), life(card)))
    assert set(claims) == {1, 4, 5, 6, 169, -65537}
    assert set(claims[169]) == {1, 4, 8}
    assert set(claims[-65537]) == {1, 2, 4}


@pytest.mark.parametrize(("precision", "text"), [("day", "19900102"), ("month", "199001"), ("year", "1990")])
def test_a_birth_date_is_as_exact_as_the_register(precision: str, text: str):
    assert Facts.of(make_card(birth_precision=precision), "").birth == text


def test_no_id_number_and_no_address_is_in_it():
    card = make_card(bhxh_code=BhxhCode("031190000001"))
    payload = envelope.unpack(make_text(Facts.of(card, ""))).payload
    for secret in ("031190000001", "Số 12", "Hồng Bàng"):
        assert secret.encode() not in payload
    assert Facts.of(card, "").code == "0001"


# --- time ----------------------------------------------------------------------------------


def test_it_lives_a_week():
    times = life()
    assert (times.issued_at, times.not_before, times.expires_at) == (NOW, NOW, NOW + WEEK)


def test_it_ends_with_the_card():
    times = life(make_card(valid_to=date(2026, 11, 28)))
    assert times.expires_at == datetime(2026, 11, 29, tzinfo=VIETNAM)


def test_it_begins_with_the_card():
    times = life(make_card(valid_from=date(2026, 11, 28)))
    assert times.not_before == datetime(2026, 11, 28, tzinfo=VIETNAM)
    assert times.issued_at == NOW


@pytest.mark.parametrize(
    "when", [{"valid_to": date(2026, 11, 25)}, {"valid_from": date(2026, 12, 4)}], ids=["ended", "far ahead"]
)
def test_a_card_that_does_not_count_in_the_next_days_gets_none(when: dict[str, date]):
    assert credential.life(make_card(**when), issuer=ISSUER, days=WEEK, now=NOW) is None


# --- room ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LONG_NAMES)
def test_the_longest_real_names_fit_whole(name: str):
    for _again in range(20):  # the signature, and with it the packed length, differs each time
        text = make_text(make_facts(full_name=name))
        assert version(text) <= 13
        assert said(text) == make_facts(full_name=name, subject=said(text).subject)


def test_the_longest_known_name_loses_at_most_one_middle_word():
    text = make_text(make_facts(full_name=LONGEST_KNOWN))
    assert version(text) <= 13
    assert said(text).full_name in {LONGEST_KNOWN, LONGEST_KNOWN.replace("Hoàng", "H.")}


def test_a_usual_name_leaves_nothing_out():
    assert all(said(make_text()) == make_facts() for _again in range(20))


def test_what_gives_way_goes_in_the_documented_order():
    facts = make_facts(full_name="Nguyễn Thị Ngọc Lan")
    tries = list(credential.shorter(facts))
    assert tries[0] == facts
    for number, gone in enumerate(("subject", "five_years_from", "gender"), 1):
        assert not getattr(tries[number], gone)
        assert getattr(tries[number - 1], gone)
        assert tries[number].full_name == facts.full_name
    names = [shortened.full_name for shortened in tries[4:7]]
    assert names == ["Nguyễn T. Ngọc Lan", "Nguyễn T. N. Lan", "Nguyễn T. N. La…"]
    assert tries[-1].full_name == "N…"


WORDS = st.text(min_size=1, max_size=120)
DAYS = st.dates(date(1970, 1, 1), date(2199, 12, 31))


@given(
    name=WORDS,
    code=st.text(string.digits, min_size=4, max_size=10),
    birth=st.from_regex(r"[0-9]{4}([0-9]{2}([0-9]{2})?)?", fullmatch=True),
    facility=st.text(string.digits + string.ascii_uppercase, max_size=5),
    days=st.tuples(DAYS, DAYS, DAYS),
    area=st.sampled_from(["", "K1", "K2", "K3"]),
)
@settings(max_examples=150, deadline=None)
def test_whatever_is_said_fits_and_loses_only_the_first_of_the_order(name, code, birth, facility, days, area):
    facts = make_facts(
        full_name=" ".join(name.split()) or "Ở",
        code=code,
        birth=birth,
        facility=facility,
        valid_from=days[0],
        valid_to=days[1],
        five_years_from=days[2],
        living_area=area,
    )
    written = credential.write(facts, life(), SIGNER)
    assert version(written.text) <= 13
    assert said(written.text) == written.facts
    assert written.facts in list(credential.shorter(facts))


def test_the_longest_issuer_name_leaves_room():
    times = credential.life(make_card(), issuer="x" * 20, days=WEEK, now=NOW)
    text = make_text(make_facts(full_name="Nguyễn Trần Phương Quỳnh Như"), times)
    assert version(text) <= 13
    assert said(text).full_name == "Nguyễn Trần Phương Quỳnh Như"


def test_a_private_number_is_never_printed():
    assert SIGNER.secret.hex() not in repr(SIGNER)
    assert repr(SIGNER.secret) not in repr(SIGNER)
