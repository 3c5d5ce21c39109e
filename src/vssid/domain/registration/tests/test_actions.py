from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.making.registrations import (
    BINH,
    ELSEWHERE,
    LAN,
    NOW,
    looked_at,
    make_application,
    make_draft,
    make_officer,
    make_person,
    make_ready,
    view,
)
from tests.making.sms import last_activation, texts_to
from vssid.domain.accounts import actions as accounts
from vssid.domain.accounts.errors import AlreadyHasAccount, NotActivating, WrongCredentials
from vssid.domain.accounts.models.accounts import Account
from vssid.domain.audit.queries import events_of
from vssid.domain.audit.verify import verify_chain
from vssid.domain.identity import actions as identity
from vssid.domain.identity import reader
from vssid.domain.identity.judge import ImageKind
from vssid.domain.identity.models import IdImage
from vssid.domain.notifications import actions as notifications
from vssid.domain.registration.errors import (
    AlreadyDecided,
    AlreadyOpen,
    AlreadySent,
    Incomplete,
    NotCorrectable,
    NotOpen,
    NotReady,
    PastDue,
    PhoneNotProved,
)
from vssid.domain.registration.models import Application, Draft
from vssid.domain.registration.states import State
from vssid.domain.verification.errors import Limited
from vssid.kernel.errors import Invalid, NotYours
from vssid.kernel.ids import Phone

from .. import actions, looks, queries
from ..draft import drafts, holders

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def state_of(application_id):
    return Application.objects.get(id=application_id).state


def sign_in(password, name="0000000001"):
    return accounts.sign_in(
        name, password, kind="citizen", address="203.0.113.9", device="", known_device=False, now=LATER
    )


# --- sending -------------------------------------------------------------------------------


def test_sending_gives_a_number_a_state_and_a_due_day():
    row = Application.objects.get(id=make_application())
    assert row.number == "00001/2026/03101"
    assert row.state == State.SUBMITTED
    assert row.due_on.isoformat() == "2026-11-30"
    assert row.due_at.isoformat() == "2026-11-30T17:00:00+00:00"


def test_sending_tells_the_person_by_sms_with_number_and_day():
    application_id = make_application()
    (text,) = texts_to(application_id, "application_received")
    assert "00001/2026/03101" in text
    assert "30/11/2026" in text


def test_numbers_run_on_within_an_office_and_year():
    make_application()
    assert Application.objects.get(id=make_application(BINH)).number == "00002/2026/03101"


def test_sending_twice_makes_one_application():
    make_person()
    draft = view(make_draft())
    assert actions.submit(draft, now=NOW) == actions.submit(draft, now=NOW)
    assert Application.objects.count() == 1
    assert len(texts_to(draft.subject_id, "application_received")) == 1


def test_it_refuses_a_second_open_application():
    make_application()
    with pytest.raises(AlreadyOpen):
        actions.submit(view(make_draft()), now=LATER)
    assert Draft.objects.count() == 1


def test_it_refuses_to_send_an_incomplete_draft():
    with pytest.raises(Incomplete) as refused:
        actions.submit(view(make_draft(photos=False)), now=NOW)
    assert refused.value.step == "anh"


def test_it_refuses_to_send_before_the_phone_is_proved():
    with pytest.raises(PhoneNotProved):
        actions.submit(view(make_draft(proved=False)), now=NOW)


def test_a_number_proved_before_does_not_prove_a_changed_one():
    token = make_draft()
    drafts.save(view(token).subject_id, {"phone": BINH.phone}, now=NOW)
    drafts.save(view(token).subject_id, {"commitment": True}, now=NOW)
    with pytest.raises(PhoneNotProved):
        actions.submit(view(token), now=NOW)


def test_the_commitment_is_forgotten_when_anything_changes():
    token = make_draft()
    drafts.save(view(token).subject_id, {"street": "Số 13"}, now=NOW)
    with pytest.raises(Incomplete) as refused:
        actions.submit(view(token), now=NOW)
    assert refused.value.step == "xem-lai"


def test_what_differs_becomes_findings_without_values():
    make_person(LAN, full_name="Nguyễn Thị Lam", id_number="031000001")
    application_id = actions.submit(view(make_draft()), now=NOW)
    findings = Application.objects.get(id=application_id).findings
    against_register = {finding["field"] for finding in findings if finding["against"] == "register"}
    assert against_register == {"full_name", "id_number"}
    assert "Lam" not in str(findings)


