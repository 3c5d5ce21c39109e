"""An address is not a person: crowds behind one work for it, and one network has no endless many."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import pytest

from vssid.domain.verification import limits, proofs
from vssid.domain.verification.errors import ChallengeNeeded, Limited
from vssid.domain.verification.proofs import Address, Proof

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
FACTORY = "203.0.113.5"
CODES = limits.RULES["code_address"]


def worked() -> Proof:
    """A proof as a browser makes it."""
    challenge = proofs.make()
    for work in range(10**6):
        if (
            int.from_bytes(hashlib.sha256(f"{challenge.nonce}:{work}".encode()).digest())
            >> (256 - challenge.bits)
            == 0
        ):
            return Proof(challenge.token, "", str(work))
    raise AssertionError


def summed() -> Proof:
    """A proof as a person without a script makes it."""
    challenge = proofs.make()
    return Proof(challenge.token, str(challenge.left + challenge.right))


@pytest.mark.parametrize(
    ("given", "counted"),
    [
        ("203.0.113.5", "203.0.113.5"),
        ("::ffff:203.0.113.5", "203.0.113.5"),
        ("::FFFF:CB00:7105", "203.0.113.5"),
        ("2002:cb00:7105::1", "203.0.113.5"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:DB8:1:2::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::1", "::/64"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_an_address_counts_as_one_however_it_is_written(given, counted):
    assert limits.place(given) == counted
    assert limits.place(counted) == counted


@pytest.mark.parametrize(
    ("given", "wide"),
    [
        ("203.0.113.5", "203.0.113.0/24"),
        ("::ffff:203.0.9.9", "203.0.9.0/24"),
        ("2001:db8:1:2ff::/64", "2001:db8:1:200::/56"),
        ("2001:db8:ffff:1::1", "2001:db8:ffff::/56"),
        ("", ""),
    ],
)
def test_the_network_around_an_address_is_one_customer_not_a_provider(given, wide):
    assert limits.network(given) == wide


def test_one_ipv6_network_does_not_go_free():
    for number in range(CODES.limit):
        limits.hit("code_address", Address(f"2001:db8:1:2::{number:x}"), now=NOW)
    with pytest.raises(ChallengeNeeded):
        limits.hit("code_address", Address("2001:db8:1:2:ffff::1"), now=NOW)
    limits.hit("code_address", Address("2001:db8:1:3::1"), now=NOW)


def test_ipv4_addresses_written_as_ipv6_ones_do_not_share_a_count():
    for _ in range(CODES.limit + 1):
        try:
            limits.hit("code_address", Address("::ffff:203.0.113.5"), now=NOW)
        except ChallengeNeeded:
            break
    limits.hit("code_address", Address("::ffff:203.0.113.6"), now=NOW)


def crowd(name: str = "code_address") -> None:
    for _ in range(limits.RULES[name].limit):
        limits.hit(name, Address(FACTORY), now=NOW)


@pytest.mark.parametrize("proof", [worked, summed])
def test_whoever_comes_after_the_crowd_is_let_in_for_a_proof(proof):
    crowd()
    with pytest.raises(ChallengeNeeded) as needed:
        limits.hit("code_address", Address(FACTORY), now=NOW)
    assert needed.value.facts == {"was_wrong": False}
    limits.hit("code_address", Address(FACTORY, proof()), now=NOW)


def test_one_proof_is_good_for_one_request_whatever_it_counts():
    crowd()
    crowd("code_check_address")
    proof = summed()
    asker = Address(FACTORY, proof)
    limits.hit("code_address", asker, now=NOW)
    limits.hit("code_check_address", asker, now=NOW)
    with pytest.raises(ChallengeNeeded):
        limits.hit("code_address", Address(FACTORY, proof), now=NOW)


def test_a_wrong_sum_is_no_proof_and_is_said():
    crowd()
    challenge = proofs.make()
    with pytest.raises(ChallengeNeeded) as needed:
        limits.hit("code_address", Address(FACTORY, Proof(challenge.token, "99")), now=NOW)
    assert needed.value.facts == {"was_wrong": True}


def test_work_has_an_end_too(monkeypatch):
    monkeypatch.setitem(
        limits.RULES, "code_address", limits.Rule(2, CODES.window, CODES.wait, CODES.cap, crowded=2)
    )
    for _ in range(2):
        limits.hit("code_address", Address(FACTORY), now=NOW)
    for _ in range(4):
        limits.hit("code_address", Address(FACTORY, summed()), now=NOW)
    with pytest.raises(Limited):
        limits.hit("code_address", Address(FACTORY, summed()), now=NOW)


def test_every_rule_of_a_crowded_address_lets_a_worker_on():
    crowded = [name for name, rule in limits.RULES.items() if rule.crowded]
    assert {"sign_in_address", "code_address", "claim_address", "lookup_address"} <= set(crowded)
    left = {name for name in limits.RULES if name.endswith("_address")} - set(crowded)
    assert left == {"photo_address", "scan_address", "register_check_address"}
