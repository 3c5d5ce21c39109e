"""Form and original at the office, approval, and the activation password."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.making.registrations import (
    ELSEWHERE,
    NOW,
    make_application,
    make_officer,
    make_ready,
)
from tests.making.sms import last_activation, texts_to
from vssid.domain.accounts import actions as accounts
from vssid.domain.accounts.errors import AlreadyHasAccount, NotActivating, WrongCredentials
from vssid.domain.accounts.models.accounts import Account
from vssid.domain.audit.queries import events_of
from vssid.domain.audit.verify import verify_chain
from vssid.domain.identity.kinds import ImageKind
from vssid.domain.identity.models import IdImage
from vssid.domain.notifications import actions as notifications
from vssid.domain.registration.errors import (
    AlreadyDecided,
    NotOpen,
    NotReady,
    PastDue,
)
from vssid.domain.registration.models import Application
from vssid.domain.registration.states import State
from vssid.kernel.errors import NotYours

from .. import actions
from ..desk import looks

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def state_of(application_id):
    return Application.objects.get(id=application_id).state


def sign_in(password, name="0000000001"):
    return accounts.sign_in(
        name, password, kind="citizen", address="203.0.113.9", device="", known_device=False, now=LATER
    )


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
