"""All that is held about a person, and nothing of others."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.apps import apps

from tests.making.families import AN, make_link, make_member
from tests.making.registrations import BINH, LAN, NOW, make_application, make_officer, make_person, make_ready
from tests.making.requests_of_people import accepted, make_insured, make_request
from tests.runner.snapshots import snapshot
from vssid.domain.accounts.guardianship import guardians, trusted
from vssid.domain.audit.queries import events_of
from vssid.domain.casework.work import notes
from vssid.domain.privacy import actions, as_json, queries
from vssid.domain.procedures import actions as requests
from vssid.domain.procedures.moves import REQUEST
from vssid.domain.registration import actions as registration
from vssid.domain.registration.desk import looks
from vssid.domain.registration.models import Application
from vssid.domain.registration.moves import APPLICATION
from vssid.domain.support.tests.desk import make_ticket
from vssid.domain.verification.errors import Limited
from vssid.kernel.actor import person
from vssid.kernel.ids import BhxhCode, Phone
from vssid.web.citizen.tests.cast import add_coverage, add_period
from vssid.web.citizen.tests.records import make_records

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@snapshot
def make_lan() -> int:
    """Lan, approved by Minh, with a row of every kind; gives the person id."""
    application_id = make_ready()
    registration.approve(application_id, by=make_officer(), now=NOW)
    person_id = Application.objects.get(id=application_id).person_id
    assert person_id is not None
    add_period(person_id, date(2025, 1, 1), date(2025, 9, 1))
    add_coverage(person_id, date(2026, 1, 1), None)
    make_records(person_id)
    return person_id


def text_of(person_id: int) -> str:
    return json.dumps(as_json.plain(queries.everything(person_id, now=LATER)), ensure_ascii=False)


def test_it_holds_register_account_application_and_states_of_messages():
    export = json.loads(text_of(make_lan()))
    assert export["person"]["id_number"] == "031190000001"
    assert export["participation"]["schemes"][0]["periods"][0]["employer_name"] == "Công ty TNHH Sao Mai"
    assert export["participation"]["coverage"][0]["facility_code"] == "31901"
    assert export["benefits"][0]["amount"] == "1250000"
    assert export["visits"][0]["diagnosis_name"] == "Viêm phổi"
    assert export["certificates"][0]["number"] == "000001-1"
    assert export["account"]["created_at"] == NOW.isoformat()
    assert export["account_phone"] == "+84912345678"
    assert export["applications"][0]["form"]["full_name"] == "Nguyễn Thị Lan"
    assert export["applications"][0]["photos"] == ["back", "front", "portrait"]
    assert {message["kind"] for message in export["messages"]} >= {"account_activation"}


def test_it_holds_requests_messages_family_notices_and_whom_one_trusts():
    person_id, request_id, officer = accepted(now=NOW)
    requests.ask_more(person_id, request_id, reasons=["other"], text="Mất ở đâu?", by=officer, now=NOW)
    make_member(LAN)
    make_link(person_id, now=NOW)
    make_ticket(person_id, "Thiếu tháng 3.", now=NOW)
    trusted.ask(person_id, "Bình", Phone("+84987654321"), address="203.0.113.9", now=NOW)
    export = json.loads(text_of(person_id))
    assert export["requests"][0]["answers"]["note"] == "Rơi ở chợ"
    assert export["requests"][0]["moves"][-1]["text"] == "Mất ở đâu?"
    assert export["children"][0]["name"] == AN.full_name
    assert export["child_requests"][0]["state"] == "approved"
    assert export["threads"][0]["notes"][0]["text"] == "Thiếu tháng 3."
    assert {notice["kind"] for notice in export["notices"]} >= {"procedure_more", "family_approved"}
    assert export["trusted"] | {"asked_at": ""} == {
        "name": "Bình",
        "phone": "+84987654321",
        "asked_at": "",
        "agreed_at": None,
    }
    assert export["choices"]["security"] == ["email", "push", "sms"]
    assert export["language"] == "vi"
    assert {event["kind"] for event in export["seen"]} >= {
        "procedure.ask_more",
        "family.approved",
        "ticket.sent",
    }
    assert "Minh" not in json.dumps(export, ensure_ascii=False)


def test_a_child_sees_who_may_look_but_not_the_guardians_data():
    guardian, _link_id = make_link(now=NOW)
    child_id = guardians.children_of(guardian, now=NOW)[0].child_id
    said = text_of(child_id)
    assert json.loads(said)["guardians"][0]["relation"] == "mother"
    for secret in ("Nguyễn Thị Lan", LAN.bhxh_code, LAN.id_number, "912345678"):
        assert secret not in said.replace(AN.phone, ""), secret


# Tables of persons that the copy leaves out, and why.
LEFT_OUT = {
    "accounts.LoginName": "what one signs in with is in person",
    "accounts.AuthenticatorApp": "of staff: a secret",
    "accounts.FactorRequest": "of staff: an asking that lives for a day",
    "accounts.RecoveryCode": "of staff: a secret",
    "accounts.RecoverySheet": "of staff: a secret",
    "accounts.Claim": "a code asked for; lives for minutes",
    "accounts.ContactChange": "a code asked for; lives for minutes, of staff up to 30 days",
    "verification.Challenge": "lives for minutes",
    "accounts.StaffPerson": "that somebody is of the staff, kept by their administrator; named in the log",
    "accounts.PasskeyOwner": "a number browsers know; passkeys are in it",
    "verification.PhoneCode": "a code asked for; lives for minutes",
    "cards.SigningKey": "of the insurer",
    "directory.Change": "a place, edited by an officer; its number is that of the change",
    "identity.IdImage": "photos are named with their application or request",
    "identity.ImageMark": "keyed marks of these photos, which go with them",
    "imports.ImportRun": "a file of many, sealed with a key of its own",
    "imports.Upload": "a file of many, sealed with a key of its own",
    "notifications.Attempt": "each handing over of a text to a gateway; the message is in it",
    "notifications.Subscription": "a browser's address; the browser is among the devices",
    "oversight.Alert": "a count of the log, which is in it; whose word it is that looks were right",
    "participants.Identifier": "the numbers are in person",
    "procedures.Attachment": "named with its request",
    "procedures.Move": "in its request",
    "registration.Draft": "before anybody proved who they are; lives for days",
    "registration.KnownCase": "a made-up person, of no file that anybody sent",
    "registration.Holder": "which browser holds a draft, and the number it has there",
    "registration.SignedPage": "scans are named with their application",
    "registration.WalkIn": "which officer filled it in, named in the log; a fingerprint until it is sent",
    "statements.Code": "a fingerprint that leads to the statement",
    "employers.Booking": "a time at a registration day; booking and cancelling are events that are in it",
    "employers.Correction": "what an employer asked its office to mend; its steps are events that are in it",
    "employers.Difference": "what differs between an employer's file and the register, which is in it",
    "employers.DiaryEntry": "an employer, as its officers write of it; nobody of the register",
    "employers.FileRow": "a file of many, sealed with a key of its own; what it gave of a worker is in it",
    "employers.OwnFile": "a file of many, sealed with a key of its own",
    "employers.PrintRun": "a PDF of many forms, sealed with a key of its own; each printing is in the log",
    "employers.Part": "letters to employers, sealed with a key of their own",
    "employers.Worker": "copied after each file from contributions and applications, which are in it",
    "vault.ErasedKey": "a key put away, for a day",
    "vault.SubjectKey": "a key",
}
INSIDE = {
    *("accounts.Account", "accounts.Session", "accounts.Passkey", "accounts.CounterRequest"),
    "casework.FileNote",
    *("accounts.Guardian", "accounts.TrustedPerson", "families.ChildRequest", "employers.Given"),
    *("employers.Invitation", "employers.Invitee"),
    *("audit.Event", "notifications.Notice", "notifications.Choice", "notifications.Message"),
    "notifications.Reader",
    *("participants.Person", "participants.Contribution", "participants.Coverage", "participants.Benefit"),
    *("participants.Visit", "participants.Certificate", "participants.Version", "participants.Merge"),
    *("procedures.Request", "registration.Application", "statements.Statement", "support.Ticket"),
}


def test_every_table_of_persons_is_in_it_or_says_why_not():
    numbers = {"person_id", "subject_id", "guardian_id", "child_id"}
    tables = {
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("vssid.") and numbers & {field.attname for field in model._meta.fields}
    }
    assert sorted(tables - INSIDE - LEFT_OUT.keys()) == []
    assert sorted((INSIDE | LEFT_OUT.keys()) - tables) == []


def test_it_holds_nothing_of_another_person():
    lan = make_lan()
    binh = make_person(BINH)
    add_period(binh, date(2025, 1, 1), date(2025, 9, 1), job="Lái xe")
    said = text_of(binh)
    assert "Lái xe" in said
    for secret in ("Nguyễn Thị Lan", LAN.bhxh_code, LAN.id_number, "Viêm phổi", "HS000123"):
        assert secret not in said, secret
    assert "Lái xe" not in text_of(lan)


def test_an_application_somebody_else_sent_under_my_code_shows_only_that_it_exists():
    person_id = make_person()
    make_application(replace(LAN, phone="+84987654321", full_name="Kẻ Giả Danh"))
    said = text_of(person_id)
    assert json.loads(said)["applications"][0]["form"] is None
    assert json.loads(said)["applications"][0]["photos"] == []
    for secret in ("Kẻ Giả Danh", "987654321"):
        assert secret not in said, secret


def test_a_note_for_colleagues_is_in_it_once_the_file_is_closed_and_without_its_author():
    person_id = make_insured()
    _person, request_id = make_request(person_id=person_id, by=make_officer(), now=NOW)
    key = (person_id, request_id)
    notes.write(REQUEST, key, "Chờ giấy của công an.", by=make_officer(), now=NOW)
    assert "Chờ giấy của công an." not in text_of(person_id)
    requests.refuse(*key, reasons=["other"], text="Thiếu giấy.", by=make_officer(), now=NOW)
    said = text_of(person_id)
    assert "Chờ giấy của công an." in said
    assert "Minh" not in said


def test_a_note_on_an_application_that_somebody_else_sent_is_not_in_it():
    person_id = make_person()
    application_id = make_application(replace(LAN, phone="+84987654321", full_name="Kẻ Giả Danh"))
    notes.write(APPLICATION, application_id, "Kẻ Giả Danh đến quầy.", by=make_officer(), now=NOW)
    registration.withdraw(application_id, now=NOW)
    assert "Kẻ Giả Danh" not in text_of(person_id)


def test_an_officer_who_opened_my_file_is_told_by_office_and_not_by_name():
    person_id = make_lan()
    application_id = Application.objects.get(person_id=person_id).id
    looks.look_at(application_id, by=make_officer(), now=LATER)
    newest = queries.everything(person_id, now=LATER).seen[0]
    assert (newest.kind, newest.by) == ("application.viewed", "officer")
    assert "Hồng Bàng" in newest.office
    assert "Minh" not in text_of(person_id)


def test_no_secret_of_sign_in_is_in_it():
    person_id = make_lan()
    said = text_of(person_id)
    for secret in ("argon2", "secret", "hash", "sealed", "fingerprint"):
        assert secret not in said, secret


def test_taking_it_is_an_event():
    person_id = make_lan()
    export = actions.export(person_id, "json", by=person(person_id), now=LATER)
    newest = events_of(person_id)[0]
    assert (newest.kind, newest.facts) == ("data.exported", {"form": "json"})
    assert export.seen[0].kind == "data.exported"


def test_it_is_given_ten_times_a_day_and_that_stops_nobody_else():
    lan, binh = make_person(), make_person(BINH)
    for _try in range(10):
        actions.export(lan, "json", by=person(lan), now=NOW)
    with pytest.raises(Limited):
        actions.export(lan, "json", by=person(lan), now=NOW)
    assert actions.export(binh, "json", by=person(binh), now=NOW).person is not None


def test_a_person_missing_in_the_register_still_gets_what_there_is():
    export = queries.everything(424242, now=NOW)
    assert export.person is None
    assert as_json.plain(export)["benefits"] == []


def test_numbers_are_revealed_and_nothing_is_left_that_json_cannot_say():
    assert as_json.plain({"a": (BhxhCode("0100000001"), NOW, date(2026, 1, 2))}) == {
        "a": ["0100000001", NOW.isoformat(), "2026-01-02"]
    }