def test_a_name_in_other_case_and_unicode_form_is_no_finding():
    import unicodedata

    make_person(LAN, full_name=unicodedata.normalize("NFD", LAN.full_name.upper()))
    application_id = actions.submit(view(make_draft()), now=NOW)
    findings = Application.objects.get(id=application_id).findings
    assert not [finding for finding in findings if finding["field"] == "full_name"]


def test_a_code_not_in_the_register_is_a_finding():
    application_id = make_application(known=False)
    row = Application.objects.get(id=application_id)
    assert row.person_id is None
    assert {"field": "bhxh_code", "against": "register", "code": "unknown"} in row.findings


# --- the register is not readable through the form -----------------------------------------


def test_the_register_is_not_asked_before_the_phone_is_proved():
    make_person()
    token = make_draft(proved=False)
    assert drafts.matches_register(view(token), address="203.0.113.5", now=NOW) is None


def test_the_person_learns_only_whether_something_does_not_match():
    make_person(LAN, full_name="Nguyễn Thị Lam")
    assert drafts.matches_register(view(make_draft()), address="203.0.113.5", now=NOW) is False


def test_a_match_is_told_too():
    make_person()
    assert drafts.matches_register(view(make_draft()), address="203.0.113.5", now=NOW) is True


def test_after_a_few_tries_nothing_is_told():
    make_person()
    token = make_draft()
    answers = [drafts.matches_register(view(token), address="203.0.113.5", now=NOW) for _ in range(6)]
    assert answers == [True, True, True, True, None, None]


# --- receiving and seeing ------------------------------------------------------------------


def test_the_form_is_received_up_to_the_last_minute():
    application_id, officer = make_application(), make_officer()
    due_at = Application.objects.get(id=application_id).due_at
    actions.receive_form(application_id, by=officer, now=due_at - timedelta(minutes=1))
    assert state_of(application_id) == State.RECEIVED


def test_it_refuses_the_form_when_the_last_day_is_over():
    application_id = make_application()
    due_at = Application.objects.get(id=application_id).due_at
    with pytest.raises(PastDue):
        actions.receive_form(application_id, by=make_officer(), now=due_at)


def test_recording_twice_is_once():
    application_id, officer = make_application(), make_officer()
    for moment in (NOW, LATER):
        actions.receive_form(application_id, by=officer, now=moment)
        actions.see_original(application_id, by=officer, now=moment)
    row = Application.objects.get(id=application_id)
    assert (row.form_received_at, row.original_seen_at) == (NOW, NOW)


@pytest.mark.parametrize(
    "act",
    [
        lambda application_id, by: actions.receive_form(application_id, by=by, now=LATER),
        lambda application_id, by: actions.see_original(application_id, by=by, now=LATER),
        lambda application_id, by: actions.approve(application_id, by=by, now=LATER),
        lambda application_id, by: actions.refuse(
            application_id, reasons=["other"], text="x", by=by, now=LATER
        ),
        lambda application_id, by: actions.resend_activation(application_id, by=by, now=LATER),
        lambda application_id, by: looks.look_at(application_id, by=by, now=LATER),
        lambda application_id, by: looks.look_at_photo(application_id, ImageKind.FRONT, by=by, now=LATER),
    ],
)
def test_an_officer_of_another_office_finds_nothing(act):
    application_id = make_ready()
    for stranger in (make_officer("Hạnh", ELSEWHERE), replace(make_officer(), office="")):
        with pytest.raises(NotYours):
            act(application_id, stranger)
    assert state_of(application_id) == State.RECEIVED


# --- approval ------------------------------------------------------------------------------


def test_approval_opens_the_account_and_sends_an_activation_password():
    application_id = make_ready()
    actions.approve(application_id, by=make_officer(), now=NOW)
    assert state_of(application_id) == State.APPROVED
    assert sign_in(last_activation(application_id)).must_set_password


def test_the_password_is_nowhere_in_plain():
    application_id = make_ready()
    actions.approve(application_id, by=make_officer(), now=NOW)
    password = last_activation(application_id)
    assert password not in Account.objects.get().password
    assert password not in str(list(Application.objects.values()))
    assert password not in str([event.facts for event in events_of(application_id)])


@pytest.mark.parametrize(("left_out", "missing"), [("form", ("form",)), ("original", ("original",))])
def test_it_refuses_approval_before_form_and_original(left_out, missing):
    application_id, officer = make_application(), make_officer()
    if left_out != "form":
        actions.receive_form(application_id, by=officer, now=NOW)
    if left_out != "original":
        actions.see_original(application_id, by=officer, now=NOW)
    with pytest.raises(NotReady) as refused:
        actions.approve(application_id, by=officer, now=NOW)
    assert refused.value.missing == missing
    assert not Account.objects.exists()


