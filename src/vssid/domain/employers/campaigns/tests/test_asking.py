"""A wave asks HR of employers that came in to invite its workers: once, by notice, not while stopped."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.making import employers_hr
from tests.making.employers import make_hr
from tests.making.employers_hr import ELSEWHERE, HERE
from tests.making.roll_out import FIRST
from vssid.domain.audit.models import Event
from vssid.domain.employers import telling
from vssid.domain.employers.campaigns import asking, planning, queries, running, waves, writing
from vssid.domain.employers.campaigns.rules import WaveWritten
from vssid.domain.employers.models import Invitee, Mailing, Part, Wave, Worker
from vssid.domain.employers.seats.roles import Role
from vssid.domain.employers.standing import actions as standing
from vssid.domain.employers.standing.actions import Noted
from vssid.kernel.actor import SYSTEM
from vssid.kernel.errors import Invalid

from .campaigns_made import DAY, NOW, make_campaign, make_employer, print_all, run_campaign

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=2)
QUIET = "TZ0009Z"


@pytest.fixture
def campaign() -> int:
    """Letters went to three employers; HR of Sao Mai and of a quiet one without workers came in since."""
    employers_hr.make_employers()
    make_employer(QUIET, FIRST)
    number = make_campaign("letter")
    writing.add_wave(number, WaveWritten("ask_hr", DAY + timedelta(days=2)), by=SYSTEM, now=NOW)
    run_campaign(number)
    print_all(number)
    return number


@pytest.fixture
def tuan(campaign: int) -> int:
    make_hr("Lê Vân", (QUIET, Role.ADMINISTRATOR))
    return make_hr("Tuấn", (HERE, Role.CLERK))


def begin(campaign: int) -> None:
    assert waves.begin_due(campaign, LATER)


def test_hr_of_who_came_in_reads_how_many_nobody_has_invited(campaign: int, tuan: int) -> None:
    invited = Worker.objects.filter(employer_code=HERE).earliest("person_id")
    Invitee.objects.create(person_id=invited.person_id, employer_code=HERE, step=1)
    begin(campaign)
    assert print_all(campaign, LATER) == 1
    [told] = telling.of_person(tuan, HERE)
    assert (told.kind, told.facts["many"], told.facts["number"]) == (asking.KIND, 2, "224/BHXH-MẪU")
    asked = Mailing.objects.filter(wave__kind=Wave.ASK_HR)
    assert [row.employer_code for row in asked] == [HERE]
    assert Event.objects.get(kind="campaign.hr_asked").facts["employers"] == 1
    line = queries.waves(campaign)[-1]
    assert (line.asks_hr, line.letters, line.printed, line.is_printed) == (True, 1, 1, True)


def test_a_part_is_done_once_and_a_job_that_came_again_tells_nobody_twice(campaign: int, tuan: int) -> None:
    begin(campaign)
    part = Part.objects.get(wave__kind=Wave.ASK_HR)
    assert asking.ask(part.id, now=LATER)
    assert not asking.ask(part.id, now=LATER)
    Part.objects.filter(id=part.id).update(made_at=None)
    asking.ask(part.id, now=LATER)
    assert telling.unread(tuan, HERE) == 1


def test_nothing_is_told_while_the_campaign_is_stopped(campaign: int, tuan: int) -> None:
    begin(campaign)
    running.stop(campaign, by=SYSTEM, now=LATER)
    assert (print_all(campaign, LATER), telling.unread(tuan, HERE)) == (0, 0)
    running.resume(campaign, by=SYSTEM, now=LATER)
    assert (print_all(campaign, LATER), telling.unread(tuan, HERE)) == (1, 1)


def test_who_ceased_and_who_only_reads_is_not_asked(campaign: int) -> None:
    make_hr("Nga", (HERE, Role.READER))
    make_hr("Hoa", (ELSEWHERE, Role.ADMINISTRATOR))
    standing.note(ELSEWHERE, Noted("ceased", DAY, "QĐ 1"), by=SYSTEM, now=NOW)
    begin(campaign)
    assert not Mailing.objects.filter(wave__kind=Wave.ASK_HR).exists()


def test_it_is_no_first_wave_and_lets_a_reminder_rest_after_letters_alone() -> None:
    employers_hr.make_employers()
    number = make_campaign()
    with pytest.raises(Invalid) as refused:
        writing.add_wave(number, WaveWritten("ask_hr", DAY), by=SYSTEM, now=NOW)
    assert refused.value.fields == {"kind": "first"}
    for kind, after in (("letter", 0), ("ask_hr", 5), ("reminder", 7)):
        writing.add_wave(number, WaveWritten(kind, DAY + timedelta(days=after)), by=SYSTEM, now=NOW)
    assert [line.kind for line in queries.waves(number)] == ["letter", "ask_hr", "reminder"]
    running.start(number, by=SYSTEM, now=NOW)
    assert planning.plan(number, NOW) == 2
