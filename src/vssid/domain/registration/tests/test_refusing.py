"""An application is refused, withdrawn, or corrected and sent again."""

from datetime import timedelta

import pytest

from tests.making.registrations import (
    BINH,
    LAN,
    NOW,
    make_application,
    make_officer,
    make_ready,
    view,
)
from tests.making.sms import texts_to
from vssid.domain.identity import actions as identity
from vssid.domain.registration.errors import (
    NotCorrectable,
    NotOpen,
    PhoneNotProved,
)
from vssid.domain.registration.models import Application
from vssid.domain.registration.states import State
from vssid.kernel.errors import Invalid

from .. import actions, queries
from ..draft import drafts

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


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
    assert Application.objects.get(id=application_id).state == State.SUBMITTED


def test_words_of_a_refusal_keep_their_lines_and_no_control_characters():
    application_id = make_application()
    actions.refuse(
        application_id, reasons=["other"], text="\0Một\r\n\r\nhai \x07\n", by=make_officer(), now=NOW
    )
    assert Application.objects.get(id=application_id).reason_text == "Một\n\nhai"


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
