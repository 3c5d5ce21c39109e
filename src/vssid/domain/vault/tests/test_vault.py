from datetime import UTC, datetime

import pytest

from vssid.domain.vault import jobs, rewrapping
from vssid.domain.vault.models import SubjectKey
from vssid.infra import keys

from .. import sealing as vault

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture
def rotated(settings):
    """Put a new master key and a new fingerprint key in front of the old ones."""

    def rotate():
        settings.MASTER_KEYS = [keys.new_key_text("m2"), *settings.MASTER_KEYS]
        settings.FINGERPRINT_KEYS = [keys.new_key_text("f2"), *settings.FINGERPRINT_KEYS]
        vault._masters.cache_clear()
        vault._fingerprint_keys.cache_clear()

    yield rotate
    vault._masters.cache_clear()
    vault._fingerprint_keys.cache_clear()


def test_what_is_sealed_opens_for_the_same_subject_and_purpose():
    sealed = vault.seal_json(1, "draft", {"name": "Trần Thị Lan"})
    assert vault.unseal_json(1, "draft", sealed) == {"name": "Trần Thị Lan"}
    assert "Trần Thị".encode() not in sealed


def test_it_does_not_open_for_another_subject_or_purpose():
    sealed = vault.seal(1, "draft", b"x")
    vault.seal(2, "draft", b"y")
    for subject, purpose in ((2, "draft"), (1, "other")):
        with pytest.raises(keys.CannotOpen):
            vault.unseal(subject, purpose, sealed)


def test_a_damaged_text_does_not_open():
    sealed = bytearray(vault.seal(1, "draft", b"x"))
    sealed[-1] ^= 1
    with pytest.raises(keys.CannotOpen):
        vault.unseal(1, "draft", bytes(sealed))


def test_an_erased_subject_can_be_read_by_nobody():
    sealed = vault.seal(1, "draft", b"x")
    assert vault.erase(1)
    with pytest.raises(vault.Erased):
        vault.unseal(1, "draft", sealed)


def test_a_key_that_is_erased_while_it_is_made_seals_nothing(monkeypatch):
    monkeypatch.setattr(vault, "_KEEP", "SELECT %s, %s, %s, %s")
    with pytest.raises(vault.Erased):
        vault.seal(1, "draft", b"x")


def test_a_new_master_key_reads_the_old_and_takes_over(rotated):
    sealed = vault.seal(1, "draft", b"x")
    rotated()
    assert vault.unseal(1, "draft", sealed) == b"x"
    assert rewrapping.left() >= 1
    assert rewrapping.rewrap() >= 1
    assert (rewrapping.rewrap(), rewrapping.left()) == (0, 0)
    assert SubjectKey.objects.get(subject_id=1).master_key_id == "m2"
    assert vault.unseal(1, "draft", sealed) == b"x"


def test_look_up_finds_fingerprints_of_older_keys(rotated):
    before = vault.fingerprint("cccd", "031190000001")
    rotated()
    assert vault.fingerprint("cccd", "031190000001") != before
    assert before in vault.fingerprints("cccd", "031190000001")


def test_a_fingerprint_depends_on_its_kind():
    assert vault.fingerprint("cccd", "1") != vault.fingerprint("cmnd", "1")


def test_keys_do_not_print():
    (key,) = keys.parse_keys([keys.new_key_text("m9")])
    assert repr(key) == "Key(m9)"


@pytest.mark.parametrize("text", ["", "m1", "m1:AAAA", ":" + "A" * 44])
def test_it_refuses_a_bad_key(text):
    with pytest.raises(ValueError, match=r"id:base64|padding|^$"):
        keys.parse_keys([text])


def test_the_nightly_job_wraps_everything_under_the_new_key(rotated):
    for subject in range(1, 6):
        vault.seal(subject, "draft", b"x")
    rotated()
    jobs.rewrap(timestamp=0)
    assert not SubjectKey.objects.exclude(master_key_id="m2").exists()


def test_wrapping_anew_is_stopped_and_goes_on(rotated, monkeypatch):
    sealed = {subject: vault.seal(subject, "draft", b"x") for subject in range(1, 8)}
    rotated()
    monkeypatch.setattr(rewrapping, "AT_ONCE", 3)

    class Stopped(Exception):
        pass

    def stop(done):
        if done > 3:
            raise Stopped

    with pytest.raises(Stopped):
        rewrapping.rewrap(tell=stop)
    assert SubjectKey.objects.filter(master_key_id="m2").count() == 6
    left = rewrapping.left()
    assert rewrapping.rewrap() == left
    assert [vault.unseal(subject_id, "draft", text) for subject_id, text in sealed.items()] == [b"x"] * 7


def test_a_night_takes_its_time_and_no_more(rotated):
    vault.seal(1, "draft", b"x")
    rotated()
    assert rewrapping.rewrap(seconds=0) == 0


def test_many_are_sealed_at_once_and_open_one_by_one():
    sealed = vault.seal_many("person", {1: b"a", 2: b"b"}, now=NOW)
    assert [vault.unseal(subject, "person", sealed[subject]) for subject in (1, 2)] == [b"a", b"b"]
