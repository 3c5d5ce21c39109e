from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.making import sms
from tests.making.employers_hr import ELSEWHERE, HERE
from tests.making.roll_out import NOW
from vssid.domain.audit.models import Event
from vssid.domain.employers.errors import EmployerOver
from vssid.domain.employers.invitations import answering, hours, inviting, queries, retention, rules, sending
from vssid.domain.employers.invitations.errors import NobodyToInvite
from vssid.domain.employers.invitations.rules import Channel, Skip
from vssid.domain.employers.models import Invitation, InvitationRound, Worker
from vssid.domain.employers.models.standing import Standing
from vssid.domain.employers.roster import queries as roster
from vssid.domain.employers.roster.queries import Asked
from vssid.domain.employers.roster.stages import Stage
from vssid.domain.notifications.models.messages import Message
from vssid.domain.notifications.outbox import dead_addresses
from vssid.kernel.errors import NotYours
from vssid.kernel.ids import Phone

from . import invited
from .invited import Workers, invite

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def workers() -> Workers:
    return invited.make_workers()


def why_not(workers: Workers, channel: Channel = Channel.SMS, *, later: timedelta = timedelta()) -> Skip:
    """Why Lan, chosen alone, is not invited."""
    told = inviting.foresee(HERE, Asked(people=(workers.lan,)), channel, now=NOW + later)
    assert told.people == ()
    with pytest.raises(NobodyToInvite):
        invite(workers.lan, channel=channel, now=NOW + later)
    (why,) = told.skipped
    return why


def cease() -> None:
    """Sao Mai ceased yesterday."""
    Standing.objects.create(employer_id=HERE, kind=Standing.CEASED, from_on=NOW.date() - DAY, made_at=NOW)


def stage_of(person_id: int) -> Stage:
    """How far HR reads that the worker is."""
    return roster.page(HERE, Asked(people=(person_id,))).rows[0].stage


def test_everybody_chosen_gets_a_text_with_a_code_of_their_own(workers: Workers) -> None:
    number = invite()
    assert invited.code_sent_to(workers.lan) != invited.code_sent_to(workers.binh)
    assert sms.texts_to(workers.lan, sending.SMS)[0].startswith("BHXH: Cong ty Sao Mai (mau) moi dang ky")
    told = queries.round_of(number, HERE)
    assert (told.many, told.sent, told.waiting) == (2, 2, 0)
    event = Event.objects.get(kind="employer.workers_invited")
    assert event.facts["many"] == 2
    assert stage_of(workers.lan) is Stage.INVITED


def test_an_email_goes_to_who_has_an_address_and_others_are_counted(workers: Workers) -> None:
    number = invite(channel=Channel.EMAIL)
    (letter,) = sms.letters_to(workers.lan, sending.LETTER)
    assert letter["to"] == invited.EMAIL
    assert "Công ty Sao Mai (mẫu) mời bạn" in letter["text"]
    assert queries.round_of(number, HERE).skipped == {Skip.NO_WAY: 1}


def test_a_text_is_sent_once_however_often_the_job_runs(workers: Workers) -> None:
    number = invite()
    sending.work(number, now=NOW)
    assert Message.objects.filter(kind=sending.SMS).count() == 2


def test_no_code_is_stored(workers: Workers) -> None:
    invite(workers.lan)
    code = invited.code_of(workers.lan)
    row = Invitation.objects.get()
    assert code.encode() not in bytes(row.seed) + bytes(row.code_print)
    assert code not in str(Event.objects.filter(kind__startswith="employer.").values_list("facts", flat=True))


def test_who_was_told_this_week_is_not_told_again(workers: Workers) -> None:
    invite(workers.lan)
    assert why_not(workers, later=rules.PAUSE - DAY) is Skip.SOON
    assert invite(workers.lan, now=NOW + rules.PAUSE)


def test_so_many_messages_in_a_season_are_enough(workers: Workers) -> None:
    for turn in range(rules.MOST):
        invite(workers.lan, now=NOW + turn * rules.PAUSE)
    assert why_not(workers, later=rules.MOST * rules.PAUSE) is Skip.ENOUGH
    assert invite(workers.lan, now=NOW + rules.MOST_IN)


def test_a_slip_is_no_message_and_has_no_pause(workers: Workers) -> None:
    invite(workers.lan)
    number = invite(workers.lan, channel=Channel.SLIP)
    assert queries.round_of(number, HERE).sent == 1
    assert Message.objects.filter(kind=sending.SMS).count() == 1


def test_who_sent_a_file_is_not_invited(workers: Workers) -> None:
    Worker.objects.filter(person_id=workers.lan).update(stage=1)
    assert why_not(workers, Channel.SLIP) is Skip.SENT


def test_who_wants_none_gets_none_not_even_a_slip(workers: Workers) -> None:
    invite(workers.lan)
    answering.stop(invited.look(invited.code_of(workers.lan)), now=NOW)
    assert why_not(workers, Channel.SLIP, later=9 * DAY) is Skip.STOPPED


