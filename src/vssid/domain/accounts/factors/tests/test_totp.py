"""Codes as RFC 6238 and RFC 4226 have them; no database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from .. import totp

SECRET = b"12345678901234567890"
NOW = datetime(2026, 11, 18, 13, 14, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_codes_are_those_of_rfc_6238_appendix_b(seconds: int, code: str) -> None:
    at = datetime.fromtimestamp(seconds, UTC)
    assert totp.code_at(SECRET, totp.step_of(at)) == code[-totp.DIGITS :]


@pytest.mark.parametrize("count", range(3))
def test_codes_are_those_of_rfc_4226_appendix_d(count: int) -> None:
    assert totp.code_at(SECRET, count) == ("755224", "287082", "359152")[count]


@pytest.mark.parametrize(("steps", "fits"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_one_step_off_and_no_more(steps: int, fits: bool) -> None:
    code = totp.code_at(SECRET, totp.step_of(NOW) + steps)
    assert (totp.matching_step(SECRET, code, now=NOW) is not None) is fits


def test_the_step_of_the_code_is_told_not_that_of_the_clock() -> None:
    here = totp.step_of(NOW)
    assert totp.matching_step(SECRET, totp.code_at(SECRET, here - 1), now=NOW) == here - 1
    assert totp.step_of(NOW + timedelta(seconds=30)) == here + 1


def test_a_secret_is_long_random_and_read_in_groups_of_four() -> None:
    assert len({totp.new_secret() for _ in range(50)}) == 50
    groups = totp.in_groups(totp.new_secret()).split(" ")
    assert [len(group) for group in groups] == [4] * 8


def test_the_address_names_who_and_where_for_the_list_of_the_app() -> None:
    parts = urlsplit(totp.address(SECRET, login="an.minh", issuer="BHXH"))
    assert (parts.scheme, parts.netloc, parts.path) == ("otpauth", "totp", "/BHXH:an.minh")
    assert parse_qs(parts.query) == {"secret": ["GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"], "issuer": ["BHXH"]}
