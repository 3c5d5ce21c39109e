from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.making import employers_hr
from tests.making.employers_hr import HERE, HR
from tests.making.registrations import BINH, LAN, make_application
from tests.making.roll_out import FIRST, NOW
from vssid.domain.employers.errors import EmployerOver
from vssid.domain.employers.invitations import answering, opening, paper, rules, starting
from vssid.domain.employers.invitations.errors import (
    InvitationEnded,
    InvitationExpired,
    UnknownInvitation,
    WrongProof,
)
from vssid.domain.employers.invitations.opening import Opening, Said
from vssid.domain.employers.models import Invitation, Invitee, Worker
from vssid.domain.employers.models.standing import Standing
from vssid.domain.employers.roster import queries as roster
from vssid.domain.employers.roster.queries import Asked
from vssid.domain.employers.roster.stages import Stage
from vssid.domain.participants.models.people import Person
from vssid.domain.registration import actions
from vssid.domain.registration.draft import drafts, steps
from vssid.domain.verification import limits
from vssid.domain.verification.errors import Limited
from vssid.kernel.actor import person
from vssid.kernel.calendar import VIETNAM
from vssid.kernel.errors import Invalid, NotYours

from . import invited
from .invited import ADDRESS, Workers, invite, look

pytestmark = pytest.mark.django_db
BORN = LAN.birth_date.isoformat()
ELSEWHERE = "198.51.100.7"


@pytest.fixture
def workers() -> Workers:
    return invited.make_workers()


@pytest.fixture
def lans(workers: Workers) -> Opening:
    """What Lan's text opens."""
    invite(workers.lan)
    return look(invited.code_sent_to(workers.lan))


@pytest.fixture
def posters(workers: Workers) -> Opening:
    """What the poster's code opens."""
    return look(paper.make_poster_code(HERE, anew=False, by=HR, now=NOW))


def prove(opened: Opening, *, address: str = ADDRESS, **said: str) -> int:
    """Whom these words prove."""
    return opening.prove(opened, Said(**said), address=address, now=NOW).person_id


def test_a_code_opens_its_employer_and_office_however_it_is_typed(workers: Workers) -> None:
    invite(workers.lan)
    typed = invited.code_sent_to(workers.lan).lower().replace("-", " ").replace("0", "o")
    told = look(typed)
    assert (told.employer_name, told.office_code) == ("Công ty Sao Mai (mẫu)", FIRST)
    assert told.person_id == workers.lan


@pytest.mark.parametrize("said", [{"birth_date": BORN}, {"birth_date": BORN, "bhxh_code": BINH.bhxh_code}])
def test_the_birth_date_proves_the_invited_worker(
    workers: Workers, lans: Opening, said: dict[str, str]
) -> None:
    assert prove(lans, **said) == workers.lan


def test_the_id_number_proves_the_invited_worker(workers: Workers, lans: Opening) -> None:
    employers_hr.identify(workers.lan, "cccd", LAN.id_number)
    assert prove(lans, id_number=LAN.id_number) == workers.lan


@pytest.mark.parametrize(
    "said",
    [
        {"birth_date": BINH.birth_date.isoformat()},
        {"id_number": BINH.id_number},
        {"birth_date": BORN, "id_number": BINH.id_number},
        {},
    ],
)
def test_a_colleague_with_somebody_elses_code_opens_nothing(
    workers: Workers, lans: Opening, said: dict[str, str]
) -> None:
    with pytest.raises(WrongProof):
        prove(lans, **said)


def test_a_year_is_enough_where_the_register_has_no_more(workers: Workers, lans: Opening) -> None:
    Person.objects.filter(person_id=workers.lan).update(birth_precision="year")
    assert prove(lans, birth_date="1990-12-31") == workers.lan
    with pytest.raises(WrongProof):
        prove(lans, birth_date="1991-01-02")


def test_wrong_tries_lock_this_code_and_no_other(workers: Workers, lans: Opening) -> None:
    for _ in range(limits.RULES["invitation_proof"].limit):
        with pytest.raises(WrongProof):
            prove(lans, birth_date="1980-01-01")
    with pytest.raises(Limited):
        prove(lans, birth_date=BORN, address=ELSEWHERE)
    invite(workers.binh)
    opened = look(invited.code_sent_to(workers.binh))
    assert prove(opened, birth_date=BINH.birth_date.isoformat()) == workers.binh


def test_who_is_right_begins_to_count_anew(workers: Workers, lans: Opening) -> None:
    for _ in range(3):
        with pytest.raises(WrongProof):
            prove(lans, birth_date="1980-01-01")
        prove(lans, birth_date=BORN)
    with pytest.raises(WrongProof):
        prove(lans, birth_date="1980-01-01")


@pytest.mark.parametrize("typed", ["", "7K2M", "7K2M-04QX-9TRE", "x" * 500])
def test_a_code_that_nobody_was_given_opens_nothing(workers: Workers, typed: str) -> None:
    with pytest.raises(UnknownInvitation):
        look(typed)


