"""Messages to an office are sent, by a signed-in person and by a stranger whose phone is proved."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from PIL import Image

from tests.making.registrations import (
    ADDRESS,
    NOW,
    make_office,
    plain_photo,
)
from tests.making.sms import last_code, texts_to
from vssid.domain.support.errors import BadPhoto
from vssid.domain.support.models import Note, Ticket
from vssid.domain.support.writing import Reader
from vssid.domain.verification.errors import CodeExpired, Limited, WrongCode
from vssid.infra import blobs
from vssid.kernel.errors import Invalid
from vssid.kernel.ids import Phone
from vssid.web.citizen.tests.cast import make_citizen

from .. import queries, writing
from ..help import topics
from ..notes import LONGEST, written
from .desk import PHONE, TEXT, make_draft, make_strangers, make_ticket, state_of

pytestmark = pytest.mark.django_db
LAN, OTHER = 11, 12


# --- sending -------------------------------------------------------------------------------


def test_a_message_gets_a_number_a_state_and_a_day_for_the_answer():
    ticket = queries.thread(make_ticket(LAN), by=Reader(LAN), now=NOW)
    assert ticket.row.number.startswith("TN-2026-")
    assert ticket.row.state == "sent"
    assert ticket.row.due_on == date(2026, 11, 26)
    assert [note.text for note in ticket.notes] == [TEXT]


def test_days_for_the_answer_are_working_days():  # 24 November is a public holiday
    friday = NOW + timedelta(days=2)
    assert topics.due_on("card", friday) == date(2026, 11, 26)
    eve = NOW.replace(month=12, day=31)
    assert topics.due_on("card", eve) == date(2027, 1, 6)


def test_it_refuses_no_text_and_a_text_too_long():
    with pytest.raises(Invalid) as no_text:
        written(" \n ", "")
    assert no_text.value.fields == {"text": "required"}
    with pytest.raises(Invalid) as too_long:
        written("x" * (LONGEST + 1), "")
    assert too_long.value.fields == {"text": "too_long"}


def test_it_refuses_an_unknown_topic_and_an_unknown_office():
    make_office()
    with pytest.raises(Invalid) as refused:
        writing.send(LAN, written(TEXT, ""), topic="x", office_code="09999", now=NOW)
    assert refused.value.fields == {"topic": "required", "office_code": "required"}
    assert not Ticket.objects.exists()


def test_the_same_form_twice_is_one_message():
    first = make_ticket(LAN, once="form-1")
    assert make_ticket(LAN, once="form-1") == first
    assert Ticket.objects.count() == 1


def test_a_form_key_of_somebody_else_blocks_nobody():
    first = make_ticket(OTHER, once="form-1")
    assert make_ticket(LAN, once="form-1") != first


def test_the_text_is_sealed():
    ticket_id = make_ticket(LAN)
    sealed = bytes(Note.objects.get(ticket_id=ticket_id).sealed or b"")
    assert TEXT.encode() not in sealed


def test_a_photo_is_drawn_anew_and_sealed():
    picture = BytesIO(plain_photo())
    with_place = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "Secret place"
    Image.open(picture).save(with_place, "JPEG", exif=exif)
    ticket_id = make_ticket(LAN, photo=with_place.getvalue())
    note = Note.objects.get(ticket_id=ticket_id)
    assert not blobs.get(note.blob_key).startswith(b"\xff\xd8")
    jpeg = queries.photo(ticket_id, 1, by=Reader(LAN))
    assert jpeg.startswith(b"\xff\xd8")
    assert b"Secret place" not in jpeg


def test_it_refuses_a_file_that_is_no_photo():
    with pytest.raises(BadPhoto) as refused:
        written(TEXT, "", b"%PDF-1.4 not a photo")
    assert refused.value.problem == "not_image"


def test_a_person_who_sends_too_many_waits_and_others_do_not():
    for _ in range(12):
        make_ticket(LAN)
    with pytest.raises(Limited):
        make_ticket(LAN)
    make_ticket(OTHER)


# --- somebody without an account -----------------------------------------------------------


def test_a_strangers_message_is_sent_only_when_the_phone_is_proved():
    ticket_id = make_draft()
    assert state_of(ticket_id) == "draft"
    assert Ticket.objects.get(id=ticket_id).number is None
    writing.prove(ticket_id, last_code(ticket_id), address=ADDRESS, now=NOW)
    assert state_of(ticket_id) == "sent"
    (told,) = texts_to(ticket_id, "ticket_received")
    assert (Ticket.objects.get(id=ticket_id).number or "-") in told


def test_proving_twice_sends_once():
    ticket_id = make_strangers()
    writing.prove(ticket_id, "000000", address=ADDRESS, now=NOW)
    assert len(texts_to(ticket_id, "ticket_received")) == 1


def test_a_wrong_code_sends_nothing():
    ticket_id = make_draft()
    wrong = "000001" if last_code(ticket_id) == "000000" else "000000"
    with pytest.raises(WrongCode):
        writing.prove(ticket_id, wrong, address=ADDRESS, now=NOW)
    assert state_of(ticket_id) == "draft"


def test_it_refuses_a_stranger_without_a_name_or_a_mobile_phone():
    with pytest.raises(Invalid) as refused:
        make_draft(sender={"full_name": " ", "phone": "12"})
    assert refused.value.fields == {"full_name": "required", "phone": "bad_phone"}


def test_the_same_form_of_a_stranger_twice_is_one_draft_and_one_code():
    first = make_draft(once="form-1")
    assert make_draft(once="form-1") == first
    assert len(texts_to(first, "phone_code")) == 1


def test_another_code_waits_a_minute():
    ticket_id = make_draft()
    writing.send_code(ticket_id, address=ADDRESS, now=NOW)
    with pytest.raises(Limited):
        writing.send_code(ticket_id, address=ADDRESS, now=NOW)


def test_a_limit_reached_at_one_address_leaves_another_alone():
    for number in range(60):
        make_draft(sender={"phone": f"09123456{number:02d}"}, address="198.51.100.7")
    with pytest.raises(Limited):
        make_draft(sender={"phone": "0912345699"}, address="198.51.100.7")
    make_draft(sender={"phone": "0987654321"}, address="203.0.113.9")


def test_a_number_its_phone_and_a_code_open_a_strangers_message_again():
    ticket_id = make_strangers()
    number = Ticket.objects.get(id=ticket_id).number or ""
    later = NOW + timedelta(hours=1)
    writing.send_opening_code(number.lower(), Phone.parse(PHONE), browser="b", address=ADDRESS, now=later)
    code = last_code(ticket_id)
    opened = writing.open_again(number, Phone.parse(PHONE), code, browser="b", address=ADDRESS, now=later)
    assert opened == ticket_id


def test_another_phone_opens_nothing_and_is_told_nothing():
    ticket_id = make_strangers()
    number = Ticket.objects.get(id=ticket_id).number or ""
    other = Phone.parse("0987654321")
    sent = len(texts_to(ticket_id, "phone_code"))
    writing.send_opening_code(number, other, browser="b", address=ADDRESS, now=NOW)
    assert len(texts_to(ticket_id, "phone_code")) == sent
    with pytest.raises(WrongCode):
        writing.open_again(number, other, "000000", browser="b", address=ADDRESS, now=NOW)


def test_a_persons_message_cannot_be_opened_by_a_phone():
    ticket_id = make_ticket(make_citizen())
    number = Ticket.objects.get(id=ticket_id).number or ""
    with pytest.raises(CodeExpired):
        writing.open_again(number, Phone.parse(PHONE), "000000", browser="b", address=ADDRESS, now=NOW)
