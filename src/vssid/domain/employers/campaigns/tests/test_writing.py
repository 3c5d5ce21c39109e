"""A campaign is written, changed and copied; its scope is shown before anything is taken."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.making import roll_out
from tests.making.employers import BIEN_XANH, SAO_MAI, make_hr
from tests.making.registrations import make_officer
from tests.making.roll_out import FIRST, PROVINCE, SECOND, THIRD
from vssid.domain.casework.errors import NotReady
from vssid.domain.employers.models import Campaign, Standing, Target, Wave
from vssid.domain.employers.seats.roles import Role
from vssid.domain.employers.standing import actions as standing
from vssid.domain.employers.standing.actions import Noted
from vssid.domain.offices.policy import NotAllowed
from vssid.domain.participants.models.participation import Employer
from vssid.domain.rollout import assigning
from vssid.kernel.actor import SYSTEM
from vssid.kernel.errors import Invalid, NotYours

from .. import planning, queries, running, scope, writing
from ..errors import NotNow, WaveBegun
from ..rules import WaveWritten
from ..states import State
from .campaigns_made import DAY, NOW, letter, make_campaign, make_employer, run_campaign

pytestmark = pytest.mark.django_db
EVERYWHERE = frozenset({PROVINCE, FIRST, SECOND, THIRD})


@pytest.fixture(autouse=True)
def places() -> None:
    roll_out.make_offices()
    make_employer(SAO_MAI, FIRST, 100, name="Công ty Sao Mai (mẫu)", address="Đường Lạch Tray, Đồ Sơn")
    make_employer(BIEN_XANH, SECOND, 20, name="Công ty Biển Xanh (mẫu)")
    make_employer("TZ0003A", FIRST, 3)
    make_employer("TZ0004A", THIRD, 500)


def wrong(**other: Any) -> dict[str, str]:
    with pytest.raises(Invalid) as refused:
        writing.write(letter(**other), by=SYSTEM, now=NOW)
    return dict(refused.value.fields)


def meant(**other: Any) -> list[str]:
    row = Campaign.objects.get(id=writing.write(letter(**other), by=SYSTEM, now=NOW))
    fits = scope.listed(row, within=EVERYWHERE, on=DAY, limit=50)
    assert scope.preview(row, within=EVERYWHERE, on=DAY).taken == len(fits)
    return [fit.code for fit in fits]


def test_it_is_for_the_employers_of_an_office_and_those_below_it_the_largest_first() -> None:
    assert meant() == [SAO_MAI, BIEN_XANH, "TZ0003A"]
    assert meant(letter_number="2", head=FIRST) == [SAO_MAI, "TZ0003A"]


def test_its_scope_narrows_by_size_words_of_the_address_and_collection_officer() -> None:
    thu = roll_out.make_collection_officer("thu", FIRST)
    assigning.assign("TZ0003A", thu, DAY, by=SYSTEM, now=NOW)
    assert meant(size_from=4) == [SAO_MAI, BIEN_XANH]
    assert meant(letter_number="2", size_from=1, size_to=20) == [BIEN_XANH, "TZ0003A"]
    assert meant(letter_number="3", area="do son") == [SAO_MAI]
    assert meant(letter_number="4", officer_id=thu) == ["TZ0003A"]


def test_its_scope_narrows_by_words_of_the_industry_without_marks_and_case() -> None:
    Employer.objects.filter(code=SAO_MAI).update(industry="May mặc, da giày")
    Employer.objects.filter(code=BIEN_XANH).update(industry="Vận tải biển")
    assert meant(industry="MAY MAC") == [SAO_MAI]
    assert meant(letter_number="2", industry="da may") == [SAO_MAI]
    assert meant(letter_number="3", industry="vận tải", head=FIRST) == []
    assert meant(letter_number="4", industry="mặc vận") == []


def test_a_campaign_takes_the_employers_of_its_industry_and_a_copy_means_the_same() -> None:
    Employer.objects.filter(code="TZ0003A").update(industry="May mặc")
    campaign = make_campaign("letter", industry=" may  mặc ")
    run_campaign(campaign)
    assert list(Target.objects.values_list("employer_id", flat=True)) == ["TZ0003A"]
    copied = writing.copy(campaign, by=make_officer(office=PROVINCE, role="director"), now=NOW)
    assert Campaign.objects.get(id=copied).industry == "may mặc"


def test_industries_are_offered_as_the_register_names_them_at_these_offices_the_most_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    named = {SAO_MAI: "Cơ khí", "TZ0003A": "May mặc", BIEN_XANH: "May mặc", "TZ0004A": "Thép"}
    for code, industry in named.items():
        Employer.objects.filter(code=code).update(industry=industry)
    assert scope.industries({FIRST, SECOND}) == [("May mặc", 2), ("Cơ khí", 1)]
    monkeypatch.setattr(scope, "OFFERED", 1)
    assert scope.industries({FIRST, SECOND}) == [("May mặc", 2)]


def test_who_is_in_or_over_is_counted_and_not_taken_and_one_that_moved_is_of_its_new_office() -> None:
    make_hr("Tuấn", (SAO_MAI, Role.ADMINISTRATOR), now=NOW)
    standing.note(BIEN_XANH, Noted(Standing.CEASED, DAY, "QĐ 1", "", ""), by=SYSTEM, now=NOW)
    standing.note("TZ0004A", Noted(Standing.MOVED, DAY, "QĐ 2", "", SECOND), by=SYSTEM, now=NOW)
    row = Campaign.objects.get(id=writing.write(letter(), by=SYSTEM, now=NOW))
    counted = scope.preview(row, within=EVERYWHERE, on=DAY)
    assert (counted.employers, counted.inside, counted.over, counted.taken) == (4, 1, 1, 2)
    run_campaign(make_campaign("letter", letter_number="7"))
    taken = Target.objects.values_list("employer_id", "office_code")
    assert set(taken) == {("TZ0003A", FIRST), ("TZ0004A", SECOND)}


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("letter_number", " ", "required"),
        ("letter_number", "1" * 61, "too_long"),
        ("title", "", "required"),
        ("title", "a" * 201, "too_long"),
        ("until_on", DAY - timedelta(days=1), "past"),
        ("head", THIRD, "bad_choice"),
        ("size_from", -1, "out_of_range"),
        ("size_to", 10_000_001, "out_of_range"),
        ("area", "…", "no_word"),
        ("area", "a" * 81, "too_long"),
        ("industry", "…", "no_word"),
        ("industry", "a" * 81, "too_long"),
        ("officer_id", 77, "not_here"),
        ("plan_id", 77, "bad_choice"),
    ],
)
def test_what_is_wrong_is_said_of_its_field(field: str, value: Any, code: str) -> None:
    assert wrong(**{field: value}) == {field.removesuffix("_id"): code}


def test_sizes_stand_in_order() -> None:
    assert wrong(size_from=9, size_to=8) == {"size_to": "below_from"}


def test_one_letter_has_one_campaign_of_an_office_until_it_has_ended() -> None:
    campaign = make_campaign()
    assert wrong() == {"letter_number": "already"}
    running.end(campaign, by=SYSTEM, now=NOW)
    make_campaign()


def test_an_office_runs_its_own_campaigns_and_those_below_it() -> None:
    campaign = make_campaign("letter")
    director = make_officer(office=FIRST, role="director")
    with pytest.raises(NotAllowed):
        writing.write(letter(), by=director, now=NOW)
    with pytest.raises(NotYours):
        running.start(campaign, by=director, now=NOW)
    with pytest.raises(NotAllowed):
        running.start(campaign, by=make_officer(office=PROVINCE, role="administrator"), now=NOW)
    running.start(campaign, by=make_officer(office=PROVINCE, role="director"), now=NOW)


def test_an_office_sees_campaigns_from_above_and_of_others_none() -> None:
    campaign = make_campaign()
    assert queries.campaign(campaign, make_officer(office=FIRST, role="collection_officer")).id == campaign
    for by in (make_officer(office=THIRD, role="director"), make_officer(office=PROVINCE, role="reviewer")):
        with pytest.raises(NotYours):
            queries.campaign(campaign, by)


def test_who_changes_what_somebody_changed_meanwhile_is_told() -> None:
    campaign = make_campaign()
    writing.change(campaign, letter(title="Tên mới"), seen=1, by=SYSTEM, now=NOW)
    with pytest.raises(Invalid) as refused:
        writing.change(campaign, letter(), seen=1, by=SYSTEM, now=NOW)
    assert refused.value.fields == {"version": "changed"}


def test_once_it_runs_whom_it_is_for_stays_and_its_end_follows_its_waves() -> None:
    campaign = make_campaign("letter", "reminder")
    running.start(campaign, by=SYSTEM, now=NOW)
    later = {"until_on": DAY + timedelta(days=20), "title": "Tên mới", "size_from": 50, "head": FIRST}
    writing.change(campaign, letter(**later), seen=1, by=SYSTEM, now=NOW)
    row = Campaign.objects.get(id=campaign)
    assert (row.title, row.until_on, row.size_from, row.head_id) == (
        "Tên mới",
        later["until_on"],
        None,
        PROVINCE,
    )
    with pytest.raises(Invalid) as refused:
        writing.change(campaign, letter(until_on=DAY), seen=2, by=SYSTEM, now=NOW)
    assert refused.value.fields == {"until_on": "waves_later"}


@pytest.mark.parametrize(
    ("kind", "days", "most", "fields"),
    [
        ("poster", 9, None, {"kind": "bad_choice"}),
        ("letter", -1, None, {"on_day": "past"}),
        ("letter", 61, None, {"on_day": "after_end"}),
        ("letter", 0, None, {"on_day": "already"}),
        ("reminder", 6, None, {"on_day": "too_soon"}),
        ("letter", 9, 0, {"most": "out_of_range"}),
    ],
)
def test_a_wave_that_cannot_be_is_refused(
    kind: str, days: int, most: int | None, fields: dict[str, str]
) -> None:
    campaign = make_campaign("letter")
    with pytest.raises(Invalid) as refused:
        writing.add_wave(campaign, WaveWritten(kind, DAY + timedelta(days=days), most), by=SYSTEM, now=NOW)
    assert refused.value.fields == fields


def test_reminders_come_after_letters() -> None:
    campaign = make_campaign()
    with pytest.raises(Invalid) as refused:
        writing.add_wave(campaign, WaveWritten("reminder", DAY), by=SYSTEM, now=NOW)
    assert refused.value.fields == {"kind": "first"}
    campaign = make_campaign("letter", "reminder", letter_number="2")
    first = Wave.objects.filter(campaign_id=campaign).order_by("on_day")[0]
    with pytest.raises(Invalid):
        writing.remove_wave(campaign, first.id, by=SYSTEM, now=NOW)


def test_a_wave_is_removed_until_it_has_begun() -> None:
    campaign = make_campaign("letter", "reminder")
    begun, waiting = Wave.objects.filter(campaign_id=campaign).order_by("on_day")
    run_campaign(campaign)
    writing.remove_wave(campaign, waiting.id, by=SYSTEM, now=NOW)
    with pytest.raises(WaveBegun):
        writing.remove_wave(campaign, begun.id, by=SYSTEM, now=NOW)
    with pytest.raises(NotYours):
        writing.remove_wave(make_campaign(letter_number="2"), begun.id, by=SYSTEM, now=NOW)


def test_a_copy_is_a_draft_without_a_number_with_its_waves_from_tomorrow() -> None:
    campaign = make_campaign("letter", "reminder", size_from=5, area="Đồ Sơn")
    run_campaign(campaign)
    now = NOW + timedelta(days=30)
    copied = Campaign.objects.get(
        id=writing.copy(campaign, by=make_officer(office=PROVINCE, role="director"), now=now)
    )
    assert (copied.state, copied.letter_number, copied.size_from, copied.area) == (
        State.DRAFT,
        "",
        5,
        "Đồ Sơn",
    )
    waves = Wave.objects.filter(campaign=copied).order_by("on_day").values_list("kind", "on_day", "begun_at")
    first = DAY + timedelta(days=31)
    assert list(waves) == [("letter", first, None), ("reminder", first + timedelta(days=7), None)]
    with pytest.raises(NotReady) as refused:
        running.start(copied.id, by=SYSTEM, now=now)
    assert refused.value.missing == ("number",)


def test_it_starts_with_letters_to_send_only() -> None:
    campaign = make_campaign()
    with pytest.raises(NotReady) as refused:
        running.start(campaign, by=SYSTEM, now=NOW)
    assert refused.value.missing == ("waves",)


def test_what_has_ended_never_moves_again() -> None:
    campaign = make_campaign("letter")
    running.end(campaign, by=SYSTEM, now=NOW)
    for move in (running.start, running.stop, running.resume, running.end):
        with pytest.raises(NotNow):
            move(campaign, by=SYSTEM, now=NOW)
    with pytest.raises(NotNow):
        writing.add_wave(campaign, WaveWritten("letter", DAY), by=SYSTEM, now=NOW)
    with pytest.raises(NotNow):
        writing.change(campaign, letter(), seen=1, by=SYSTEM, now=NOW)


def test_planning_goes_on_where_it_was_left_and_takes_nobody_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "STEP", 2)
    campaign = make_campaign("letter")
    running.start(campaign, by=SYSTEM, now=NOW)
    assert planning._step(campaign, NOW) == (2, True)
    running.stop(campaign, by=SYSTEM, now=NOW)
    assert planning.plan(campaign, NOW) == 0
    running.resume(campaign, by=SYSTEM, now=NOW)
    assert planning.plan(campaign, NOW) == 1
    assert planning.plan(campaign, NOW) == 0
    assert set(Target.objects.values_list("employer_id", flat=True)) == {SAO_MAI, BIEN_XANH, "TZ0003A"}
    assert Campaign.objects.get(id=campaign).planned_at == NOW
