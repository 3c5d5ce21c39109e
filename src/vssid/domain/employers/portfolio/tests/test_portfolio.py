"""What a collection officer's employers need, in order; and what is written of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.making import employers, employers_hr, roll_out
from tests.making.employers import BIEN_XANH, NOW, SAO_MAI, make_hr
from tests.making.registrations import make_officer, make_officer_account
from tests.making.roll_out import FIRST, SECOND
from vssid.domain.audit.models import Event
from vssid.domain.employers import questions
from vssid.domain.employers.corrections import sending
from vssid.domain.employers.models import DiaryEntry, Difference, Worker
from vssid.domain.employers.portfolio import diary, queries
from vssid.domain.employers.portfolio.needs import Need
from vssid.domain.employers.seats.roles import Role
from vssid.domain.employers.standing import actions as standing
from vssid.domain.employers.standing.actions import Noted
from vssid.domain.offices.policy import NotAllowed
from vssid.domain.participants.models.people import EmployerStanding
from vssid.domain.registration.models import Application
from vssid.domain.rollout import assigning
from vssid.domain.support.employers import conversation
from vssid.domain.support.notes import written
from vssid.domain.vault.models import SubjectKey
from vssid.kernel.actor import SYSTEM, Actor, ActorKind
from vssid.kernel.errors import Invalid, NotYours

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 18)
DAY = timedelta(days=1)
THIRD_EMPLOYER = "TZ0003A"


@pytest.fixture
def thu() -> Actor:
    """Thu looks after Sao Mai and another employer of the first office, where all HR is in."""
    employers.make_employers()
    roll_out.make_employer(THIRD_EMPLOYER, FIRST)
    number = make_officer_account("thu", FIRST, "Thu", "collection_officer")
    for code in (SAO_MAI, THIRD_EMPLOYER):
        assigning.assign(code, number, TODAY, by=SYSTEM, now=NOW)
        make_hr("Tuấn", (code, Role.ADMINISTRATOR))
    return Actor(ActorKind.OFFICER, number, "Thu", FIRST, "collection_officer")


def needs(by: Actor) -> dict[str, list[tuple[Need, int]]]:
    return {line.code: [(one.need, one.many) for one in line.needs] for line in queries.of(by, now=NOW)}


def owe(code: str) -> None:
    EmployerStanding.objects.create(
        employer_id=code, people=9, last_month=TODAY, owed_months=3, owed_from=date(2026, 6, 1)
    )


def form_due(days: int) -> None:
    """A worker of Sao Mai has to hand in a form in so many days."""
    Worker.objects.get_or_create(person_id=5, employer_code=SAO_MAI)
    number = Application.objects.count() + 1
    roll_out.make_file(number, 5, FIRST, "submitted", NOW + days * DAY)


def test_each_need_is_told_with_how_many_and_the_most_pressing_employer_stands_first(thu: Actor) -> None:
    owe(THIRD_EMPLOYER)
    assert needs(thu) == {THIRD_EMPLOYER: [(Need.ARREARS, 3)], SAO_MAI: []}
    form_due(2)
    assert list(needs(thu).items()) == [
        (SAO_MAI, [(Need.FORMS, 1)]),
        (THIRD_EMPLOYER, [(Need.ARREARS, 3)]),
    ]
    diary.write(THIRD_EMPLOYER, "task", TODAY, "Gọi lại kế toán", by=thu, now=NOW)
    assert list(needs(thu)) == [THIRD_EMPLOYER, SAO_MAI]


def test_forms_that_are_due_later_or_are_over_are_no_need(thu: Actor) -> None:
    form_due(4)
    form_due(-1)
    assert needs(thu)[SAO_MAI] == []


def test_differences_that_hr_sent_and_employers_that_nobody_acts_for_are_needs(thu: Actor) -> None:
    employers_hr.make_named(1, "Nguyễn Thị Lan", employer=SAO_MAI)
    employers_hr.come_in(1)
    employers_hr.take(employers_hr.table("Nguyễn Thị Lam,01/01/1990,0000000001,,,,,"), employer=SAO_MAI)
    sending.send(SAO_MAI, [Difference.objects.get().id], by=employers_hr.HR, now=NOW)
    roll_out.make_employer("TZ0004A", FIRST)
    assigning.assign("TZ0004A", thu.id or 0, TODAY, by=SYSTEM, now=NOW)
    assert needs(thu)[SAO_MAI] == [(Need.REQUESTS, 1)]
    assert needs(thu)["TZ0004A"] == [(Need.NOT_IN, 1)]


def test_a_question_of_hr_that_waits_is_a_need_until_it_is_answered(thu: Actor) -> None:
    by = Actor(ActorKind.EMPLOYER, 9_100_001, "Tuấn", employer=SAO_MAI)
    asked = conversation.send(written("Hỏi", "a"), topic="other", office_code=FIRST, by=by, now=NOW)
    assert needs(thu)[SAO_MAI] == [(Need.QUESTIONS, 1)]
    questions.answer(asked, SAO_MAI, written("Đáp", "b"), by=thu, now=NOW)
    assert needs(thu)[SAO_MAI] == []


def test_an_employer_that_ceased_or_is_a_colleagues_is_not_there(thu: Actor) -> None:
    standing.note(THIRD_EMPLOYER, Noted("ceased", TODAY, "QĐ 12"), by=SYSTEM, now=NOW)
    hoa = make_officer_account("hoa", FIRST, "Hoa", "collection_officer")
    assigning.assign(SAO_MAI, hoa, TODAY + DAY, by=SYSTEM, now=NOW)
    assert list(needs(thu)) == [SAO_MAI]
    tomorrow = queries.of(thu, now=NOW + DAY)
    assert tomorrow == []


def test_who_does_not_follow_employers_has_no_portfolio(thu: Actor) -> None:
    with pytest.raises(NotAllowed):
        queries.of(make_officer("Tra", FIRST, "auditor"), now=NOW)


def test_an_entry_is_sealed_and_told_of_without_its_text(thu: Actor) -> None:
    diary.write(SAO_MAI, "visit", TODAY, "Gặp kế toán trưởng", by=thu, now=NOW)
    diary.write(SAO_MAI, "note", TODAY, "Hẹn nộp tệp", by=thu, now=NOW)
    seen = diary.of_employer(SAO_MAI, on=TODAY)
    assert [(entry.kind, entry.on_day, entry.text) for entry in seen] == [
        ("note", None, "Hẹn nộp tệp"),
        ("visit", TODAY, "Gặp kế toán trưởng"),
    ]
    assert "Gặp".encode() not in bytes(DiaryEntry.objects.first().sealed)  # type: ignore[union-attr]
    told = Event.objects.filter(kind="employer.diary_written").values_list("facts", flat=True)
    assert [facts["kind"] for facts in told.order_by("seq", "lane")]
    assert "Gặp" not in str(list(told))


@pytest.mark.parametrize(
    ("kind", "on_day", "text", "wrong"),
    [
        ("", TODAY, "x", {"kind": "bad_choice"}),
        ("task", None, "x", {"on_day": "required"}),
        ("visit", TODAY + DAY, "x", {"on_day": "later"}),
        ("task", TODAY - DAY, "x", {"on_day": "past"}),
        ("task", TODAY + 731 * DAY, "x", {"on_day": "far"}),
        ("visit", TODAY - 731 * DAY, "x", {"on_day": "far"}),
        ("note", None, " ", {"text": "required"}),
        ("note", None, "x" * 1001, {"text": "too_long"}),
    ],
)
def test_what_is_not_written_right_is_refused(
    thu: Actor, kind: str, on_day: date | None, text: str, wrong: dict[str, str]
) -> None:
    with pytest.raises(Invalid) as refused:
        diary.write(SAO_MAI, kind, on_day, text, by=thu, now=NOW)
    assert refused.value.fields == wrong


def test_tasks_stand_first_until_they_are_done_and_are_due_to_who_wrote_or_looks_after(thu: Actor) -> None:
    task = diary.write(SAO_MAI, "task", TODAY, "Gọi lại", by=thu, now=NOW)
    diary.write(SAO_MAI, "note", None, "Sau đó", by=thu, now=NOW + DAY)
    later = diary.of_employer(SAO_MAI, on=TODAY + DAY)
    assert [(entry.kind, entry.is_late) for entry in later] == [("task", True), ("note", False)]
    assert queries.tasks_before(thu.id, TODAY).count() == 1
    assert queries.tasks_before(thu.id, TODAY - DAY).count() == 0
    hoa = make_officer_account("hoa", FIRST, "Hoa", "collection_officer")
    assert queries.tasks_before(hoa, TODAY).count() == 0
    assigning.assign(SAO_MAI, hoa, TODAY + DAY, by=SYSTEM, now=NOW)
    assert queries.tasks_before(hoa, TODAY + DAY).count() == 1
    diary.done(task, SAO_MAI, by=thu, now=NOW)
    diary.done(task, SAO_MAI, by=thu, now=NOW + DAY)
    assert DiaryEntry.objects.get(id=task).done_at == NOW
    assert queries.tasks_before(thu.id, TODAY).count() == 0


def test_another_office_writes_nothing_and_another_employers_task_is_not_there(thu: Actor) -> None:
    task = diary.write(SAO_MAI, "task", TODAY, "Gọi lại", by=thu, now=NOW)
    hanh = make_officer("Hạnh", SECOND, "collection_officer")
    with pytest.raises(NotYours):
        diary.write(SAO_MAI, "note", None, "x", by=hanh, now=NOW)
    with pytest.raises(NotYours):
        diary.done(task, THIRD_EMPLOYER, by=thu, now=NOW)
    with pytest.raises(NotYours):
        diary.done(task, BIEN_XANH, by=hanh, now=NOW)
    with pytest.raises(NotAllowed):
        diary.write(SAO_MAI, "note", None, "x", by=make_officer("Tra", FIRST, "auditor"), now=NOW)


def test_entries_past_their_term_go_with_their_keys_but_an_open_task_stays(thu: Actor) -> None:
    diary.write(SAO_MAI, "note", None, "Cũ", by=thu, now=NOW)
    diary.write(SAO_MAI, "task", TODAY, "Chưa xong", by=thu, now=NOW)
    key = DiaryEntry.objects.get(kind="note").subject_id
    assert diary.erase_old(NOW + 1825 * DAY) == 0
    assert diary.erase_old(NOW + 1826 * DAY) == 1
    assert DiaryEntry.objects.get().kind == "task"
    assert not SubjectKey.objects.filter(subject_id=key).exists()
