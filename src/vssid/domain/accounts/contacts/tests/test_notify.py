"""What raises a notice, and who gets it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.making.registrations import BINH, LAN, NOW, make_application, make_person, make_ready
from tests.making.registrations import make_officer as officer
from tests.making.sms import texts_to
from vssid.domain.accounts import actions, arrears, jobs
from vssid.domain.accounts.errors import WrongCredentials
from vssid.domain.accounts.models.accounts import Account
from vssid.domain.accounts.sign_in import sessions
from vssid.domain.notifications.inbox import queries, subscriptions, words
from vssid.domain.notifications.models.messages import Message, Notice
from vssid.domain.participants.employers.arrears import behind
from vssid.domain.participants.models.people import Employer, StandingCount
from vssid.domain.registration import actions as registration
from vssid.domain.registration.models import Application
from vssid.domain.vault import sealing as vault
from vssid.domain.verification import limits
from vssid.kernel.calendar import VIETNAM
from vssid.kernel.email_address import EmailAddress
from vssid.kernel.ids import Phone
from vssid.web.citizen.tests.cast import BACH_DANG, PASSWORD, add_period, make_citizen

from .. import notify

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
CODE = "0100000001"


def kinds(person_id: int) -> list[str]:
    return list(
        Notice.objects.filter(person_id=person_id).order_by("created_at").values_list("kind", flat=True)
    )


def sign_in(code=CODE, *, known=False, now=NOW, device="Firefox · Windows"):
    return actions.sign_in(
        code, PASSWORD, kind="citizen", address="203.0.113.9", device=device, known_device=known, now=now
    )


# --- the account ---------------------------------------------------------------------------


def test_the_first_password_and_the_first_device_surprise_nobody():
    assert kinds(make_citizen()) == []


def test_a_sign_in_on_an_unknown_device_is_told_also_by_sms():
    lan = make_citizen()

    sign_in()

    assert kinds(lan) == ["new_device"]
    [notice] = queries.page(lan).notices
    assert "Firefox · Windows" in words.paragraphs("new_device", notice.facts)[0]
    [text] = texts_to(lan, "new_device")
    assert text.startswith("BHXH: tai khoan cua quy vi vua dang nhap tren thiet bi moi.")


def test_a_sign_in_on_a_known_device_is_no_news():
    lan = make_citizen()
    sign_in(known=True)
    assert kinds(lan) == []


def test_a_wrong_password_tells_nobody():
    lan = make_citizen()
    with pytest.raises(WrongCredentials):
        actions.sign_in(CODE, "khong-phai", kind="citizen", address="a", device="", now=NOW)
    assert kinds(lan) == []


def test_a_changed_password_is_told():
    lan = make_citizen()
    actions.set_password(lan, "mua-xuan-ve-99", device="Safari · iPhone", now=NOW)
    assert kinds(lan) == ["password_changed"]


def test_a_session_ended_from_afar_is_told_once_and_takes_its_push_with_it():
    lan = make_citizen()
    session = sessions.resolve(sign_in(known=True).token, now=NOW)
    assert session is not None
    add_browser(lan, session.session_id)

    notify.end_session(lan, session.session_id, now=NOW)
    notify.end_session(lan, session.session_id, now=NOW)

    assert kinds(lan) == ["session_ended"]
    assert not sessions.is_open(lan, session.session_id)
    assert subscriptions.of(lan) == []


def test_all_other_sessions_are_ended_and_told_but_this_one_stays():
    lan, other = make_citizen(), make_citizen("0100000002")
    here, *there = [sessions.resolve(sign_in(known=True).token, now=NOW) for _ in range(3)]
    foreign = sessions.resolve(sign_in("0100000002", known=True).token, now=NOW)
    assert here is not None
    assert foreign is not None
    sessions_before = [session.session_id for session in there if session is not None]

    notify.end_others(lan, here.session_id, now=NOW)

    assert sessions.is_open(lan, here.session_id)
    assert not any(sessions.is_open(lan, session_id) for session_id in sessions_before)
    assert sessions.is_open(other, foreign.session_id)
    assert set(kinds(lan)) == {"session_ended"}


def test_the_address_that_was_confirmed_goes_before_the_registers():
    lan = owing()
    Account.objects.filter(person_id=lan).update(email=vault.seal(lan, notify.EMAIL, b"lan@thu.example"))
    assert notify.reach(lan).email == EmailAddress("lan@thu.example")


def test_a_text_too_many_of_a_kind_a_day_is_in_the_inbox_only():
    lan = make_citizen()
    most = limits.RULES["alert"].limit
    for _ in range(most + 2):
        notify.tell(lan, "passkey_added", now=NOW)
    assert kinds(lan) == ["passkey_added"] * (most + 2)
    assert len(texts_to(lan, "passkey_added")) == most


def add_browser(person_id, session_id):
    address = subscriptions.PushAddress("https://fcm.googleapis.com/x", b"\4" * 65, b"x" * 16)
    subscriptions.subscribe(person_id, address, session_id=session_id, device="", now=NOW)


def test_another_persons_session_is_not_ended():
    lan, other = make_citizen(), make_citizen("0100000002")
    session = sessions.resolve(sign_in(known=True).token, now=NOW)
    assert session is not None
    notify.end_session(other, session.session_id, now=NOW)
    assert sessions.is_open(lan, session.session_id)
    assert kinds(other) == []


@pytest.mark.parametrize("end", ["sign_out", "all", "idle", "password"])
def test_push_ends_with_the_session_however_that_ends(end):
    lan = make_citizen()
    session = sessions.resolve(sign_in(known=True).token, now=NOW)
    assert session is not None
    add_browser(lan, session.session_id)

    if end == "sign_out":
        sessions.end(lan, session.session_id)
    elif end == "all":
        sessions.end_all(lan)
    elif end == "password":
        actions.set_password(lan, "mua-xuan-ve-99", device="", now=NOW)
    else:
        assert sessions.sweep(NOW + timedelta(days=31)) >= 1

    assert subscriptions.of(lan) == []


def test_staff_get_no_notices():
    from tests.making.registrations import make_officer_account

    minh = make_officer_account()
    actions.sign_in("minh", "hoa sen trang 99", kind="staff", address="a", device="", now=NOW)
    actions.set_password(minh, "sen trang hoa 100", device="", now=NOW)
    assert kinds(minh) == []


# --- applications --------------------------------------------------------------------------


def test_what_becomes_of_an_application_is_in_the_inbox_of_the_person_of_the_register():
    application_id = make_ready()
    registration.approve(application_id, by=officer(), now=NOW + SECOND)

    person_id = Application.objects.get(id=application_id).person_id
    assert person_id is not None
    assert kinds(person_id) == ["application_received", "application_approved"]
    assert not Message.objects.filter(subject_id=person_id).exists(), "no address is known, and no second SMS"


@pytest.mark.parametrize("how", ["refused", "expired", "withdrawn"])
def test_every_end_of_an_application_is_told(how):
    application_id = make_application()
    if how == "refused":
        registration.refuse(
            application_id, reasons=["photo_unclear"], text="Ảnh mờ", by=officer(), now=NOW + SECOND
        )
    elif how == "expired":
        assert registration.expire(application_id, now=NOW + timedelta(days=30))
    else:
        registration.withdraw(application_id, now=NOW + SECOND)

    person_id = Application.objects.get(id=application_id).person_id
    assert person_id is not None
    assert kinds(person_id)[-1] == f"application_{how}"


def test_an_application_of_somebody_the_register_does_not_know_tells_nobody():
    make_application(known=False)
    assert not Notice.objects.exists()


# --- arrears -------------------------------------------------------------------------------

TENTH = date(2026, 11, 10)
MORNING = datetime(2026, 11, 10, 8, 5, tzinfo=VIETNAM)


def owing(who=LAN, since=date(2026, 9, 1), **more) -> int:
    """A person with an account whose employer has not paid since that month."""
    person_id = make_person(who)
    make_citizen(who.bhxh_code, person_id=person_id)
    add_period(person_id, date(2024, 1, 1), None, unpaid_from=since, **more)
    return person_id


def monthly(*codes):
    Employer.objects.filter(code__in=codes or ["TZ0001A"]).update(paying_cycle="monthly")


def test_arrears_are_named_by_employer_and_fund_and_said_to_be_late_only_when_they_are():
    lan = owing(since=date(2026, 8, 1))
    add_period(lan, date(2024, 1, 1), None, unpaid_from=date(2026, 9, 1), scheme="bhtn")
    add_period(lan, date(2020, 1, 1), date(2021, 5, 1), BACH_DANG, unpaid_from=date(2021, 4, 1))
    add_period(lan, date(2024, 1, 1), None, BACH_DANG, unpaid_from=date(2026, 9, 1), scheme="tnld")
    monthly()

    assert arrears.tell_batch(0, TENTH, now=MORNING) is None

    [notice] = queries.page(lan).notices
    assert words.paragraphs("arrears", notice.facts)[:-1] == [
        "Thời gian chưa ghi nhận đóng tại đơn vị TZ0001A - Công ty TNHH Sao Mai:",
        "BHTN: từ tháng 09/2026 đến tháng 09/2026 (đã quá hạn đóng)",
        "BHXH: từ tháng 08/2026 đến tháng 09/2026 (đã quá hạn đóng)",
        f"Thời gian chưa ghi nhận đóng tại đơn vị TZ0002A - {BACH_DANG[1]}:",
        "BHXH: từ tháng 04/2021 đến tháng 05/2021 (đã quá hạn đóng)",
        "BHTNLĐ-BNN: từ tháng 09/2026 đến tháng 09/2026",
    ]


def test_what_is_not_due_no_arrears_no_employer_and_no_account_are_not_told():
    owing(since=date(2026, 10, 1))
    person_id = make_person(BINH)
    add_period(person_id, date(2024, 1, 1), None, unpaid_from=date(2026, 8, 1))
    volunteer = make_citizen("0100000002")
    make_paid = make_citizen("0100000003")

    arrears.tell_batch(0, TENTH, now=MORNING)

    assert not Notice.objects.exists()
    assert behind([volunteer, make_paid], TENTH) == {}
    assert set(behind([person_id], TENTH)) == {person_id}, "they are known; only an account is missing"


@pytest.mark.parametrize(
    ("cycle", "since", "day", "told"),
    [
        ("monthly", date(2026, 6, 1), date(2026, 7, 10), False),
        ("monthly", date(2026, 6, 1), date(2026, 8, 10), True),
        ("quarterly", date(2026, 7, 1), date(2026, 10, 10), False),
        ("quarterly", date(2026, 7, 1), date(2026, 11, 10), True),
        ("half_yearly", date(2026, 1, 1), date(2026, 7, 10), False),
        ("half_yearly", date(2026, 1, 1), date(2026, 8, 10), True),
    ],
)
def test_who_pays_for_more_months_at_once_is_told_of_after_the_cycle(cycle, since, day, told):
    lan = owing(since=since)
    Employer.objects.update(paying_cycle=cycle)
    arrears.tell_batch(0, day, now=MORNING)
    assert kinds(lan) == (["arrears"] if told else [])


def test_months_that_the_last_file_could_not_tell_are_not_told():
    lan = owing(since=date(2026, 9, 1))
    monthly()
    StandingCount.objects.create(run_id=1, day=date(2026, 10, 31), counted_at=MORNING)
    arrears.tell_batch(0, TENTH, now=MORNING)
    assert kinds(lan) == []
    StandingCount.objects.update(day=date(2026, 11, 1))
    arrears.tell_batch(0, TENTH, now=MORNING)
    assert kinds(lan) == ["arrears"]


def test_a_round_repeated_tells_nobody_twice_and_the_next_month_tells_again():
    lan = owing()
    for _ in range(3):
        arrears.tell_batch(0, TENTH, now=MORNING)
    arrears.tell_batch(0, date(2026, 12, 10), now=MORNING + timedelta(days=30))
    assert kinds(lan) == ["arrears", "arrears"]


def test_the_round_goes_on_in_batches_until_nobody_is_left(monkeypatch):
    monkeypatch.setattr(arrears, "BATCH", 1)
    both = sorted([owing(), owing(BINH)])
    waiting = ProcrastinateJob.objects.filter(task_name=arrears.JOB)

    arrears.begin(MORNING)
    for number in range(3):
        args = waiting.order_by("-id")[0].args
        assert set(args) == {"after", "day"}
        assert args["after"] == [0, *both][number]
        arrears.run(**args, now=MORNING)

    assert waiting.count() == 3
    assert [kinds(person_id) for person_id in both] == [["arrears"], ["arrears"]]


def test_one_who_cannot_be_told_does_not_keep_the_others_from_it(monkeypatch):
    first, second = sorted([owing(), owing(BINH)])
    plain = notify.tell

    def stumble(person_id, *args, **more):
        if person_id == first:
            raise ZeroDivisionError
        return plain(person_id, *args, **more)

    monkeypatch.setattr(arrears, "tell", stumble)
    arrears.tell_batch(0, TENTH, now=MORNING)
    assert (kinds(first), kinds(second)) == ([], ["arrears"])


def test_the_round_begins_on_the_tenth():
    assert [job.cron for job in periodic("accounts.arrears_begin")] == ["5 1,6 10 * *"]
    jobs.arrears_begin(int(datetime.now(VIETNAM).timestamp()))
    assert ProcrastinateJob.objects.filter(task_name=arrears.JOB).count() == 1


@pytest.mark.parametrize(
    ("now", "at"),
    [
        ("2026-11-10T08:05", None),
        ("2026-11-10T19:59", None),
        ("2026-11-11T03:45", "2026-11-11T08:05"),
        ("2026-11-11T08:00", None),
        ("2026-11-30T22:10", "2026-12-01T08:05"),
    ],
)
def test_a_round_made_up_for_later_in_the_month_waits_for_the_day(now, at):
    arrears.begin(here(now), due=here("2026-11-10T13:05"))
    (job,) = ProcrastinateJob.objects.filter(task_name=arrears.JOB)
    assert job.scheduled_at == (at and here(at))
    assert job.args == {"after": 0, "day": now[:10]}


@pytest.mark.parametrize("now", ["2026-12-01T00:00", "2026-12-09T10:00", "2027-11-10T07:00"])
def test_a_round_of_a_month_that_is_over_is_left_to_the_next(now):
    arrears.begin(here(now), due=here("2026-11-10T13:05"))
    assert not ProcrastinateJob.objects.filter(task_name=arrears.JOB).exists()


def here(text):
    return datetime.fromisoformat(f"{text}+07:00")


def periodic(name):
    from procrastinate.contrib.django import app

    return [job for (task, _id), job in app.periodic_registry.periodic_tasks.items() if task == name]


def test_the_phone_of_the_account_and_the_address_of_the_register_are_used():
    lan = owing()
    assert notify.reach(lan).phone is not None
    assert notify.reach(make_person(BINH)).phone is None
    assert vault.new_subject_id() > 0


# --- the register's phone ------------------------------------------------------------------


@pytest.mark.parametrize("phone", ["0912345678", "01681234567", "0381234567"])
def test_who_has_no_account_is_reached_at_a_phone_that_is_surely_a_mobile_number(phone):
    person_id = make_person(phone=Phone.parse(phone).reveal())
    assert notify.reach(person_id, registered=True).phone == Phone.parse(phone)


@pytest.mark.parametrize("phone", ["0383842210", "0838255555", "02253842210", "0313842210"])
def test_nothing_goes_to_what_may_be_an_old_fixed_line_and_a_strangers_mobile_number_now(phone):
    person_id = make_person(phone=Phone.parse(phone).reveal())
    assert notify.reach(person_id, registered=True).phone is None
