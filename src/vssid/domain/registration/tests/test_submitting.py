"""An application is sent: what it needs, what it becomes, and what the register does not tell meanwhile."""

from contextlib import suppress
from datetime import timedelta

import pytest

from tests.making.registrations import (
    BINH,
    LAN,
    NOW,
    looked_at,
    make_application,
    make_draft,
    make_person,
    view,
)
from tests.making.sms import texts_to
from vssid.domain.identity import reader
from vssid.domain.identity.kinds import ImageKind
from vssid.domain.identity.models import IdImage
from vssid.domain.registration.errors import (
    AlreadyOpen,
    AlreadySent,
    Incomplete,
    PhoneNotProved,
)
from vssid.domain.registration.models import Application, Draft
from vssid.domain.registration.states import State
from vssid.domain.verification.errors import Limited
from vssid.kernel.ids import Phone

from .. import actions, queries
from ..draft import drafts, holders

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


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
