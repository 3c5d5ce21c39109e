"""Each way to be wrong is refused for its own reason; other people's libraries agree with us."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import base45  # type: ignore[import-untyped]  # it has no types
import cbor2
import claim169  # type: ignore[import-untyped]  # it has no types
import cwt
import pytest
from django.conf import settings as settings_of_django
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vssid.domain.cards import credential, envelope, verifier
from vssid.domain.cards.key_list import KeyList, NotAKeyList, from_jwks, to_cose, to_jwks
from vssid.domain.cards.verifier import Finding

from .examples import (
    ISSUER,
    NOW,
    SIGNER,
    VECTOR,
    WEEK,
    key_list,
    life,
    make_card,
    make_facts,
    make_signer,
    make_text,
    sec1,
)

OTHER = make_signer(0x9876)


def finding(text: str, keys: KeyList | None = None, after: timedelta = timedelta(hours=1)) -> Finding:
    return verifier.verify(text, keys or key_list(), now=NOW + after).finding


def repacked(text: str, change: Callable[[bytes], bytes]) -> str:
    """The text with the bytes inside the compression changed."""
    inside = change(zlib.decompress(base45.b45decode(text)))
    return str(base45.b45encode(zlib.compress(inside, 9)).decode())


def signed(claims: object) -> str:
    return envelope.pack(cbor2.dumps(claims), SIGNER)


# --- the good one --------------------------------------------------------------------------


def test_a_fresh_credential_is_valid_and_says_what_it_says():
    verdict = verifier.verify(make_text(), key_list(), now=NOW)
    assert verdict.finding == Finding.VALID
    assert verdict.facts == make_facts()
    assert verdict.times == life()


def test_spaces_around_a_scanned_text_do_no_harm():
    assert finding(f"  {make_text()}\r\n") == Finding.VALID


def test_of_two_keys_with_one_id_the_right_one_is_found():
    twin = make_signer(0x777, kid=SIGNER.point.kid)
    assert finding(make_text(), key_list(twin, SIGNER)) == Finding.VALID


def test_the_documented_example_is_read_as_documented():
    verdict = verifier.verify(VECTOR, key_list(), now=NOW)
    assert (verdict.finding, verdict.facts, verdict.times) == (Finding.VALID, make_facts(), life())
    assert envelope.unpack(VECTOR).payload == credential.encode(make_facts(), life())


# --- other people's readers ----------------------------------------------------------------


def test_claim169_reads_the_identity_and_checks_the_signature():
    card = make_card()
    decoded = claim169.decode_with_ecdsa_p256(
        make_text(times=replace(life(), expires_at=NOW + timedelta(days=3650))), sec1(SIGNER.point)
    )
    assert decoded.is_verified()
    told = decoded.claim169
    assert (told.id, told.full_name, told.date_of_birth, told.gender) == (
        "0100000001",
        card.full_name,
        "19900102",
        claim169.Gender.FEMALE,
    )
    assert (told.phone, told.email, told.address) == (None, None, None)
    meta = decoded.cwt_meta
    assert (meta.issuer, meta.subject) == (ISSUER, "c3ViamVj")
    assert (meta.issued_at, meta.not_before) == (int(NOW.timestamp()), int(NOW.timestamp()))


def test_claim169_refuses_another_key():
    text = make_text(times=replace(life(), expires_at=NOW + timedelta(days=3650)))
    with pytest.raises(claim169.SignatureError):
        claim169.decode_with_ecdsa_p256(text, sec1(OTHER.point))


def test_cwt_reads_the_claims_with_the_published_cose_keys(time_machine):
    time_machine.move_to(NOW, tick=False)
    (published,) = cbor2.loads(to_cose([SIGNER.point]))
    claims: Any = cwt.decode(envelope.unpack(make_text()).cose, cwt.COSEKey.new(published))
    assert claims[credential.COVERAGE] == {1: "DN", 2: 4, 3: "31901", 4: 20454, 5: 20818, 6: 20089, 7: "K1"}
    assert claims[credential.IDENTITY][credential.FULL_NAME] == "Nguyễn Thị Lan"


# --- each refusal --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Finding.NOT_BASE45),
        ("0100000001|4e67757965|02/01/1990|$", Finding.NOT_BASE45),
        ("nguyễn", Finding.NOT_BASE45),
        ("A" * 4001, Finding.NOT_BASE45),
        (base45.b45encode(b"hello").decode(), Finding.NOT_ZLIB),
        (base45.b45encode(zlib.compress(b"x" * 9000)).decode(), Finding.NOT_ZLIB),
        (base45.b45encode(zlib.compress(b"x") + b"more").decode(), Finding.NOT_ZLIB),
        (base45.b45encode(zlib.compress(b"\xff\xff")).decode(), Finding.NOT_CBOR),
        (base45.b45encode(zlib.compress(b"\x81" * 8000)).decode(), Finding.NOT_CBOR),
        (base45.b45encode(zlib.compress(cbor2.dumps({1: 2}))).decode(), Finding.NOT_SIGNED),
        (base45.b45encode(zlib.compress(b"\x01\x02")).decode(), Finding.NOT_CBOR),
    ],
)
def test_what_is_no_credential_is_refused_by_its_first_flaw(text: str, reason: Finding):
    assert finding(text) == reason


def test_a_bomb_is_refused_without_being_unpacked():
    bomb = base45.b45encode(zlib.compress(b"\0" * 2_000_000, 9)).decode()
    assert len(bomb) < envelope.LONGEST_TEXT
    assert finding(bomb) == Finding.NOT_ZLIB


def test_a_key_that_is_not_on_the_list_is_unknown():
    assert finding(make_text(signer=OTHER)) == Finding.UNKNOWN_KEY


def test_a_signature_of_another_key_under_a_known_id_is_wrong():
    forged = make_text(signer=make_signer(0x9876, kid=SIGNER.point.kid))
    assert finding(forged) == Finding.WRONG_SIGNATURE


@pytest.mark.parametrize(
    ("before", "after"),
    [(b"0100000001", b"0100000002"), (b"\x02\x04\x03", b"\x02\x05\x03"), (b"Lan", b"Hoa")],
)
def test_a_changed_word_breaks_the_signature_and_tells_nothing(before: bytes, after: bytes):
    text = repacked(make_text(), lambda inside: inside.replace(before, after, 1))
    verdict = verifier.verify(text, key_list(), now=NOW)
    assert (verdict.finding, verdict.facts) == (Finding.WRONG_SIGNATURE, None)


@pytest.mark.parametrize("header", [{1: -35, 4: SIGNER.point.kid}, {1: -7}, {1: -7, 4: "kid"}, {4: b"1234"}])
def test_another_algorithm_or_no_key_id_is_refused_before_any_check(header: dict[int, object]):
    def change(inside: bytes) -> bytes:
        parts = cbor2.loads(inside)
        return cbor2.dumps(cbor2.CBORTag(18, [cbor2.dumps(header), *parts.value[1:]]))

    assert finding(repacked(make_text(), change)) == Finding.NOT_SIGNED


def test_it_ends_to_the_second():
    assert finding(make_text(), after=WEEK - timedelta(seconds=1)) == Finding.VALID
    assert finding(make_text(), after=WEEK) == Finding.EXPIRED


def test_it_is_not_valid_before_its_time_but_for_a_slow_clock():
    assert finding(make_text(), after=-timedelta(minutes=5)) == Finding.VALID
    assert finding(make_text(), after=-timedelta(minutes=5, seconds=1)) == Finding.NOT_YET


def test_another_issuers_list_does_not_vouch():
    assert finding(make_text(), replace(key_list(), issuer="other.example")) == Finding.OTHER_ISSUER


@pytest.mark.parametrize(
    "times",
    [{"valid_from": NOW + timedelta(minutes=5, seconds=1)}, {"valid_to": NOW + WEEK - timedelta(seconds=1)}],
    ids=["issued before the key", "outlives the key"],
)
def test_a_key_speaks_only_in_its_time(times: dict[str, object]):
    assert finding(make_text(), key_list(**times)) == Finding.KEY_OUT_OF_TIME


@pytest.mark.parametrize("missing", [4, 5, 6, 169, -65537])
def test_signed_claims_without_a_part_are_no_card(missing: int):
    claims = cbor2.loads(credential.encode(make_facts(), life()))
    del claims[missing]
    assert finding(signed(claims)) == Finding.NOT_A_CARD


@pytest.mark.parametrize("claims", [[], "card", None, {169: 1, -65537: 2}, {169: {1: 5}, -65537: {}}])
def test_other_signed_things_are_no_card(claims: object):
    assert finding(signed(claims)) == Finding.NOT_A_CARD


@given(st.binary(max_size=300))
@example(b"\x5b\x7f\xff\xff\xff\xff\xff\xff\xff")  # bytes of impossible length
@example(b"\xd8\x23\x62((")  # a regular expression that is none
@example(b"\xc4\x82\x1b\x7f\xff\xff\xff\xff\xff\xff\xff\x01")
@settings(max_examples=400, deadline=None)
def test_no_bytes_make_it_stumble(inside: bytes):
    packed = base45.b45encode(zlib.compress(inside)).decode()
    assert finding(packed) in {Finding.NOT_CBOR, Finding.NOT_SIGNED}
    assert finding(envelope.pack(inside, SIGNER)) in {Finding.NOT_CBOR, Finding.NOT_A_CARD}


@given(st.integers(0, 10_000), st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"))
@settings(max_examples=100, deadline=None)
def test_no_changed_character_passes(place: int, other: str):
    place %= len(VECTOR)
    changed = VECTOR[:place] + other + VECTOR[place + 1 :]
    assert (finding(changed) == Finding.VALID) == (changed == VECTOR)


# --- the list ------------------------------------------------------------------------------


def test_a_list_of_keys_is_read_as_it_was_written():
    keys = key_list(SIGNER, OTHER, valid_to=NOW)
    assert from_jwks(to_jwks(keys)) == keys


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"issuer": "x", "keys": [{}]}', '{"issuer": "x", "keys": [1]}']
)
def test_what_is_no_list_of_keys_is_refused(text: str):
    with pytest.raises(NotAKeyList):
        from_jwks(text)


def test_the_page_for_verifiers_prints_this_example():
    page = (settings_of_django.ROOT / "docs/card-credential.md").read_text(encoding="utf-8")
    assert VECTOR in page.replace("\n", "")
    assert SIGNER.point.kid.hex() in page
