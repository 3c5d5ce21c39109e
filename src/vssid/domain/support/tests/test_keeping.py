"""How long messages and their photos are kept, and whom they follow."""

from datetime import timedelta

import pytest

from tests.making.registrations import (
    NOW,
    plain_photo,
)
from vssid.domain.participants.merges import merge_hooks
from vssid.domain.support.models import Note, Ticket
from vssid.domain.support.writing import Reader
from vssid.domain.vault import sealing as vault
from vssid.infra import blobs

from .. import jobs, photos, queries, retention, writing
from .desk import make_draft, make_strangers, make_ticket

pytestmark = pytest.mark.django_db
LAN, OTHER = 11, 12


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