@pytest.mark.parametrize("kind", ["front", "back", "portrait"])
def test_it_refuses_approval_when_a_photo_is_missing(kind):
    application_id = make_ready()
    IdImage.objects.filter(subject_id=application_id, kind=kind).delete()
    with pytest.raises(NotReady) as refused:
        actions.approve(application_id, by=make_officer(), now=NOW)
    assert refused.value.missing == (kind,)


def test_it_refuses_approval_when_nobody_in_the_register_has_the_code():
    application_id, officer = make_application(known=False), make_officer()
    actions.receive_form(application_id, by=officer, now=NOW)
    actions.see_original(application_id, by=officer, now=NOW)
    with pytest.raises(NotReady) as refused:
        actions.approve(application_id, by=officer, now=NOW)
    assert refused.value.missing == ("person",)


def test_it_refuses_approval_of_someone_who_has_an_account_and_changes_nothing():
    first = make_ready()
    actions.approve(first, by=make_officer(), now=NOW)
    second = make_ready()
    with pytest.raises(AlreadyHasAccount):
        actions.approve(second, by=make_officer(), now=LATER)
    assert state_of(second) == State.RECEIVED
    assert texts_to(second, "account_activation") == []
    assert verify_chain().sound


def test_the_second_officer_is_told_who_was_first():
    application_id = make_ready()
    actions.approve(application_id, by=make_officer("Minh"), now=NOW)
    with pytest.raises(AlreadyDecided) as refused:
        actions.refuse(application_id, reasons=["other"], text="x", by=make_officer("Bình"), now=LATER)
    assert (refused.value.by, refused.value.at, refused.value.state) == ("Minh", NOW, "approved")


def test_a_failed_message_leaves_neither_account_nor_decision(monkeypatch):
    application_id = make_ready()

    def broken(**_):
        raise RuntimeError

    monkeypatch.setattr(notifications, "send_sms", broken)
    with pytest.raises(RuntimeError):
        actions.approve(application_id, by=make_officer(), now=NOW)
    assert state_of(application_id) == State.RECEIVED
    assert not Account.objects.exists()
    assert "application.approved" not in [event.kind for event in events_of(application_id)]


def test_the_database_refuses_an_approved_row_that_nobody_saw():
    application_id = make_application()
    with pytest.raises(IntegrityError, match="registration_approved_needs"), transaction.atomic():
        Application.objects.filter(id=application_id).update(state=State.APPROVED, closed_at=NOW)


def test_resending_kills_the_old_password():
    application_id = make_ready()
    officer = make_officer()
    actions.approve(application_id, by=officer, now=NOW)
    old = last_activation(application_id)
    actions.resend_activation(application_id, by=officer, now=LATER)
    new = last_activation(application_id)
    assert len(texts_to(application_id, "account_activation")) == 1
    with pytest.raises(WrongCredentials):
        sign_in(old)
    assert sign_in(new).must_set_password


def test_it_refuses_to_resend_once_an_own_password_is_set():
    application_id = make_ready()
    actions.approve(application_id, by=make_officer(), now=NOW)
    person_id = Account.objects.get().person_id
    accounts.set_password(person_id, "hoa sen trang 99", device="", now=NOW)
    with pytest.raises(NotActivating):
        actions.resend_activation(application_id, by=make_officer(), now=LATER)


def test_it_refuses_to_resend_before_approval():
    with pytest.raises(NotOpen):
        actions.resend_activation(make_ready(), by=make_officer(), now=LATER)


# --- refusal, withdrawal, correction -------------------------------------------------------


def test_refusal_keeps_reasons_and_text_for_the_person():
    application_id = make_application()
    actions.refuse(application_id, reasons=["photo_unclear"], text="Ảnh bị lóa.", by=make_officer(), now=NOW)
    own = queries.own(application_id, now=NOW)
    assert own is not None
    assert (own.status.state, own.reasons, own.reason_text) == ("refused", ("photo_unclear",), "Ảnh bị lóa.")
    assert len(texts_to(application_id, "application_refused")) == 1


@pytest.mark.parametrize(
    ("reasons", "text", "wrong"),
    [
        ([], "x", {"reasons": "required"}),
        (["because"], "x", {"reasons": "bad_choice"}),
        (["other"], " ", {"text": "required"}),
        (["other"], "x" * 1001, {"text": "too_long"}),
    ],
)
def test_it_refuses_a_refusal_without_reason_or_words(reasons, text, wrong):
    application_id = make_application()
    with pytest.raises(Invalid) as refused:
        actions.refuse(application_id, reasons=reasons, text=text, by=make_officer(), now=NOW)
    assert refused.value.fields == wrong
    assert state_of(application_id) == State.SUBMITTED


