"""An application of somebody whose BHXH code is merged while it lies at the office."""

import pytest

from tests.making import registrations as make
from vssid.domain.accounts import actions as accounts
from vssid.domain.accounts import merges
from vssid.domain.accounts.errors import AlreadyHasAccount
from vssid.domain.participants import queries as participants
from vssid.domain.participants.tests.files import load
from vssid.domain.registration import actions
from vssid.domain.registration.desk import looks
from vssid.domain.registration.models import Application
from vssid.kernel.ids import BhxhCode

pytestmark = pytest.mark.django_db
KEPT = make.Someone("0000000009", "Nguyễn Thị Lan", id_number="031190000009", phone="+84912345679")


def merge(folder):
    row = {"kept_code": KEPT.bhxh_code, "merged_code": make.LAN.bhxh_code, "decided_on": "2026-11-18"}
    assert load(folder, "merges", row, now=make.NOW).new == 1


def kept_id() -> int:
    person = participants.by_bhxh_code(BhxhCode(make.LAN.bhxh_code))
    assert person is not None
    return person.person_id


def test_an_open_application_is_shown_and_approved_for_the_person_who_is_kept(tmp_path):
    officer = make.make_officer()
    kept = make.make_person(KEPT)
    application_id = make.make_ready(by=officer)
    merge(tmp_path)
    shown = looks.look_at(application_id, by=officer, now=make.NOW)
    assert shown.register is not None
    assert shown.register.person_id == kept == kept_id()
    actions.approve(application_id, by=officer, now=make.NOW)
    assert Application.objects.get(id=application_id).person_id == kept
    activation, _ = accounts.renew_activation(kept, by=officer, subject=application_id, now=make.NOW)
    for code in (make.LAN.bhxh_code, KEPT.bhxh_code):
        signed_in = accounts.sign_in(
            code, activation, kind="citizen", address=make.ADDRESS, device="test", now=make.NOW
        )
        assert signed_in.person_id == kept


def test_it_stays_open_and_is_refused_an_account_where_the_kept_person_has_one(tmp_path):
    officer = make.make_officer()
    make.make_person(KEPT)
    application_id = make.make_ready(by=officer)
    other = make.make_ready(KEPT, by=officer)
    actions.approve(other, by=officer, now=make.NOW)
    merge(tmp_path)
    with pytest.raises(AlreadyHasAccount):
        actions.approve(application_id, by=officer, now=make.NOW)
    assert Application.objects.get(id=application_id).state == "received"


def test_an_activation_password_is_sent_anew_after_the_account_has_moved(tmp_path):
    officer = make.make_officer()
    make.make_person(KEPT)
    application_id = make.make_ready(by=officer)
    actions.approve(application_id, by=officer, now=make.NOW)
    merged = Application.objects.get(id=application_id).person_id
    assert merged is not None
    merge(tmp_path)
    assert merges.follow(merged, now=make.NOW)
    actions.resend_activation(application_id, by=officer, now=make.NOW)
