"""Letters of a campaign go out by date, once, to who has not come in; their codes stand in the PDF alone."""

from __future__ import annotations

from datetime import timedelta

import pypdfium2 as pdfium
import pytest
from django.db import connection
from django.urls import reverse

from tests.making import roll_out
from tests.making.employers import BIEN_XANH, SAO_MAI, make_hr
from tests.making.registrations import make_officer
from tests.making.roll_out import FIRST, PROVINCE, SECOND
from vssid.domain.audit.models import Event
from vssid.domain.employers.entries import actions as entries
from vssid.domain.employers.entries import letter
from vssid.domain.employers.errors import CodeCancelled
from vssid.domain.employers.models import Campaign, Entry, Mailing, Part, Target, Wave
from vssid.domain.employers.seats.roles import Role
from vssid.domain.offices.policy import NotAllowed
from vssid.domain.participants.models.people import EmployerStanding
from vssid.infra import blobs
from vssid.kernel.actor import SYSTEM
from vssid.kernel.errors import NotYours

from .. import posting, printing, queries, results, retention, running, waves
from ..errors import NotPrinted, PartErased, TooMany
from ..results import Asked, Step
from .campaigns_made import (
    DAY,
    NOW,
    codes_of,
    make_campaign,
    make_employer,
    print_all,
    run_campaign,
)

pytestmark = pytest.mark.django_db
WITHIN = results.Within({FIRST, SECOND})
WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
def places() -> None:
    roll_out.make_offices()
    make_employer(SAO_MAI, FIRST, 100, name="Công ty Sao Mai (mẫu)", address="Số 1 Lạch Tray")
    make_employer(BIEN_XANH, SECOND, 20, name="Công ty Biển Xanh (mẫu)")
    make_employer("TZ0003A", FIRST, 3)


@pytest.fixture
def campaign() -> int:
    number = make_campaign("letter", "reminder")
    run_campaign(number)
    return number


def come_in(campaign: int, employer: str) -> None:
    tuan = make_hr(f"HR {employer}", now=NOW)
    entries.use(employer, codes_of(campaign)[employer], person_id=tuan, by=SYSTEM, now=NOW)


def stored() -> set[str]:
    return {key.rpartition("/")[0] for key, _written in blobs.stored_under(printing.FOLDER)}


def text_of_pages(pdf: bytes) -> list[str]:
    pages = pdfium.PdfDocument(pdf)
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in pages]


def test_each_employer_gets_its_own_letter_by_office_with_its_code_and_figures(campaign: int) -> None:
    assert print_all(campaign) == 1
    part = Part.objects.get()
    pdf = posting.take(part.id, campaign, by=SYSTEM, now=NOW)
    pages = text_of_pages(pdf)
    assert len(pages) == part.printed == 3
    for words in ("224/BHXH-MẪU", "Công ty Sao Mai (mẫu)", "BHXH 03101 (mẫu)", "BHXH 03100 (MẪU)"):
        assert words in pages[0], pages[0]
    assert [SAO_MAI in pages[0], "TZ0003A" in pages[1], BIEN_XANH in pages[2]] == [True] * 3
    assert len(set(codes_of(campaign).values())) == 3
    assert Event.objects.filter(kind="employer.invited").count() == 3


def test_letters_lead_to_where_the_door_is() -> None:
    assert letter.site().enter_at.endswith(reverse("employer:come_in"))


def test_the_code_is_kept_nowhere_in_clear_and_opens_what_it_was_printed_for(campaign: int) -> None:
    print_all(campaign)
    code = codes_of(campaign)[SAO_MAI]
    kept = blobs.get(f"{Part.objects.get().blob_key}/0")
    assert code.encode() not in kept
    assert b"%PDF" not in kept
    assert not Entry.objects.filter(name_part=code.replace("-", "")).exists()
    assert entries.look(SAO_MAI, code, address="203.0.113.9", now=NOW).employer_code == SAO_MAI


def test_a_wave_is_printed_in_parts_each_once(campaign: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waves, "PART", 2)
    other = make_campaign("letter", letter_number="2")
    run_campaign(other)
    assert list(queries.parts(Wave.objects.get(campaign_id=other).id).values_list("letters", flat=True)) == [
        2,
        1,
    ]
    assert print_all(other) == 2
    assert print_all(other) == 0
    for part in Part.objects.filter(wave__campaign_id=other):
        assert not printing.print_part(part.id, now=NOW)
    assert Mailing.objects.filter(wave__campaign_id=other, entry__isnull=False).count() == 3


