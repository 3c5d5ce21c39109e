"""Two persons of the register turn out to be one: what an employer gave of either is of who is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.making.employers_hr import ELSEWHERE, HERE
from tests.making.roll_out import NOW
from vssid.domain.employers.invitations.tests import invited
from vssid.domain.employers.invitations.tests.invited import Workers
from vssid.domain.employers.models import Given
from vssid.domain.employers.own_file import given, taking
from vssid.domain.participants.merges import merge_hooks
from vssid.domain.vault import sealing as vault

pytestmark = pytest.mark.django_db


@pytest.fixture
def merged(monkeypatch: pytest.MonkeyPatch) -> Workers:
    """Lan was merged into Bình; Sao Mai had given of both."""
    workers = invited.make_workers()
    monkeypatch.setattr(
        "vssid.domain.participants.queries.merges_since", lambda _moment: [(workers.lan, workers.binh)]
    )
    return workers


def follow() -> int:
    return merge_hooks.follow(None, now=NOW)


def told(person_id: int) -> list[tuple[str, str, str]]:
    return [(view.employer_code, view.department, view.email) for view in given.of_person(person_id)]


def test_of_one_employer_what_it_gave_last_counts_and_is_read_by_the_kept_key(merged: Workers) -> None:
    Given.objects.filter(person_id=merged.lan).update(given_at=NOW + timedelta(days=1))
    assert (follow(), follow()) == (1, 0)
    assert told(merged.lan) == []
    assert told(merged.binh) == [(HERE, "May", invited.EMAIL)]
    assert taking.held(HERE, [merged.binh])[merged.binh].contacts["email"] == invited.EMAIL


def test_an_older_word_of_the_merged_one_goes_and_another_employers_stays(merged: Workers) -> None:
    Given.objects.filter(person_id=merged.lan).update(given_at=NOW - timedelta(days=1))
    row = Given.objects.get(person_id=merged.lan)
    plain = vault.unseal(merged.lan, taking.GIVEN, row.sealed, row=taking.row_of(row))
    row.employer_code = ELSEWHERE
    row.sealed = vault.seal(merged.lan, taking.GIVEN, plain, row=taking.row_of(row))
    Given.objects.bulk_create([row])
    assert follow() == 1
    assert told(merged.binh) == [(HERE, "Kho", ""), (ELSEWHERE, "May", invited.EMAIL)]


def test_what_nobody_can_read_any_more_goes(merged: Workers) -> None:
    vault.erase(merged.lan)
    Given.objects.filter(person_id=merged.binh).delete()
    assert follow() == 1
    assert not Given.objects.exists()
