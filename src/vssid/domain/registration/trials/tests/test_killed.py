"""kill -9 of a worker that lays one, and of a request that ends one: all or nothing, and nothing is left."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings

from tests.making.killed_work import Killer, killer_of
from tests.making.registrations import make_office
from tests.making.trials import OPEN, make_case, make_trial
from vssid.domain.identity.models import IdImage
from vssid.domain.registration import actions
from vssid.domain.registration.models import Application, Trial, TrialResult
from vssid.domain.registration.trials import laying
from vssid.domain.vault.models import SubjectKey
from vssid.kernel.actor import Actor, ActorKind

pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def killer() -> Iterator[Killer]:
    with killer_of("vssid.domain.registration.trials.tests.killable") as made:
        yield made


def begin(killer: Killer, database_url: str, phase: str, trial: int = 0) -> int:
    return killer.start(database_url, str(settings.DATA), settings.BLOBS_URL, phase, str(trial))


@pytest.mark.parametrize("phase", ["copied", "laid"])
def test_a_killed_laying_leaves_nothing_once_it_was_swept(
    phase: str, database_url: str, killer: Killer
) -> None:
    make_office()
    make_case()
    killer.kill(begin(killer, database_url, phase))
    assert not Application.with_trials.exists()
    assert laying.forget_lost(OPEN + laying.LOST) == 1
    assert not Trial.objects.exists()
    assert IdImage.objects.count() == 3  # of the case
    assert SubjectKey.objects.count() == 1
    assert laying.lay_any("03101", now=OPEN) is not None


def test_a_killed_decision_has_not_happened_and_is_made_again(database_url: str, killer: Killer) -> None:
    trial = make_trial()
    killer.kill(begin(killer, database_url, "decided", trial))
    assert not TrialResult.objects.exists()
    assert IdImage.objects.filter(subject_id=trial).count() == 3
    by = Actor(ActorKind.OFFICER, 900, "Minh", "03101", "reviewer")
    actions.approve(trial, by=by, now=OPEN)
    assert TrialResult.objects.get().outcome == "wrongly_approved"
    assert not Application.with_trials.exists()