def test_a_worker_that_dies_before_the_end_has_sent_nothing_and_the_next_prints_once(
    campaign: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    part, before = Part.objects.get(), stored()

    def dies(*_args: object) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as broken:
        broken.setattr(printing, "_write", dies)
        with pytest.raises(RuntimeError):
            printing.print_part(part.id, now=NOW)
    assert not Entry.objects.exists()
    assert stored() == before
    assert print_all(campaign) == 1
    assert Entry.objects.count() == 3


def test_of_two_workers_that_print_one_part_the_second_drops_its_letters(
    campaign: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    part, keep, before = Part.objects.get(), printing._keep, stored()
    ahead: list[bool] = []

    def overtaken(part_id: int, ready: printing.Set, now: object) -> bool | None:
        if not ahead:
            ahead.append(True)
            assert printing.print_part(part_id, now=NOW)
        return keep(part_id, ready, NOW)

    monkeypatch.setattr(printing, "_keep", overtaken)
    assert not printing.print_part(part.id, now=NOW)
    assert Entry.objects.count() == 3
    assert stored() - before == {Part.objects.get().blob_key}


def test_who_comes_in_while_letters_are_set_gets_none(campaign: int, monkeypatch: pytest.MonkeyPatch) -> None:
    part, render = Part.objects.get(), letter.render
    came: list[bool] = []

    def slow(letters: list[letter.Letter]) -> bytes:
        if not came:
            came.append(True)
            make_hr("Tuấn", (SAO_MAI, Role.ADMINISTRATOR), now=NOW)
        return render(letters)

    monkeypatch.setattr(letter, "render", slow)
    assert printing.print_part(part.id, now=NOW)
    assert set(codes_of(campaign)) == {BIEN_XANH, "TZ0003A"}
    assert Mailing.objects.get(employer_code=SAO_MAI).skipped == "in"


def test_an_invitation_made_by_hand_stands_and_its_employer_gets_no_letter(campaign: int) -> None:
    entries.invite(SAO_MAI, by=SYSTEM, now=NOW)
    print_all(campaign)
    assert Entry.objects.get(employer_id=SAO_MAI).cancelled_at is None
    assert Target.objects.get(employer_id=SAO_MAI).skipped == "invited"
    assert Part.objects.get().printed == 2


def test_an_employer_that_an_undone_file_took_out_of_the_register_gets_no_letter(campaign: int) -> None:
    EmployerStanding.objects.filter(employer_id="TZ0003A").delete()
    # As the undoing of a file does it.
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM participants_employer WHERE code = 'TZ0003A'")
    assert print_all(campaign) == 1
    assert set(codes_of(campaign)) == {SAO_MAI, BIEN_XANH}
    assert Mailing.objects.get(employer_code="TZ0003A").skipped == "over"


def test_stopped_nothing_goes_out_and_it_goes_on_where_it_was(campaign: int) -> None:
    part = Part.objects.get()
    running.stop(campaign, by=SYSTEM, now=NOW)
    assert not printing.print_part(part.id, now=NOW)
    assert not waves.begin_due(campaign, NOW + WEEK)
    assert not Entry.objects.exists()
    running.resume(campaign, by=SYSTEM, now=NOW)
    assert print_all(campaign) == 1


def test_stopped_while_letters_are_set_none_of_them_goes_out(
    campaign: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    part, render, before = Part.objects.get(), letter.render, stored()

    def slow(letters: list[letter.Letter]) -> bytes:
        running.stop(campaign, by=SYSTEM, now=NOW)
        return render(letters)

    monkeypatch.setattr(letter, "render", slow)
    assert not printing.print_part(part.id, now=NOW)
    assert not Entry.objects.exists()
    assert stored() == before


def test_a_wave_waits_for_its_day_and_begins_once(campaign: int) -> None:
    print_all(campaign)
    assert not waves.begin_due(campaign, NOW + WEEK - timedelta(days=1))
    assert waves.begin_due(campaign, NOW + WEEK)
    assert not waves.begin_due(campaign, NOW + WEEK)
    assert Part.objects.count() == 2


def test_only_who_did_not_come_in_is_reminded_by_a_letter_that_takes_the_place_of_the_first(
    campaign: int,
) -> None:
    print_all(campaign)
    first = codes_of(campaign)
    come_in(campaign, SAO_MAI)
    waves.begin_due(campaign, NOW + WEEK)
    reminder = Wave.objects.get(campaign_id=campaign, kind="reminder")
    named = Mailing.objects.filter(wave=reminder).values_list("employer_code", flat=True)
    assert set(named) == {BIEN_XANH, "TZ0003A"}
    print_all(campaign, NOW + WEEK)
    pages = text_of_pages(posting.take(Part.objects.get(wave=reminder).id, campaign, by=SYSTEM, now=NOW))
    assert "số 224/BHXH-MẪU ngày 18/11/2026" in pages[0]
    with pytest.raises(CodeCancelled):
        entries.look(BIEN_XANH, first[BIEN_XANH], address="203.0.113.9", now=NOW + WEEK)
    entries.look(BIEN_XANH, codes_of(campaign)[BIEN_XANH], address="203.0.113.9", now=NOW + WEEK)


def test_a_reminder_waits_until_the_letters_before_are_printed_and_have_rested(campaign: int) -> None:
    assert not waves.begin_due(campaign, NOW + WEEK)
    print_all(campaign, NOW + WEEK)
    assert not waves.begin_due(campaign, NOW + WEEK + timedelta(days=6))
    assert waves.begin_due(campaign, NOW + 2 * WEEK)


def test_a_wave_of_a_few_takes_the_largest_and_the_next_the_others() -> None:
    campaign = make_campaign("letter", "letter", most=1, letter_number="3")
    run_campaign(campaign)
    print_all(campaign)
    assert set(codes_of(campaign)) == {SAO_MAI}
    waves.begin_due(campaign, NOW + WEEK)
    print_all(campaign, NOW + WEEK)
    assert set(codes_of(campaign)) == {SAO_MAI, BIEN_XANH}


def test_results_follow_what_becomes_of_each_letter(campaign: int) -> None:
    def reached() -> list[int]:
        counted = results.results(campaign, within=WITHIN, on=DAY)
        return [counted.reached(step) for step in Step]

    assert reached() == [3, 0, 0, 0, 0]
    print_all(campaign)
    assert reached() == [3, 3, 0, 0, 0]
    posting.post(Part.objects.get().id, campaign, by=SYSTEM, now=NOW)
    assert reached() == [3, 3, 3, 0, 0]
    codes = codes_of(campaign)
    entries.look(BIEN_XANH, codes[BIEN_XANH], address="203.0.113.9", now=NOW)
    assert reached() == [3, 3, 3, 1, 0]
    come_in(campaign, SAO_MAI)
    assert reached() == [3, 3, 3, 2, 1]
    (line,) = results.listed(campaign, Asked(Step.OPENED), within=WITHIN, on=DAY)
    assert (line.code, line.opened_at, line.letters) == (BIEN_XANH, NOW, 1)
    assert results.count(campaign, Asked(search="sao mai"), within=WITHIN, on=DAY) == 1
    assert results.count(campaign, Asked(search="tz0003a"), within=WITHIN, on=DAY) == 1
    assert results.results(campaign, within=results.Within({FIRST}), on=DAY).employers == 2


def test_the_clock_ends_a_campaign_after_its_last_day_and_queues_what_was_lost(campaign: int) -> None:
    part = Part.objects.get()
    running.run_all(NOW + timedelta(hours=2))
    part.refresh_from_db()
    assert part.queued_at == NOW + timedelta(hours=2)
    running.run_all(NOW + timedelta(days=61))
    assert Campaign.objects.get(id=campaign).state == "ended"
    assert not printing.print_part(part.id, now=NOW + timedelta(days=61))


def test_the_post_list_names_the_letters_in_their_order(
    campaign: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    print_all(campaign)
    wave = Wave.objects.filter(campaign_id=campaign).order_by("on_day")[0]
    lines = queries.post_list(wave.id, campaign, part=None, now=NOW)
    assert [line.code for line in lines] == [SAO_MAI, "TZ0003A", BIEN_XANH]
    assert lines[0].address == "Số 1 Lạch Tray"
    assert queries.post_list(wave.id, campaign, part=2, now=NOW) == []
    monkeypatch.setattr(queries, "MOST_IN_FILE", 2)
    with pytest.raises(TooMany):
        queries.post_list(wave.id, campaign, part=None, now=NOW)


def test_letters_are_taken_and_posted_by_who_manages_employers_at_the_office(campaign: int) -> None:
    part = Part.objects.get()
    for act in (posting.take, posting.post):
        with pytest.raises(NotPrinted):
            act(part.id, campaign, by=SYSTEM, now=NOW)
    print_all(campaign)
    for act in (posting.take, posting.post):
        with pytest.raises(NotYours):
            act(part.id, campaign, by=make_officer(office=FIRST, role="collection_officer"), now=NOW)
        with pytest.raises(NotAllowed):
            act(part.id, campaign, by=make_officer(office=PROVINCE, role="auditor"), now=NOW)
        with pytest.raises(NotYours):
            act(part.id, make_campaign(letter_number=f"9 {act.__name__}"), by=SYSTEM, now=NOW)


def test_a_posted_part_is_erased_after_some_days_and_its_codes_stay_good(campaign: int) -> None:
    print_all(campaign)
    part, code = Part.objects.get(), codes_of(campaign)[SAO_MAI]
    posting.post(part.id, campaign, by=SYSTEM, now=NOW)
    posting.post(part.id, campaign, by=SYSTEM, now=NOW + WEEK)
    assert Part.objects.get().posted_at == NOW
    assert retention.erase_old(NOW + timedelta(days=2)) == 0
    assert retention.erase_old(NOW + timedelta(days=4)) == 1
    assert retention.erase_old(NOW + timedelta(days=4)) == 0
    with pytest.raises(PartErased):
        posting.take(part.id, campaign, by=SYSTEM, now=NOW + timedelta(days=4))
    assert entries.look(SAO_MAI, code, address="203.0.113.9", now=NOW).employer_code == SAO_MAI
