"""`./vssid check card` and `./vssid keys`, as an operator or a desk runs them."""

from __future__ import annotations

import io
import sys
from datetime import timedelta
from pathlib import Path

import pytest
import segno
from django.utils import timezone

from vssid.cli import migrating
from vssid.cli.checks import card, checking
from vssid.cli.keys import card_keys
from vssid.domain.cards import actions, key_list, qr_text, signing
from vssid.domain.cards.models import SigningKey
from vssid.domain.cards.tests.examples import NOW, SIGNER, VECTOR, make_card, make_text
from vssid.domain.cards.tests.examples import key_list as list_of
from vssid.domain.cards.verifier import Finding

pytestmark = pytest.mark.django_db


class Input(io.TextIOWrapper):
    """Standard input with these bytes."""

    def __init__(self, given: bytes) -> None:
        super().__init__(io.BytesIO(given))


@pytest.fixture
def keys_file(tmp_path: Path) -> Path:
    path = tmp_path / "keys.json"
    path.write_text(key_list.to_jwks(list_of(SIGNER)))
    return path


def check(monkeypatch, capsys, given: bytes, keys: Path | None = None) -> tuple[int, str]:
    monkeypatch.setattr(sys, "stdin", Input(given))
    status = checking.run("card", keys=keys)
    return status, capsys.readouterr().out


def png(text: str) -> bytes:
    out = io.BytesIO()
    segno.make(text, error="q", micro=False).save(out, kind="png", scale=4)
    return out.getvalue()


def test_every_finding_has_its_words():
    assert set(card.SAID) == {finding.value for finding in Finding}
    assert len(set(card.SAID.values())) == len(Finding)


@pytest.mark.parametrize(
    "given",
    [VECTOR.encode() + b"\n", f"\ufeff\u200b{VECTOR[:9]}\u00ad{VECTOR[9:]}\u2060".encode(), png(VECTOR)],
    ids=["text", "text with what nobody sees", "picture"],
)
def test_a_desk_with_a_file_of_keys_needs_nothing_else(
    monkeypatch, capsys, keys_file, time_machine, django_assert_num_queries, given
):
    time_machine.move_to(NOW, tick=False)
    with django_assert_num_queries(0):
        status, said = check(monkeypatch, capsys, given, keys_file)
    assert status == 0
    for words in ("HỢP LỆ", "Nguyễn Thị Lan", "0100000001", "02/01/1990", "Nữ", "DN4", "K1", "31901",
                  "01/01/2026 đến 31/12/2026", "Mã dùng đến: 08:00 03/12/2026"):  # fmt: skip
        assert words in said


def test_an_old_one_is_told_to_be_old(monkeypatch, capsys, keys_file, time_machine):
    time_machine.move_to(NOW + timedelta(days=8))
    status, said = check(monkeypatch, capsys, VECTOR.encode(), keys_file)
    assert status == 1
    assert "HẾT HẠN" in said


def test_a_forged_one_tells_no_name(monkeypatch, capsys, keys_file):
    forged = make_text()[:-2] + "00"
    status, said = check(monkeypatch, capsys, forged.encode(), keys_file)
    assert status == 1
    assert "Nguyễn" not in said


def test_without_a_file_the_keys_of_this_house_count(monkeypatch, capsys):
    now = timezone.now()
    actions.ensure_key(now=now)
    issued = signing.issue(make_card(valid_to=None), 7, now=now)
    assert issued is not None
    assert check(monkeypatch, capsys, issued.text.encode())[0] == 0
    status, said = check(monkeypatch, capsys, VECTOR.encode())
    assert (status, said.startswith("KHÔNG RÕ KHOÁ")) == (1, True)


def test_the_official_code_is_none_that_proves_itself(monkeypatch, capsys):
    text = qr_text.compose(make_card())
    for given in (text.encode(), png(text)):
        status, said = check(monkeypatch, capsys, given)
        assert (status, said.startswith("HỎNG: không phải mã xác thực")) == (1, True)


def test_nothing_to_read_is_said(monkeypatch, capsys, tmp_path):
    assert check(monkeypatch, capsys, b"")[0] == 2
    missing = tmp_path / "none.json"
    status, said = check(monkeypatch, capsys, VECTOR.encode(), missing)
    assert (status, "danh sách khoá" in said) == (2, True)


# --- keys ----------------------------------------------------------------------------------


def keys(what: str = "list", kid: str = "", *, early: bool = False) -> int:
    return card_keys.run(what, kid=kid, early=early)


def test_migrating_makes_the_first_key_once():
    migrating.migrate()
    migrating.migrate()
    assert SigningKey.objects.get().state == "signing"


def test_a_key_is_announced_and_switched_to_by_hand(capsys):
    migrating.migrate()
    first = SigningKey.objects.get().kid
    assert keys("announce") == 0
    assert "đã công bố" in capsys.readouterr().out
    assert keys("switch") == 1
    assert "--early" in capsys.readouterr().out
    assert keys("switch", early=True) == 0
    assert SigningKey.objects.get(state="retired").kid == first
    said = capsys.readouterr().out
    assert "đang ký" in said
    assert "đã ngừng dùng" in said


def test_what_cannot_be_done_is_said_and_changes_nothing(capsys):
    migrating.migrate()
    assert keys("switch") == 1
    assert "announce" in capsys.readouterr().out
    assert keys("withdraw", "nokey") == 1
    assert "nokey" in capsys.readouterr().out
    assert keys("destroy") == 2
    keys("announce")
    assert keys("announce") == 1
    assert SigningKey.objects.count() == 2


def test_a_leaked_key_is_withdrawn(capsys):
    migrating.migrate()
    leaked = SigningKey.objects.get().kid
    assert keys("withdraw", leaked) == 0
    assert leaked not in capsys.readouterr().out
    assert SigningKey.objects.filter(state="signing").exclude(kid=leaked).count() == 1