def test_a_wrong_phone_is_not_used_again_until_hr_gives_another(workers: Workers) -> None:
    invite(workers.lan)
    answering.not_me(invited.look(invited.code_of(workers.lan)), now=NOW)
    assert why_not(workers, later=9 * DAY) is Skip.NOT_ME


def test_beyond_the_day_of_an_employer_nobody_is_told(
    workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inviting, "MOST_A_DAY", 1)
    number = invite()
    assert queries.round_of(number, HERE).skipped == {Skip.TODAY: 1}
    assert inviting.left_today(HERE, NOW) == 0
    assert inviting.left_today(HERE, NOW + DAY) == 1
    with pytest.raises(NobodyToInvite):
        invite(workers.lan, workers.binh, now=NOW)


def test_one_round_takes_so_many_and_the_rest_another(
    workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(rules.MOST_AT_ONCE, Channel.SLIP, 1)
    number = invite(channel=Channel.SLIP)
    assert queries.round_of(number, HERE).skipped == {Skip.LATER: 1}


def test_a_worker_of_another_employer_is_not_invited(workers: Workers) -> None:
    with pytest.raises(NobodyToInvite):
        invite(workers.lan, employer=ELSEWHERE)
    assert not InvitationRound.objects.exists()


def test_an_employer_that_ceased_invites_nobody(workers: Workers) -> None:
    cease()
    with pytest.raises(EmployerOver):
        invite()


def test_who_left_or_stopped_before_the_job_came_is_told_nothing(workers: Workers) -> None:
    number = invite(send=False)
    Worker.objects.filter(person_id=workers.binh).delete()
    answering.stop(invited.look(invited.code_of(workers.lan)), now=NOW)
    sending.work(number, now=NOW)
    assert not Message.objects.filter(kind=sending.SMS).exists()
    assert sorted(Invitation.objects.values_list("ended_why", flat=True)) == ["left", "stop"]


def test_an_employer_that_ceased_before_the_job_came_tells_nobody(workers: Workers) -> None:
    number = invite(send=False)
    cease()
    sending.work(number, now=NOW)
    assert set(Invitation.objects.values_list("ended_why", flat=True)) == {"over"}


def test_a_phone_where_nothing_arrives_is_spared(workers: Workers) -> None:
    invite(workers.lan)
    message = Message.objects.get(kind=sending.SMS)
    phone = Phone.parse(invited.PHONE)
    dead_addresses.mark(message, {"to": phone.reveal()}, reason="unknown", now=NOW)
    number = invite(workers.lan, now=NOW + rules.PAUSE)
    assert queries.round_of(number, HERE).sent == 0
    assert Invitation.objects.get(round_id=number).ended_why == "no_way"


def test_the_own_copy_has_each_invitation_and_old_ones_go(workers: Workers) -> None:
    invite(workers.lan)
    (told,) = queries.of_person(workers.lan)
    assert (told.employer_code, told.channel) == (HERE, "sms")
    later = NOW + rules.LIFE + rules.KEPT
    assert retention.forget_old(later) == 0
    assert retention.forget_old(later + DAY) == 1


def test_one_round_is_told_to_its_employer_alone(workers: Workers) -> None:
    number = invite()
    with pytest.raises(NotYours):
        queries.round_of(number, ELSEWHERE)


def test_a_worker_with_a_step_is_counted_in_the_funnel(workers: Workers) -> None:
    invite(workers.lan)
    funnel = roster.funnel(HERE)
    assert (funnel.at(Stage.NONE), funnel.at(Stage.INVITED), funnel.workers) == (1, 1, 2)


def test_texts_go_out_by_day_and_those_of_the_night_in_the_morning(workers: Workers) -> None:
    night, morning = NOW.replace(hour=22), NOW.replace(hour=7) + DAY
    number = invite(now=night)
    assert queries.round_of(number, HERE).waiting == 2
    job = ProcrastinateJob.objects.filter(task_name=inviting.SEND_JOB).latest("id")
    assert job.scheduled_at == morning
    sending.work(number, now=morning)
    assert queries.round_of(number, HERE).waiting == 0


@pytest.mark.parametrize(
    ("at", "leaves"),
    [
        ("2026-11-18T06:59:59", "2026-11-18T07:00:00"),
        ("2026-11-18T07:00:00", "2026-11-18T07:00:00"),
        ("2026-11-18T20:59:59", "2026-11-18T20:59:59"),
        ("2026-11-18T21:00:00", "2026-11-19T07:00:00"),
        ("2026-12-31T23:30:00", "2027-01-01T07:00:00"),
    ],
)
def test_the_hours_are_those_of_viet_nam_whatever_the_clock_is_written_in(at: str, leaves: str) -> None:
    made = datetime.fromisoformat(f"{at}+07:00")
    assert hours.leaves_at(Channel.SMS, made.astimezone(UTC)) == datetime.fromisoformat(f"{leaves}+07:00")
    assert hours.leaves_at(Channel.EMAIL, made) == made