def test_unknown_codes_are_counted_by_place(workers: Workers) -> None:
    invite(workers.lan)
    for _ in range(limits.RULES["invitation_wrong"].limit):
        with pytest.raises(UnknownInvitation):
            look("7K2M-04QX-9TRE")
    with pytest.raises(Limited):
        look("7K2M-04QX-9TRE")
    assert look(invited.code_of(workers.lan)).person_id == workers.lan


def test_an_old_code_says_until_when_it_held(workers: Workers) -> None:
    invite(workers.lan)
    code = invited.code_of(workers.lan)
    until = Invitation.objects.get().expires_at
    assert until.astimezone(VIETNAM).strftime("%d/%m %H:%M") == "18/12 23:59"
    assert look(code, now=until - timedelta(seconds=1))
    with pytest.raises(InvitationExpired):
        look(code, now=until)


def test_a_code_of_an_employer_that_ceased_opens_nothing(workers: Workers, posters: Opening) -> None:
    invite(workers.lan)
    Standing.objects.create(employer_id=HERE, kind=Standing.CEASED, from_on=NOW.date(), made_at=NOW)
    for code in (invited.code_of(workers.lan), posters.code):
        with pytest.raises(EmployerOver):
            look(code)


def test_who_left_the_employer_is_not_invited_any_more(workers: Workers, lans: Opening) -> None:
    Worker.objects.filter(person_id=workers.lan).delete()
    with pytest.raises(InvitationEnded) as refused:
        look(invited.code_of(workers.lan))
    assert refused.value.why == "left"
    with pytest.raises(InvitationEnded):
        prove(lans, birth_date=BORN)


@pytest.mark.parametrize("answer", [answering.stop, answering.not_me])
def test_stop_and_not_me_end_every_code_of_the_worker_and_of_no_other(workers: Workers, answer: Any) -> None:
    invite()
    first = invited.code_of(workers.lan)
    invite(workers.lan, channel=rules.Channel.SLIP)
    answer(look(first), now=NOW)
    for code in (first, invited.code_of(workers.lan)):
        with pytest.raises(InvitationEnded):
            look(code)
    assert look(invited.code_of(workers.binh))


def test_nobody_answers_for_all_at_a_poster(posters: Opening) -> None:
    for answer in (answering.stop, answering.not_me):
        with pytest.raises(NotYours):
            answer(posters, now=NOW)


def test_at_a_poster_the_bhxh_code_and_the_birth_date_prove_a_worker(
    workers: Workers, posters: Opening
) -> None:
    assert posters.person_id is None
    assert prove(posters, birth_date=BORN, bhxh_code=LAN.bhxh_code) == workers.lan


@pytest.mark.parametrize("code", [LAN.bhxh_code, "0000000099"])
def test_at_a_poster_somebody_else_and_nobody_are_told_apart_by_nothing(
    workers: Workers, posters: Opening, code: str
) -> None:
    Worker.objects.filter(person_id=workers.lan).delete()
    with pytest.raises(WrongProof):
        prove(posters, birth_date=BORN, bhxh_code=code)


def test_who_tries_somebodys_code_at_a_poster_stops_nobody_elsewhere(
    workers: Workers, posters: Opening
) -> None:
    for _ in range(limits.RULES["poster_proof"].limit):
        with pytest.raises(WrongProof):
            prove(posters, birth_date="1980-01-01", bhxh_code=LAN.bhxh_code)
    with pytest.raises(Limited):
        prove(posters, birth_date=BORN, bhxh_code=LAN.bhxh_code)
    assert prove(posters, birth_date=BORN, bhxh_code=LAN.bhxh_code, address=ELSEWHERE) == workers.lan


def test_a_new_poster_code_ends_the_one_before(workers: Workers, posters: Opening) -> None:
    assert paper.make_poster_code(HERE, anew=False, by=HR, now=NOW) == posters.code
    assert look(paper.make_poster_code(HERE, anew=True, by=HR, now=NOW))
    with pytest.raises(UnknownInvitation):
        look(posters.code)


