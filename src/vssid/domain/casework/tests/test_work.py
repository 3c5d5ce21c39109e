"""Shares are dealt out fairly; a note is sealed, and gone some time after its file is closed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.making.registrations import BINH, ELSEWHERE, NOW, make_application, make_officer, make_ready
from vssid.domain.audit.models import Event
from vssid.domain.casework import jobs
from vssid.domain.casework.models import Assignment, FileNote
from vssid.domain.casework.work import assignments, notes, shares
from vssid.domain.offices.policy import NotAllowed
from vssid.domain.registration import actions
from vssid.domain.registration.models import Application
from vssid.domain.registration.moves import APPLICATION
from vssid.kernel.errors import Invalid, NotYours

TEXT = "Đã gọi điện, chiều mai mang bản chính."
MINH, NGOC, HA = 1, 2, 3


@pytest.mark.parametrize(
    ("shared", "loads", "dealt"),
    [
        ({MINH: 1, NGOC: 1}, {}, [MINH, NGOC, MINH, NGOC]),
        ({MINH: 2, NGOC: 1}, {}, [MINH, MINH, NGOC, MINH]),
        ({MINH: 1, NGOC: 0}, {}, [MINH, MINH, MINH, MINH]),
        # Who has much already gets nothing until the others have as much.
        ({MINH: 1, NGOC: 1}, {MINH: 3}, [NGOC, NGOC, NGOC, MINH]),
        ({MINH: 1, NGOC: 1, HA: 1}, {NGOC: 9}, [MINH, HA, MINH, HA]),
        ({MINH: 0}, {}, []),
        ({}, {}, []),
    ],
)
def test_files_go_to_who_has_least_for_the_own_share(
    shared: dict[int, int], loads: dict[int, int], dealt: list[int]
) -> None:
    files = [11, 12, 13, 14]
    assert shares.deal(files, shared, loads) == dict(zip(files, dealt, strict=False))


@pytest.mark.django_db
class TestNotes:
    def test_a_note_says_who_and_when_and_is_sealed(self) -> None:
        application_id, minh = make_application(), make_officer()
        notes.write(APPLICATION, application_id, f"  {TEXT} ", by=minh, now=NOW)
        [note] = notes.of_file(APPLICATION, application_id)
        assert (note.author, note.at, note.text, note.is_handover) == ("Minh", NOW, TEXT, False)
        assert TEXT.encode() not in bytes(FileNote.objects.get().sealed)
        event = Event.objects.get(kind="file.noted")
        assert (event.subject_id, event.facts) == (application_id, {"kind": "application"})
        assert TEXT not in repr(note)

    @pytest.mark.parametrize(
        ("text", "code"), [("  \n ", "required"), ("x" * (notes.LONGEST + 1), "too_long")]
    )
    def test_it_refuses_a_note_that_is_none_or_too_long(self, text: str, code: str) -> None:
        with pytest.raises(Invalid) as refused:
            notes.write(APPLICATION, make_application(), text, by=make_officer(), now=NOW)
        assert refused.value.fields == {"note": code}

    def test_it_refuses_who_only_reads_and_who_is_elsewhere(self) -> None:
        application_id = make_application()
        with pytest.raises(NotAllowed):
            notes.write(APPLICATION, application_id, TEXT, by=make_officer(role="auditor"), now=NOW)
        with pytest.raises(NotYours):
            notes.write(APPLICATION, application_id, TEXT, by=make_officer(office=ELSEWHERE), now=NOW)
        assert not FileNote.objects.exists()

    def test_the_night_deletes_notes_of_files_closed_long_ago(self) -> None:
        closed, still_open, minh = make_application(), make_application(BINH), make_officer()
        for application_id in (closed, still_open):
            notes.write(APPLICATION, application_id, TEXT, by=minh, now=NOW)
        actions.withdraw(closed, now=NOW)
        assert notes.sweep(NOW + notes.KEPT - notes.HANDED) == 0
        assert notes.sweep(NOW + notes.KEPT) == 1
        assert [note.file_id for note in FileNote.objects.all()] == [still_open]
        assert jobs.sweep_notes.queueing_lock

    def test_a_hand_over_is_shown_to_colleagues_for_some_days(self) -> None:
        application_id, minh = make_application(), make_officer()
        ngoc = replace(minh, id=501, name="Ngọc")
        notes.write(APPLICATION, application_id, TEXT, handover=True, by=minh, now=NOW)
        assert notes.handed_over(by=ngoc, now=NOW, most=9) == [("application", application_id)]
        assert notes.handed_over(by=minh, now=NOW, most=9) == []
        assert notes.handed_over(by=ngoc, now=NOW + 2 * notes.HANDED, most=9) == []
        assert notes.handed_over(by=make_officer(office=ELSEWHERE), now=NOW, most=9) == []

    def test_an_assignment_ends_with_its_file(self) -> None:
        application_id, minh = make_ready(), make_officer()
        row = Application.objects.get()
        assignments.give(APPLICATION, row, (7, "Ngọc"), by=minh, now=NOW)
        assert assignments.names("application", [application_id]) == {application_id: (7, "Ngọc")}
        actions.refuse(application_id, reasons=["other"], text="Thiếu.", by=minh, now=NOW)
        assert not Assignment.objects.exists()
