"""A demo's cases: written with their pictures, some decided, some waiting in the queues of both offices."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest

from tests.making.registrations import (
    ELSEWHERE,
    HONG_BANG,
    looked_at,
    make_office,
    make_officer,
    make_officer_account,
    plain_photo,
)
from vssid.cli.demo import known_answers
from vssid.cli.demo.pictures import drawing
from vssid.domain.accounts.models.staff import Post
from vssid.domain.identity import reader
from vssid.domain.identity.verdicts import Verdict
from vssid.domain.notifications.models.messages import Message
from vssid.domain.registration.models import Application, Trial, TrialResult
from vssid.kernel.calendar import local_day

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 30, 22, 0, tzinfo=UTC)  # before dawn in Việt Nam
BY_CARD = "mot-chu-so"  # the plain photo bears no QR that it could differ from


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "demo").mkdir()
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(plain_photo())
    drawn: Future[str] = Future()
    drawn.set_result(str(photo))

    def start(_pool: Any, people: Any, place: Path) -> Any:
        place.mkdir(exist_ok=True)
        return {each.person.bhxh_code: dict.fromkeys(("front", "back", "portrait"), drawn) for each in people}

    monkeypatch.setattr(drawing, "start", start)
    monkeypatch.setattr(reader, "look", lambda kind, _data: replace(looked_at(kind), verdict=Verdict(())))
    plans = tuple(plan for plan in known_answers.PLANS if plan.name != BY_CARD)
    monkeypatch.setattr(known_answers, "PLANS", plans)
    for code in (HONG_BANG, ELSEWHERE):
        make_office(code)
        make_officer_account(f"m{code}", code, "Minh")
    return tmp_path


def test_both_offices_have_some_waiting_and_some_decided_and_nobody_is_told(folder: Path) -> None:
    officers = [make_officer(), make_officer("Hạnh", ELSEWHERE)]
    lay = lambda: known_answers.lay(folder, officers=officers, pool=cast(Any, None), now=NOW)  # noqa: E731
    assert lay() == 4
    assert set(Trial.objects.values_list("office_id", flat=True)) == {HONG_BANG, ELSEWHERE}
    assert set(Application.with_trials.values_list("state", flat=True)) == {"received"}
    outcomes = sorted(TrialResult.objects.values_list("outcome", flat=True))
    assert outcomes == ["right", "right", "wrongly_approved"]
    assert not Message.objects.exists()
    assert not Application.objects.exists()
    assert lay() == 0
    (folder / "demo" / known_answers.DONE).unlink()  # as when the first start was broken off at the end
    assert lay() == 4
    assert TrialResult.objects.count() == 3


def test_where_nobody_was_at_work_yet_all_wait_for_their_forms(folder: Path) -> None:
    """As in a demo of the version before that is begun before an office opens."""
    officers = [make_officer(), make_officer("Hạnh", ELSEWHERE)]
    Post.objects.update(from_on=local_day(NOW))
    assert known_answers.lay(folder, officers=officers, pool=cast(Any, None), now=NOW) == 7
    assert set(Application.with_trials.values_list("state", flat=True)) == {"submitted"}
    assert not TrialResult.objects.exists()


def test_each_plan_is_a_case_of_its_own_person(folder: Path) -> None:
    out = folder / "cases"
    names = known_answers.write(out, today=NOW.date(), pool=cast(Any, object()))
    assert names == [plan.name for plan in known_answers.PLANS]
    texts = [(out / name / "case.toml").read_text(encoding="utf-8") for name in names]
    assert len({line for text in texts for line in text.splitlines() if line.startswith("bhxh_code")}) == len(
        names
    )
    assert not (out / ".drawn").exists()
