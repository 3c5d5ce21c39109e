"""Messages to an office: one refusal for each rule, who may read, what is sealed, who is told."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from PIL import Image

from tests.making.registrations import (
    ADDRESS,
    ELSEWHERE,
    HONG_BANG,
    NOW,
    make_office,
    make_officer,
    plain_photo,
)
from tests.making.sms import last_code, texts_to
from vssid.domain.audit import queries as audit
from vssid.domain.notifications.inbox import queries as inbox
from vssid.domain.participants.merges import merge_hooks
from vssid.domain.support.errors import BadPhoto, NotOpenAnyMore, SameOffice
from vssid.domain.support.models import Note, Ticket
from vssid.domain.support.writing import Reader
from vssid.domain.vault import sealing as vault
from vssid.domain.verification.errors import CodeExpired, Limited, WrongCode
from vssid.infra import blobs
from vssid.kernel.errors import Invalid, NotYours
from vssid.kernel.ids import Phone
from vssid.web.citizen.tests.cast import make_citizen

from .. import answering, jobs, looks, photos, queries, retention, writing
from ..help import topics
from ..notes import LONGEST, written
from .desk import PHONE, TEXT, make_draft, make_strangers, make_ticket

pytestmark = pytest.mark.django_db
LAN, OTHER = 11, 12


def state_of(ticket_id: int) -> str:
    return Ticket.objects.get(id=ticket_id).state


def answer(ticket_id: int, text: str = "Đã bổ sung.", once: str = "", **more) -> None:
    answering.answer(ticket_id, written(text, once), by=more.get("by") or make_officer(), now=NOW)


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


# --- who may read and write ----------------------------------------------------------------


def test_nobody_else_reads_writes_or_closes():
    own, strangers, draft = make_ticket(LAN), make_strangers(), make_draft(sender={"phone": "0987654321"})
    matrix = [
        (own, Reader(OTHER)),
        (own, Reader(ticket_id=own)),
        (own, Reader()),
        (own, Reader(OTHER, strangers)),
        (strangers, Reader(LAN)),
        (strangers, Reader(ticket_id=own)),
        (strangers, Reader()),
        (draft, Reader(ticket_id=draft)),
        (draft, Reader(LAN)),
        (999_999, Reader(LAN, 999_999)),
    ]
    for ticket_id, reader in matrix:
        with pytest.raises(NotYours):
            queries.thread(ticket_id, by=reader, now=NOW)
        with pytest.raises(NotYours):
            queries.photo(ticket_id, 1, by=reader)
        with pytest.raises(NotYours):
            writing.write(ticket_id, written("x", ""), by=reader, now=NOW)
        with pytest.raises(NotYours):
            writing.close(ticket_id, by=reader, now=NOW)
    assert Note.objects.filter(ticket_id__in=[own, strangers]).count() == 2


def test_an_officer_of_another_office_can_do_nothing():
    ticket_id, hanh = make_ticket(LAN, photo=plain_photo()), make_officer("Hạnh", ELSEWHERE)
    for act in (
        lambda: looks.look_at(ticket_id, by=hanh, now=NOW),
        lambda: looks.look_at_photo(ticket_id, 1, by=hanh, now=NOW),
        lambda: answering.take(ticket_id, by=hanh, now=NOW),
        lambda: answer(ticket_id, by=hanh),
        lambda: answering.close(ticket_id, by=hanh, now=NOW),
        lambda: answering.forward(ticket_id, ELSEWHERE, by=hanh, now=NOW),
    ):
        with pytest.raises(NotYours):
            act()
    assert state_of(ticket_id) == "sent"
    assert not queries.queue(ELSEWHERE, "waiting").exists()


def test_an_officer_sees_no_draft():
    ticket_id = make_draft()
    assert not queries.queue(HONG_BANG, "waiting").exists()
    with pytest.raises(NotYours):
        looks.look_at(ticket_id, by=make_officer(), now=NOW)


# --- the conversation ----------------------------------------------------------------------


def test_an_answer_tells_the_person_and_is_read_in_the_thread():
    person_id = make_citizen()
    ticket_id = make_ticket(person_id)
    answering.take(ticket_id, by=make_officer(), now=NOW)
    assert state_of(ticket_id) == "read"
    answer(ticket_id)
    thread = queries.thread(ticket_id, by=Reader(person_id), now=NOW)
    assert thread.row.state == "answered"
    assert [(note.kind, note.author_name) for note in thread.notes] == [("person", ""), ("officer", "Minh")]
    (told,) = texts_to(person_id, "ticket_answered")
    (notice,) = inbox.page(person_id).notices
    assert (notice.kind, notice.link) == ("ticket_answered", f"/tro-giup/tin-nhan/{ticket_id}")
    assert thread.row.number in told


def test_the_same_answer_form_twice_is_one_answer_and_one_notice():
    person_id = make_citizen()
    ticket_id = make_ticket(person_id)
    answer(ticket_id, once="a")
    answer(ticket_id, once="a")
    assert Note.objects.filter(ticket_id=ticket_id).count() == 2
    assert len(texts_to(person_id, "ticket_answered")) == 1
    assert inbox.unread(person_id) == 1


def test_an_answer_to_a_stranger_is_a_text_to_the_proved_phone():
    ticket_id = make_strangers()
    answer(ticket_id)
    assert len(texts_to(ticket_id, "ticket_answered")) == 1


def test_writing_again_after_an_answer_waits_anew_with_a_new_day():
    ticket_id = make_ticket(LAN)
    answer(ticket_id)
    later = NOW + timedelta(days=7)
    writing.write(ticket_id, written("Vẫn thiếu.", "w"), by=Reader(LAN), now=later)
    writing.write(ticket_id, written("Vẫn thiếu.", "w"), by=Reader(LAN), now=later)
    row = queries.thread(ticket_id, by=Reader(LAN), now=later).row
    assert (row.state, row.waiting_since, row.due_on) == ("sent", later, date(2026, 12, 2))
    assert Note.objects.filter(ticket_id=ticket_id).count() == 3


def test_writing_again_before_an_answer_does_not_put_off_the_day():
    ticket_id = make_ticket(LAN)
    writing.write(ticket_id, written("Thêm.", ""), by=Reader(LAN), now=NOW + timedelta(days=3))
    assert Ticket.objects.get(id=ticket_id).due_on == date(2026, 11, 26)


def test_a_closed_message_takes_nothing_more():
    ticket_id, minh = make_ticket(LAN), make_officer()
    make_office(ELSEWHERE)
    writing.close(ticket_id, by=Reader(LAN), now=NOW)
    writing.close(ticket_id, by=Reader(LAN), now=NOW)
    for act in (
        lambda: writing.write(ticket_id, written("x", ""), by=Reader(LAN), now=NOW),
        lambda: answer(ticket_id),
        lambda: answering.take(ticket_id, by=minh, now=NOW),
        lambda: answering.forward(ticket_id, ELSEWHERE, by=minh, now=NOW),
    ):
        with pytest.raises(NotOpenAnyMore):
            act()
    answering.close(ticket_id, by=minh, now=NOW)


def test_an_answered_message_cannot_be_taken():
    ticket_id = make_ticket(LAN)
    answer(ticket_id)
    with pytest.raises(NotOpenAnyMore):
        answering.take(ticket_id, by=make_officer(), now=NOW)


def test_a_forwarded_message_lies_at_the_other_office_only():
    ticket_id, minh = make_ticket(LAN), make_officer()
    make_office(ELSEWHERE)
    answering.take(ticket_id, by=minh, now=NOW)
    answering.forward(ticket_id, ELSEWHERE, by=minh, now=NOW)
    assert [row.id for row in queries.queue(ELSEWHERE, "waiting")] == [ticket_id]
    assert state_of(ticket_id) == "sent"
    with pytest.raises(NotYours):
        looks.look_at(ticket_id, by=minh, now=NOW)
    thread, _sender = looks.look_at(ticket_id, by=make_officer("Hạnh", ELSEWHERE), now=NOW)
    assert thread.notes[-1].kind == "forwarded"


def test_it_is_not_forwarded_to_its_own_or_an_unknown_office():
    ticket_id, minh = make_ticket(LAN), make_officer()
    for office in (HONG_BANG, "09999", ""):
        with pytest.raises(SameOffice):
            answering.forward(ticket_id, office, by=minh, now=NOW)


def test_every_act_and_look_of_an_officer_is_in_the_log():
    ticket_id, minh = make_ticket(LAN, photo=plain_photo()), make_officer()
    looks.look_at(ticket_id, by=minh, now=NOW)
    looks.look_at_photo(ticket_id, 1, by=minh, now=NOW)
    answering.take(ticket_id, by=minh, now=NOW)
    answer(ticket_id)
    answering.close(ticket_id, by=minh, now=NOW)
    kinds = [event.kind for event in audit.events_of(ticket_id)][::-1]
    acts = ["sent", "opened", "photo_seen", "taken", "answered", "closed"]
    assert kinds == [f"ticket.{kind}" for kind in acts]
    assert TEXT not in str([event.facts for event in audit.events_of(ticket_id)])


def test_the_queue_has_what_is_due_first_and_counts_what_is_late():
    later = make_ticket(LAN, topic="participation")
    sooner = make_ticket(OTHER, topic="card")
    assert [row.id for row in queries.queue(HONG_BANG, "waiting")] == [sooner, later]
    counts = queries.counts(HONG_BANG, NOW + timedelta(days=6))
    assert (counts.waiting, counts.late, counts.answered) == (2, 1, 0)


# --- time ----------------------------------------------------------------------------------


def test_a_draft_nobody_proved_is_gone_after_a_day_and_nothing_else():
    old, sent = make_draft(photo=plain_photo()), make_strangers()
    key = Note.objects.get(ticket_id=old).blob_key
    assert jobs.discard_drafts(NOW + timedelta(hours=23)) == 0
    assert jobs.discard_drafts(NOW + timedelta(hours=25)) == 1
    assert not Ticket.objects.filter(id=old).exists()
    assert Ticket.objects.filter(id=sent).exists()
    assert photos.sweep_orphans(NOW.replace(year=2100)) >= 1
    with pytest.raises(blobs.NotStored):
        blobs.get(key)


def test_a_photo_that_a_note_names_is_not_swept():
    ticket_id = make_ticket(LAN, photo=plain_photo())
    photos.sweep_orphans(NOW.replace(year=2100))
    assert queries.photo(ticket_id, 1, by=Reader(LAN))


def test_messages_follow_a_person_whose_code_was_merged(monkeypatch):
    ticket_id = make_ticket(LAN)
    monkeypatch.setattr("vssid.domain.participants.queries.merges_since", lambda _moment: [(LAN, OTHER)])
    assert merge_hooks.follow(None, now=NOW) == 1
    assert queries.thread(ticket_id, by=Reader(OTHER), now=NOW)


def test_a_closed_message_goes_after_its_term_with_its_key_and_an_open_one_stays():
    closed, still_open = make_ticket(LAN, photo=plain_photo()), make_ticket(LAN, "Còn chờ.")
    writing.close(closed, by=Reader(LAN), now=NOW)
    term = timedelta(days=retention.term(NOW.date()).days)
    assert jobs.remove_old(NOW + term) == 0
    later = NOW + term + timedelta(minutes=1)
    assert (jobs.remove_old(later), jobs.remove_old(later)) == (1, 0)
    assert list(Ticket.objects.values_list("id", flat=True)) == [still_open]
    assert not Note.objects.filter(ticket_id=closed).exists()
    with pytest.raises(vault.Erased):
        vault.unseal(closed, "support-note", b"-")


def test_more_than_one_batch_goes_in_one_night(monkeypatch):
    monkeypatch.setattr(jobs, "BATCH", 1)
    for number in range(3):
        writing.close(make_ticket(LAN, f"Thư {number}"), by=Reader(LAN), now=NOW)
    assert jobs.remove_old(NOW + timedelta(days=9999)) == 3
