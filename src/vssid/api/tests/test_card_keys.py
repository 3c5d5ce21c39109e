"""The public list: who asks gets the keys, who has them gets nothing again."""

from __future__ import annotations

import json

import cbor2
import pytest
from django.test import Client
from django.utils import timezone

from vssid.domain.cards import actions, key_list, signing
from vssid.kernel.actor import SYSTEM

pytestmark = pytest.mark.django_db
JWKS, COSE = "/.well-known/the-bhyt-khoa.json", "/.well-known/the-bhyt-khoa.cbor"


@pytest.fixture(autouse=True)
def two_keys() -> None:
    actions.ensure_key(now=timezone.now())
    actions.announce_key(by=SYSTEM, now=timezone.now())


def test_the_list_is_what_verifiers_read():
    answer = Client().get(JWKS)
    assert answer["Content-Type"] == "application/jwk-set+json"
    assert key_list.from_jwks(answer.content) == _published()
    assert [key["status"] for key in json.loads(answer.content)["keys"]] == ["signing", "announced"]


def _published() -> key_list.KeyList:
    """As published, to the second, which is what the list says."""
    keys = signing.published(now=timezone.now())
    return key_list.from_jwks(key_list.to_jwks(keys))


def test_no_private_number_is_listed():
    for path in (JWKS, COSE):
        assert b'"d"' not in Client().get(path).content
    assert all(set(key) == {1, 2, 3, -1, -2, -3} for key in cbor2.loads(Client().get(COSE).content))


@pytest.mark.parametrize("path", [JWKS, COSE])
def test_it_may_be_cached_and_is_not_sent_twice(path: str):
    answer = Client().get(path)
    assert answer["Cache-Control"] == "public, max-age=3600"
    assert answer["Access-Control-Allow-Origin"] == "*"
    again = Client().get(path, headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", answer["ETag"])


def test_a_new_key_changes_the_tag():
    before = Client().get(JWKS)["ETag"]
    actions.withdraw_key(signing.published(now=timezone.now()).keys[0].point.kid.hex(), by=SYSTEM,
                         now=timezone.now())  # fmt: skip
    assert Client().get(JWKS, headers={"if-none-match": before}).status_code == 200