@pytest.mark.parametrize(
    ("raw", "field", "why"),
    [
        ({}, "birth_date", "one_of"),
        ({"birth_date": "31/02/1990"}, "birth_date", "bad_date"),
        ({"birth_date": "01/01/2030"}, "birth_date", "future"),
        ({"id_number": "123"}, "id_number", "bad_cccd"),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_field(
    lans: Opening, raw: dict[str, str], field: str, why: str
) -> None:
    with pytest.raises(Invalid) as refused:
        opening.read(raw, lans, now=NOW)
    assert refused.value.fields == {field: why}


def test_at_a_poster_both_are_needed(posters: Opening) -> None:
    with pytest.raises(Invalid) as refused:
        opening.read({"id_number": LAN.id_number}, posters, now=NOW)
    assert refused.value.fields == {"birth_date": "required", "bhxh_code": "required"}


def begin(opened: Opening, said: Said) -> drafts.DraftView:
    """The draft that a proved worker begins."""
    who = opening.prove(opened, said, address=ADDRESS, now=NOW)
    draft = drafts.view(starting.begin(opened, who, said, address=ADDRESS, now=NOW))
    assert draft is not None
    return draft


def test_the_draft_has_what_hr_gave_to_be_confirmed(workers: Workers, lans: Opening) -> None:
    draft = begin(lans, Said(birth_date=BORN))
    typed = draft.values["typed"]
    assert typed[steps.WHO.name] == {
        "bhxh_code": LAN.bhxh_code,
        "full_name": LAN.full_name,
        "birth_date": "02/01/1990",
        "id_kind": "cccd",
    }
    assert typed[steps.CONTACT.name] == {"phone": "0912 000 111", "email": invited.EMAIL}
    assert typed[steps.OFFICE.name] == {"office_code": FIRST}
    # Nothing of it counts as said by the worker.
    assert draft.missing is steps.WHO
    assert draft.values[starting.INVITED]["employer"] == HERE


def test_it_is_noted_by_which_draft_the_invitation_was_used(workers: Workers, lans: Opening) -> None:
    draft = begin(lans, Said(birth_date=BORN))
    row = Invitation.objects.get()
    assert (row.used_by, row.used_at) == (draft.subject_id, NOW)
    assert Invitee.objects.get(person_id=workers.lan).step == Invitee.STARTED
    assert roster.page(HERE, Asked(people=(workers.lan,))).rows[0].stage is Stage.STARTED


def test_who_let_a_draft_lie_until_it_went_has_not_started_any_more(workers: Workers, lans: Opening) -> None:
    draft = begin(lans, Said(birth_date=BORN))
    assert starting.forget_gone() == 0
    drafts.erase(draft.subject_id)
    assert (starting.forget_gone(), starting.forget_gone()) == (1, 0)
    assert roster.page(HERE, Asked(people=(workers.lan,))).rows[0].stage is Stage.INVITED


def test_what_was_sent_is_started_until_the_office_has_counted_it(workers: Workers, lans: Opening) -> None:
    draft = begin(lans, Said(birth_date=BORN))
    drafts.erase(draft.subject_id)
    sent = make_application(LAN, now=NOW)
    Invitee.objects.filter(person_id=workers.lan).update(draft_id=sent)
    assert starting.forget_gone() == 0
    actions.withdraw(sent, now=NOW)
    assert starting.forget_gone() == 1


def test_who_corrects_what_was_closed_has_started_again(workers: Workers, lans: Opening) -> None:
    """Also where the page that began the correction was broken off: the job finds it."""
    draft = begin(lans, Said(birth_date=BORN))
    drafts.erase(draft.subject_id)
    sent = make_application(LAN, now=NOW)
    Invitee.objects.filter(person_id=workers.lan).update(draft_id=sent)
    actions.withdraw(sent, now=NOW)
    assert (starting.follow_corrections(), starting.forget_gone()) == (0, 1)
    correction = drafts.view(drafts.correct(sent, now=NOW))
    assert correction is not None
    assert starting.follow_corrections() == 1
    assert (starting.follow_corrections(), starting.forget_gone()) == (0, 0)
    row = Invitee.objects.get(person_id=workers.lan)
    assert (row.step, row.draft_id) == (Invitee.STARTED, correction.subject_id)


def test_at_a_poster_nobody_reads_what_hr_gave_of_a_colleague(workers: Workers, posters: Opening) -> None:
    draft = begin(posters, Said(birth_date=BORN, bhxh_code=LAN.bhxh_code))
    assert steps.CONTACT.name not in draft.values["typed"]
    assert "000 111" not in str(draft.values)
    assert roster.page(HERE, Asked(people=(workers.lan,))).rows[0].stage is Stage.STARTED


def test_a_code_that_ended_meanwhile_begins_no_draft(workers: Workers, lans: Opening) -> None:
    who = opening.prove(lans, Said(birth_date=BORN), address=ADDRESS, now=NOW)
    answering.stop(lans, now=NOW)
    with pytest.raises(InvitationEnded):
        starting.begin(lans, who, Said(birth_date=BORN), address=ADDRESS, now=NOW)
    assert Invitee.objects.get(person_id=workers.lan).step == Invitee.INVITED


def test_a_worker_hides_all_but_the_stage_and_takes_it_back(workers: Workers) -> None:
    for hides in (True, False):
        answering.set_hides(workers.lan, HERE, hides=hides, by=person(workers.lan), now=NOW)
        (line,) = roster.page(HERE, Asked(people=(workers.lan,))).rows
        assert line.hides is hides


def test_a_worker_wants_invitations_again(workers: Workers, lans: Opening) -> None:
    answering.stop(lans, now=NOW)
    answering.set_stopped(workers.lan, HERE, stopped=False, by=person(workers.lan), now=NOW)
    assert invite(workers.lan, now=NOW + rules.PAUSE)


def test_nobody_answers_an_employer_where_they_do_not_work(workers: Workers) -> None:
    me = person(workers.lan)
    with pytest.raises(NotYours):
        answering.set_hides(workers.lan, "TZ0002A", hides=True, by=me, now=NOW)
    with pytest.raises(NotYours):
        answering.set_stopped(workers.lan, "TZ0002A", stopped=True, by=me, now=NOW)
