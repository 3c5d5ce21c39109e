"""One PDF of the forms of all who agreed: in order, of own workers alone, for some days."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from structlog.testing import capture_logs

from tests.making.registrations import BINH, ELSEWHERE, LAN, NOW, make_office
from tests.making.roll_out import make_employer
from vssid.domain.audit.models import Event
from vssid.domain.employers.handing_in import printing, retention, working
from vssid.domain.employers.handing_in.errors import NothingChosen, NotReady, PutAway
from vssid.domain.employers.models import PrintLine, PrintPart, PrintRun, Worker
from vssid.domain.registration import actions
from vssid.domain.registration.handover import agreeing
from vssid.domain.registration.models import Application
from vssid.domain.registration.paper import form01
from vssid.domain.vault.models import SubjectKey
from vssid.infra import blobs
from vssid.kernel.errors import NotYours

from .sent import AN, HERE, HOA, HR, OTHER, make_list, make_sent, number_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def two_a_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "AT_ONCE", 2)


@pytest.fixture(autouse=True)
def empty_folder() -> None:
    for key, _written in list(blobs.stored_under(printing.FOLDER)):
        blobs.delete(key)


@pytest.fixture(autouse=True)
def employers(db: None) -> None:
    make_office()
    make_office(ELSEWHERE, "BHXH nơi khác (mẫu)")
    make_employer(HERE, "03101")
    make_employer(OTHER, "03101")


def taken(run: int) -> bytes:
    """What HR gets."""
    return printing.content(run, HERE, by=HR, now=NOW)


def numbers_in(paper: bytes) -> list[str]:
    """The number on each page."""
    found = [re.search(r"Số hồ sơ: *(\S+)", page.extract_text()) for page in PdfReader(BytesIO(paper)).pages]
    return [match[1] if match else "" for match in found]


def printed(**asked: Any) -> int:
    """A run that was made."""
    run = printing.ask(HERE, by=HR, now=NOW, **asked)
    working.work(run, now=NOW)
    return run


def test_all_who_agreed_are_printed_by_name_a_page_each() -> None:
    lan, binh, an = make_sent(LAN), make_sent(BINH), make_sent(AN)
    make_sent(HOA, employer=OTHER)
    run = printed()
    assert numbers_in(taken(run)) == [number_of(each) for each in (an, binh, lan)]
    row = PrintRun.objects.get()
    assert (row.state, row.total, row.done, row.left_out) == ("ready", 3, 3, 0)
    assert not PrintPart.objects.exists()
    told = Event.objects.filter(kind="application.form_printed")
    assert {event.subject_id for event in told} == {lan, binh, an}
    assert {event.facts["by_employer"] for event in told} == {HERE}


def test_the_forms_of_a_list_come_in_its_order_and_those_of_one_office_alone() -> None:
    lan, binh = make_sent(LAN), make_sent(BINH)
    elsewhere = make_sent(AN, office=ELSEWHERE)
    of_list = printed(list_id=make_list(lan, binh))
    assert numbers_in(taken(of_list)) == [number_of(binh), number_of(lan)]
    assert numbers_in(taken(printed(office=ELSEWHERE))) == [number_of(elsewhere)]
    with pytest.raises(NotYours):
        printing.ask(OTHER, list_id=PrintRun.objects.get(id=of_list).handover_id, by=HR, now=NOW)


def _take_back(application_id: int) -> None:
    agreeing.take_back(application_id, now=NOW)


def _withdraw(application_id: int) -> None:
    actions.withdraw(application_id, now=NOW)


def _leave(application_id: int) -> None:
    person_id = Application.objects.get(id=application_id).person_id
    assert person_id is not None
    Worker.objects.filter(person_id=person_id).update(employer_code=OTHER)


@pytest.mark.parametrize("gone", [_take_back, _withdraw, _leave])
def test_who_is_gone_before_the_printing_is_left_out(gone: Callable[[int], None]) -> None:
    lan, binh = make_sent(LAN), make_sent(BINH)
    run = printing.ask(HERE, by=HR, now=NOW)
    gone(lan)
    working.work(run, now=NOW)
    assert numbers_in(taken(run)) == [number_of(binh)]
    assert printing.left_out(PrintRun.objects.get()) == [number_of(lan)]


@pytest.mark.parametrize("gone", [_take_back, _withdraw, _leave])
def test_who_is_gone_after_it_takes_the_pdf_away(gone: Callable[[int], None]) -> None:
    lan = make_sent(LAN)
    make_sent(BINH)
    run = printed()
    gone(lan)
    with pytest.raises(PutAway):
        taken(run)
    assert_gone("withdrawn")


def assert_gone(why: str) -> None:
    row = PrintRun.objects.get()
    assert (row.state, row.why, row.blob_key) == ("gone", why, "")
    assert not PrintLine.objects.exists()
    assert not SubjectKey.objects.filter(subject_id=row.subject_id).exists()
    assert list(blobs.stored_under(printing.FOLDER)) == []


def test_who_takes_the_word_back_in_the_middle_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    lan, binh = make_sent(LAN), make_sent(BINH)
    run = printing.ask(HERE, by=HR, now=NOW)
    store = working._store

    def late(*told: Any) -> Any:
        if Application.objects.get(id=lan).employer_prints_at:
            agreeing.take_back(lan, now=NOW)
        return store(*told)

    monkeypatch.setattr(working, "_store", late)
    working.work(run, now=NOW)
    assert numbers_in(taken(run)) == [number_of(binh)]


def test_it_is_kept_for_its_days_and_then_gone() -> None:
    make_sent(LAN)
    run = printed()
    assert retention.put_away_old(NOW + printing.KEPT - timedelta(seconds=1)) == 0
    assert retention.put_away_old(NOW + printing.KEPT) == 1
    assert_gone("old")
    with pytest.raises(PutAway):
        taken(run)


def test_hr_puts_one_away_while_it_is_made_or_after() -> None:
    make_sent(LAN)
    run = printing.ask(HERE, by=HR, now=NOW)
    with pytest.raises(NotReady):
        taken(run)
    for _ in range(2):
        printing.drop(run, HERE, by=HR, now=NOW)
    working.work(run, now=NOW)
    assert_gone("dropped")


def test_while_one_is_made_asking_again_leads_to_it() -> None:
    make_sent(LAN)
    assert printing.ask(HERE, by=HR, now=NOW) == printing.ask(HERE, by=HR, now=NOW)


def test_one_that_nobody_finishes_goes_after_a_day_and_one_that_dies_says_so() -> None:
    make_sent(LAN)
    printing.ask(HERE, by=HR, now=NOW)
    assert retention.put_away_old(NOW + retention.LOST) == 0
    assert retention.put_away_old(NOW + retention.LOST + timedelta(seconds=1)) == 1
    assert_gone("died")
    run = printing.ask(HERE, by=HR, now=NOW)
    PrintRun.objects.filter(id=run).update(tries=working.MOST_TRIES)
    working.work(run, now=NOW)
    assert PrintRun.objects.get(id=run).why == "died"


def test_a_fault_of_the_printing_ends_it_without_telling_of_the_form(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_sent(LAN)
    run = printing.ask(HERE, by=HR, now=NOW)

    def fails(_several: object) -> bytes:
        raise ValueError(LAN.full_name)

    monkeypatch.setattr(form01, "render_many", fails)
    with capture_logs() as said:
        working.work(run, now=NOW)
    assert_gone("died")
    assert [line["error"] for line in said if line["event"] == "forms_not_printed"] == ["ValueError"]
    assert LAN.full_name not in str(said)


def test_nobody_left_to_print_is_said_and_nothing_to_print_is_refused() -> None:
    lan = make_sent(LAN)
    run = printing.ask(HERE, by=HR, now=NOW)
    agreeing.take_back(lan, now=NOW)
    working.work(run, now=NOW)
    assert_gone("empty")
    with pytest.raises(NothingChosen):
        printing.ask(HERE, by=HR, now=NOW)


def test_nothing_of_another_employer_is_there() -> None:
    make_sent(LAN)
    run = printed()
    for asked in (
        lambda: printing.one(run, OTHER),
        lambda: printing.content(run, OTHER, by=HR, now=NOW),
        lambda: printing.drop(run, OTHER, by=HR, now=NOW),
    ):
        with pytest.raises(NotYours):
            asked()
    assert printing.latest(OTHER) == []


def test_a_blob_that_no_run_names_is_swept() -> None:
    make_sent(LAN)
    printed()
    blobs.put(f"{printing.FOLDER}/00/left/0", b"left behind")
    later = max(written for _key, written in blobs.stored_under(printing.FOLDER)) + timedelta(hours=7)
    assert retention.sweep_orphans(later) == 1
    assert len(list(blobs.stored_under(printing.FOLDER))) == 1
