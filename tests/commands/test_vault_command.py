"""`./vssid vault`: one that was stopped, or lacks a key, says so and ends with 1."""

from __future__ import annotations

import pytest

from vssid.cli.keys import vaulting
from vssid.domain.accounts.contacts import older_values
from vssid.domain.participants import unsealed
from vssid.domain.vault import binding, rewrapping
from vssid.infra import keys

pytestmark = pytest.mark.django_db
WORK = {"rewrap": (rewrapping, "rewrap"), "seal": (unsealed, "seal"), "tell": (older_values, "look")}


@pytest.fixture(autouse=True)
def ready(monkeypatch):
    monkeypatch.setattr("vssid.cli.boot.django", lambda: None)
    monkeypatch.setattr("vssid.cli.database.ready", lambda: None)


def run(what: str) -> int:
    return vaulting.run(what, subjects=(), since=None)


def raising(error: type[BaseException]):
    def fail(*_given, **_named):
        raise error

    return fail


@pytest.mark.parametrize("what", WORK)
@pytest.mark.parametrize(
    ("error", "said"), [(KeyboardInterrupt, "Đã dừng"), (keys.CannotOpen, "VSSID_MASTER_KEYS thiếu khóa")]
)
def test_a_command_that_is_stopped_or_lacks_a_key_says_so(what, error, said, monkeypatch, capsys):
    monkeypatch.setattr(*WORK[what], raising(error))
    assert run(what) == 1
    assert said in capsys.readouterr().out


def test_a_value_that_does_not_open_at_its_row_is_no_lacking_key(monkeypatch, capsys):
    monkeypatch.setattr(binding, "bind", raising(keys.CannotOpen))
    assert run("rewrap") == 1
    assert "hãy chạy ./vssid check" in capsys.readouterr().out