def test_the_person_withdraws_once():
    application_id = make_application()
    actions.withdraw(application_id, now=NOW)
    actions.withdraw(application_id, now=LATER)
    assert Application.objects.get(id=application_id).closed_at == NOW


def test_it_refuses_to_withdraw_what_is_decided():
    application_id = make_ready()
    actions.approve(application_id, by=make_officer(), now=NOW)
    with pytest.raises(NotOpen):
        actions.withdraw(application_id, now=LATER)


def test_a_refused_application_is_corrected_and_sent_again():
    application_id = make_application()
    actions.refuse(application_id, reasons=["other"], text="x", by=make_officer(), now=NOW)
    token = drafts.correct(application_id, now=LATER)
    again = view(token)
    assert len(again.images) == 3
    assert again.values["full_name"] == LAN.full_name
    drafts.save(again.subject_id, {"street": "Số 14"}, now=LATER)
    drafts.save(again.subject_id, {"commitment": True}, now=LATER)
    second = Application.objects.get(id=actions.submit(view(token), now=LATER))
    assert (second.corrects_id, second.number) == (application_id, "00002/2026/03101")


def test_correcting_twice_goes_on_with_one_draft():
    application_id = make_application()
    actions.withdraw(application_id, now=NOW)
    tokens = [drafts.correct(application_id, now=LATER) for _ in range(2)]
    assert view(tokens[0]).subject_id == view(tokens[1]).subject_id


def test_it_refuses_to_correct_what_is_open():
    with pytest.raises(NotCorrectable):
        drafts.correct(make_application(), now=NOW)


def test_photos_past_retention_are_not_copied():
    application_id = make_application()
    actions.withdraw(application_id, now=NOW)
    Application.objects.filter(id=application_id).update(images_erased_at=LATER)
    identity.erase(application_id)
    missing = view(drafts.correct(application_id, now=LATER)).missing
    assert missing is not None
    assert missing.name == "anh"


def test_correcting_again_proves_no_number_that_was_typed_meanwhile():
    application_id = make_application()
    actions.withdraw(application_id, now=NOW)
    draft = view(drafts.correct(application_id, now=LATER))
    drafts.save(draft.subject_id, {"phone": BINH.phone, "commitment": True}, now=LATER)
    again = view(drafts.correct(application_id, now=LATER))
    assert not again.proved
    with pytest.raises(PhoneNotProved):
        actions.submit(again, now=LATER)


def test_a_sent_file_opens_only_in_browsers_that_proved_the_phone():
    make_person()
    unproved = make_draft(proved=False)
    proved = holders.grant(view(unproved).subject_id, now=NOW, proved=Phone(LAN.phone))
    actions.submit(view(proved), now=NOW)
    assert holders.resolve(proved) is not None
    assert holders.resolve(unproved) is None


def test_a_name_that_grows_when_folded_is_kept():
    application_id = make_application(known=False, full_name="ß" * 100)
    assert Application.objects.get(id=application_id).full_name == "ß" * 100


def test_words_of_a_refusal_keep_their_lines_and_no_control_characters():
    application_id = make_application()
    actions.refuse(
        application_id, reasons=["other"], text="\0Một\r\n\r\nhai \x07\n", by=make_officer(), now=NOW
    )
    assert Application.objects.get(id=application_id).reason_text == "Một\n\nhai"


def test_a_photo_that_comes_in_while_the_draft_is_sent_changes_nothing(monkeypatch):
    make_person()
    draft = view(make_draft())
    before = {row.kind: row.blob_key for row in IdImage.objects.filter(subject_id=draft.subject_id)}

    def look(kind, _data):
        actions.submit(draft, now=NOW)
        return looked_at(kind)

    monkeypatch.setattr(reader, "look", look)
    with pytest.raises(AlreadySent):
        drafts.store_photo(draft.subject_id, ImageKind.FRONT, b"", address="203.0.113.5", now=NOW)
    assert before == {row.kind: row.blob_key for row in IdImage.objects.filter(subject_id=draft.subject_id)}


def test_look_ups_from_one_network_never_use_up_those_of_the_owner():
    number = Application.objects.get(id=make_application()).number
    for _ in range(20):
        with suppress(Limited):
            queries.look_up(number, Phone(BINH.phone), address="198.51.100.7", now=NOW)
    with pytest.raises(Limited):
        queries.look_up(number, Phone(BINH.phone), address="198.51.100.9", now=NOW)
    assert queries.look_up(number, Phone(LAN.phone), address="203.0.113.5", now=NOW) is not None
