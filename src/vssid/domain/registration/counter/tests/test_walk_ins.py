"""Registering with somebody at the counter: what is known is filled in, and what stands for the own phone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from django.db import connections

from tests.making.registrations import (
    ADDRESS,
    BINH,
    ELSEWHERE,
    HONG_BANG,
    LAN,
    NOW,
    keep_photo,
    make_application,
    make_officer,
    make_person,
)
from tests.making.sms import last_code
from vssid.domain.accounts import actions as accounts
from vssid.domain.accounts.errors import AlreadyHasAccount
from vssid.domain.audit.models import Event
from vssid.domain.casework import own_files
from vssid.domain.casework.own_files import OwnFile
from vssid.domain.identity import cccd_qr
from vssid.domain.identity.kinds import OF_AN_ID
from vssid.domain.offices.models import Office
from vssid.domain.offices.policy import NotAllowed
from vssid.domain.participants.models.people import Identifier
from vssid.domain.registration import actions
from vssid.domain.registration.draft import drafts
from vssid.domain.registration.errors import AlreadyOpen, AlreadySent, Incomplete, NotReceiving
from vssid.domain.registration.models import Application, Draft, Holder, WalkIn
from vssid.domain.vault import sealing as vault
from vssid.domain.verification.errors import WrongCode
from vssid.kernel.actor import SYSTEM
from vssid.kernel.errors import Invalid, NotYours
from vssid.kernel.ids import BhxhCode, Phone
from vssid.kernel.sheets import Overtaken, Sheet

from .. import intake, unfinished, visitors, walk_ins

pytestmark = pytest.mark.django_db
CARD = cccd_qr.compose(
    id_number=LAN.id_number,
    full_name=LAN.full_name,
    birth="02011990",
    sex=LAN.sex,
    address="Số 9, Phường Hồng Bàng, Thành phố Hải Phòng",
    issued_on=LAN.issued_on,
)
TYPED = {
    "bhxh_code": LAN.bhxh_code,
    "full_name": LAN.full_name,
    "birth_date": "02/01/1990",
    "sex": "2",
    "id_kind": "cccd",
    "id_number": LAN.id_number,
    "issued_on": "01/03/2021",
    "phone": "0912 345 678",
    "email": "",
    "province_code": "31",
    "commune_code": "11311",
    "street": "Số 12",
}


def known(**changes):
    """Lan in the register, also by the number of her card."""
    person = make_person(**changes)
    key = vault.fingerprint("cccd", LAN.id_number).hex()
    Identifier.objects.create(kind="cccd", key=key, person_id=person)
    return person


def begin(by=None, text=LAN.bhxh_code):
    return walk_ins.begin(text, by=by or make_officer(), address=ADDRESS, now=NOW)


def filled(by, *, photos=True):
    """A walk-in with everything typed, photographed and the code sent; its id."""
    make_person()
    number = begin(by)
    walk_ins.save(number, TYPED, by=by, sheet=Sheet.drawn(""), now=NOW)
    if photos:
        for kind in sorted(OF_AN_ID):
            keep_photo(number, kind)
    drafts.send_code(walk_ins.view(number, by=by), address=ADDRESS, now=NOW)
    return number


def send(number, by, *, consent=True, code=""):
    return walk_ins.send(number, consent=consent, code=code, by=by, address=ADDRESS, now=NOW)


def close_to_everybody(monkeypatch):
    closeness = own_files.Closeness(lambda _by: 1, lambda _own, _person, _now: "household")
    monkeypatch.setattr(own_files, "_handed_in", [closeness])


@pytest.mark.parametrize(
    "text",
    [CARD, LAN.bhxh_code, LAN.id_number, f"GD431{LAN.bhxh_code}"],
    ids=["QR", "BHXH code", "ID number", "health card"],
)
def test_a_card_or_a_number_finds_the_person_and_the_look_is_an_event(text: str) -> None:
    person = known()
    visitor = visitors.identify(text, by=make_officer(), now=NOW)
    assert visitor.person is not None
    assert visitor.person.person_id == person
    event = Event.objects.latest("seq")
    assert (event.kind, event.subject_id, event.actor_name) == ("counter.identified", person, "Minh")


def test_a_card_of_nobody_in_the_register_is_read_all_the_same() -> None:
    visitor = visitors.identify(CARD, by=make_officer(), now=NOW)
    assert visitor.person is None
    assert visitor.reading is not None
    assert not Event.objects.exists()


@pytest.mark.parametrize(("text", "code"), [("  ", "required"), ("Lan", "bad_number"), ("123", "bad_number")])
def test_what_is_no_number_is_refused(text: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        visitors.identify(text, by=make_officer(), now=NOW)
    assert refused.value.fields == {"q": code}


def test_somebody_close_is_served_by_a_colleague(monkeypatch: pytest.MonkeyPatch) -> None:
    make_person()
    close_to_everybody(monkeypatch)
    with pytest.raises(OwnFile):
        begin()


def test_the_code_of_somebody_close_cannot_be_typed_in_later(monkeypatch: pytest.MonkeyPatch) -> None:
    minh = make_officer()
    number = begin(minh, text=CARD)
    make_person()
    close_to_everybody(monkeypatch)
    with pytest.raises(OwnFile):
        walk_ins.save(number, TYPED, by=minh, sheet=Sheet.drawn(""), now=NOW)


def test_card_and_register_fill_what_they_know_and_the_card_goes_first() -> None:
    known(full_name="Nguyễn Thị Lam")
    minh = make_officer()
    typed = walk_ins.typed_of(walk_ins.view(begin(minh, text=CARD), by=minh))
    assert (typed["full_name"], typed["bhxh_code"]) == (LAN.full_name, LAN.bhxh_code)
    assert (typed["birth_date"], typed["issued_on"], typed["sex"]) == ("02/01/1990", "01/03/2021", "2")
    assert (typed["phone"], typed["commune_code"]) == (Phone(LAN.phone).national(), "11311")


def test_who_has_an_account_is_not_registered_again() -> None:
    person = make_person()
    owner = accounts.Owner(person, BhxhCode(LAN.bhxh_code), LAN.full_name, Phone(LAN.phone))
    accounts.open_for(owner, by=SYSTEM, subject=1, now=NOW)
    with pytest.raises(AlreadyHasAccount):
        begin()


def test_who_has_an_open_application_is_not_registered_again() -> None:
    make_application()
    with pytest.raises(AlreadyOpen):
        begin()


def test_an_office_that_takes_no_applications_begins_none() -> None:
    minh = make_officer()
    Office.objects.update(receives_applications=False)
    with pytest.raises(NotReceiving):
        begin(minh, text=CARD)


def test_who_takes_in_no_papers_begins_none() -> None:
    with pytest.raises(NotAllowed):
        begin(make_officer("Hương", role="director"), text=CARD)


def test_a_walk_in_of_another_office_is_not_there() -> None:
    number = begin(text=CARD)
    with pytest.raises(NotYours):
        walk_ins.view(number, by=make_officer("Hạnh", ELSEWHERE))


def test_what_is_typed_is_kept_also_when_it_is_wrong_and_all_that_is_wrong_is_said() -> None:
    minh = make_officer()
    number = begin(minh, text=CARD)
    bad = TYPED | {"bhxh_code": "12", "phone": "5"}
    with pytest.raises(Invalid) as refused:
        walk_ins.save(number, bad, by=minh, sheet=Sheet.drawn(""), now=NOW)
    assert refused.value.fields == {"bhxh_code": "bad_code", "phone": "bad_phone"}
    typed = walk_ins.typed_of(walk_ins.view(number, by=minh))
    assert (typed["bhxh_code"], typed["phone"], typed["street"]) == ("12", "5", "Số 12")


def test_an_older_page_does_not_overwrite_a_newer_one() -> None:
    minh = make_officer()
    number = begin(minh, text=CARD)
    walk_ins.save(number, TYPED, by=minh, sheet=Sheet("newer", ""), now=NOW)
    with pytest.raises(Overtaken):
        walk_ins.save(number, TYPED | {"street": "Số 1"}, by=minh, sheet=Sheet("older", ""), now=NOW)


def test_with_the_code_read_aloud_it_is_sent_and_says_who_took_the_person_in() -> None:
    minh = make_officer()
    number = filled(minh)
    assert send(number, minh, code=last_code(number)) == number
    row = Application.objects.get(id=number)
    assert (row.state, row.office_id, row.full_name) == ("submitted", minh.office, LAN.full_name)
    taken = intake.of(number)
    assert taken is not None
    assert (taken.officer_id, taken.officer_name) == (minh.id, "Minh")
    event = Event.objects.get(kind="application.submitted")
    assert (event.actor_kind, event.actor_name) == ("officer", "Minh")
    assert send(number, minh) == number
    with pytest.raises(AlreadySent):
        walk_ins.view(number, by=minh)


def test_who_sent_it_is_kept_and_the_mark_of_the_person_is_gone() -> None:
    minh, ngoc = make_officer(), replace(make_officer("Ngọc"), id=501)
    number = filled(minh)
    assert WalkIn.objects.get().visitor is not None
    send(number, ngoc, code=last_code(number))
    row = WalkIn.objects.get()
    assert (row.officer_id, row.sent_by_id, row.visitor) == (minh.id, ngoc.id, None)
    assert intake.is_of(number, minh)
    assert intake.is_of(number, ngoc)
    assert not intake.is_of(number, replace(ngoc, id=502))


def test_what_was_begun_with_a_person_goes_on_whoever_scans_and_whatever_is_scanned() -> None:
    known()
    number = begin(text=CARD)
    assert begin(make_officer("Ngọc"), text=LAN.bhxh_code) == number
    assert begin(make_officer("Hạnh", ELSEWHERE)) != number, "another office begins its own"
    assert WalkIn.objects.get(subject_id=number).officer_name == "Minh"


def test_after_it_was_sent_and_refused_another_is_begun() -> None:
    minh = make_officer()
    number = filled(minh)
    send(number, minh, code=last_code(number))
    actions.refuse(number, reasons=["other"], text="Không đúng người.", by=minh, now=NOW)
    person = Application.objects.get(id=number).person_id
    # As the version before leaves it, while both serve.
    WalkIn.objects.update(visitor=vault.fingerprint("walk-in", f"person {person}"))
    assert begin(minh) != number


@pytest.mark.django_db(transaction=True)
def test_begun_twice_at_once_it_is_one() -> None:
    make_person()
    minh, start = make_officer(), Barrier(2)

    def press() -> object:
        start.wait()
        try:
            return begin(minh)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        first, second = [pressed.result() for pressed in [pool.submit(press) for _ in range(2)]]
    assert first == second
    assert (WalkIn.objects.count(), Draft.objects.count(), Holder.objects.count()) == (1, 1, 1)


def test_an_application_that_the_person_sent_was_taken_in_by_nobody() -> None:
    application = make_application()
    assert intake.of(application) is None
    assert Event.objects.get(kind="application.submitted").actor_kind == "person"


def test_without_the_phones_code_nothing_is_sent() -> None:
    minh = make_officer()
    number = filled(minh)
    with pytest.raises(Invalid) as refused:
        send(number, minh, consent=False)
    assert refused.value.fields == {"commitment": "required", "code": "required"}
    with pytest.raises(WrongCode):
        send(number, minh, code="000000" if last_code(number) != "000000" else "111111")
    assert not Application.objects.exists()


def test_without_the_pictures_nothing_is_sent() -> None:
    minh = make_officer()
    number = filled(minh, photos=False)
    with pytest.raises(Incomplete) as refused:
        send(number, minh, code=last_code(number))
    assert refused.value.facts == {"step": "anh"}


def test_another_number_typed_after_the_code_must_be_proved_anew() -> None:
    minh = make_officer()
    number = filled(minh)
    drafts.enter_code(walk_ins.view(number, by=minh), last_code(number), address=ADDRESS, now=NOW)
    draft = walk_ins.save(
        number, TYPED | {"phone": "0987 654 321"}, by=minh, sheet=Sheet.drawn(_last(number)), now=NOW
    )
    assert not draft.proved


def _last(number):
    draft = walk_ins.view(number, by=make_officer())
    return draft.saved_by(walk_ins.STEP)


def test_what_was_begun_is_listed_with_what_it_waits_for_until_it_ends() -> None:
    minh = make_officer()
    first = filled(minh)
    second = begin(minh, text=cccd_qr.compose(
        id_number=BINH.id_number, full_name=BINH.full_name, birth="30061985", sex=1, address="",
        issued_on=BINH.issued_on))  # fmt: skip
    assert listed() == {(first, LAN.full_name, "fill"), (second, BINH.full_name, "fill")}
    assert unfinished.at(ELSEWHERE) == []
    send(first, minh, code=last_code(first))
    walk_ins.drop(second, by=minh)
    assert listed() == {(first, LAN.full_name, "sign")}
    actions.receive_form(first, by=minh, now=NOW)
    assert listed() == {(first, LAN.full_name, "decide")}
    actions.refuse(first, reasons=["other"], text="Không đúng người.", by=minh, now=NOW)
    assert listed() == set()
    for table in (Draft, Holder, WalkIn):
        assert not table.objects.filter(subject_id=second).exists()


def listed() -> set[tuple[int, str, str]]:
    return {(row.id, row.name, row.stage.value) for row in unfinished.at(HONG_BANG)}


def test_the_desk_decides_on_it_as_on_any_other() -> None:
    minh = make_officer()
    number = filled(minh)
    send(number, minh, code=last_code(number))
    actions.receive_form(number, by=minh, now=NOW)
    actions.see_original(number, by=minh, now=NOW)
    from vssid.domain.registration.desk import readiness
    from vssid.kernel.calendar import local_day

    mark = readiness.read(Application.objects.get(id=number), on=local_day(NOW)).mark
    actions.approve(number, by=minh, now=NOW, seen=mark, given={"image": "original_clear"})
    assert Application.objects.get(id=number).state == "approved"
