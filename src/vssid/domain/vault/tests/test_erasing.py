"""A key put away cannot be used, waits for a day, can be taken back, and then is gone."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db.models import F

from vssid.cli.keys import vaulting
from vssid.domain.audit.models import Event
from vssid.domain.vault import erasing, jobs
from vssid.domain.vault.models import ErasedKey, SubjectKey
from vssid.kernel.calendar import VIETNAM

from .. import sealing as vault

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tests_lift_limits(monkeypatch):
    monkeypatch.setattr("vssid.cli.database.ready", lambda: None)


def later(hours: float) -> None:
    ErasedKey.objects.update(erased_at=F("erased_at") - timedelta(hours=hours))


def take_back(*subjects: int, since: datetime | None = None) -> int:
    return vaulting.run("take-back", subjects=subjects, since=since)


def test_it_cannot_be_used_from_then_on():
    sealed = vault.seal(1, "x", b"y")
    assert vault.erase(1)
    assert not vault.erase(1)
    with pytest.raises(vault.Erased):
        vault.unseal(1, "x", sealed)


def test_it_is_destroyed_after_a_day_and_not_before():
    vault.seal(1, "x", b"y")
    vault.erase(1)
    later(23.9)
    jobs.destroy(0)
    assert ErasedKey.objects.count() == 1
    later(0.2)
    jobs.destroy(0)
    assert ErasedKey.objects.count() == 0
    assert take_back(1) == 1


def test_within_the_day_it_is_taken_back_and_that_is_in_the_log(capsys):
    sealed = vault.seal(1, "x", b"y")
    vault.erase(1)
    assert vaulting.run("erased", subjects=[], since=None) == 0
    assert take_back(1) == 0
    assert vault.unseal(1, "x", sealed) == b"y"
    assert Event.objects.filter(subject_id=1, kind="vault.key_taken_back").count() == 1
    assert not ErasedKey.objects.exists()
    assert "Đã lấy lại 1 khóa" in capsys.readouterr().out


def test_many_are_taken_back_by_when_they_went():
    for subject in range(1, 6):
        vault.seal(subject, "x", b"y")
    vault.erase_many([1, 2])
    later(3)
    vault.erase_many([3, 4, 5])
    hour_ago = datetime.now(VIETNAM) - timedelta(hours=1)
    assert take_back(since=hour_ago.replace(tzinfo=None)) == 0
    assert set(SubjectKey.objects.values_list("subject_id", flat=True)) >= {3, 4, 5}
    assert set(ErasedKey.objects.values_list("subject_id", flat=True)) == {1, 2}


def test_who_has_a_new_key_keeps_it(capsys):
    vault.seal(1, "x", b"old")
    vault.erase(1)
    fresh = vault.seal(1, "x", b"new")
    assert [row.is_replaced for row in erasing.waiting()] == [True]
    assert take_back(1) == 1
    assert vault.unseal(1, "x", fresh) == b"new"
    assert "đã có khóa mới" in capsys.readouterr().out


def test_taking_back_asks_which():
    assert take_back() == 2
