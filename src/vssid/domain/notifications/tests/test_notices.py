from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation
from procrastinate.contrib.django.models import ProcrastinateJob

from vssid.domain.vault import sealing as vault
from vssid.infra import push
from vssid.kernel.email_address import EmailAddress
from vssid.kernel.errors import NotYours
from vssid.kernel.ids import Phone

from .. import languages
from ..inbox import choices, notices, queries, retention, retention_job, words
from ..inbox.kinds import DEFAULTS, KINDS, LINKS, Channel, Topic, offered
from ..inbox.notices import Reach
from ..models.messages import Choice, Message, Notice
from ..outbox import bodies
from .fakes import NOW, PHONE, subscribe

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
LAN = Reach(Phone.parse(PHONE), EmailAddress.parse("lan@example.vn"))
SEEN = {"at": NOW.isoformat(), "device": "Chrome · Android"}
WITH_LETTER = [
    kind
    for kind, notice_kind in KINDS.items()
    if notice_kind.topic is Topic.SECURITY and Channel.EMAIL in notice_kind.channels
]
# Every kind with facts as the rooms give them.
DAY = "00000000-0000-4000-8000-000000000000"
FACTS: dict[str, dict[str, Any]] = {
    "application_received": {
        "at": NOW.isoformat(),
        "number": "00001/2026/03101",
        "due": "2026-03-12",
        "office": "BHXH quận Hồng Bàng",
    },
    **{
        f"application_{state}": {"number": "00001/2026/03101", "at": NOW.isoformat()}
        for state in ("approved", "refused", "expired", "withdrawn")
    },
    "arrears": {
        "employers": [
            {
                "code": "TZ0001A",
                "name": "Công ty TNHH Sao Mai",
                "funds": [{"scheme": "tnld", "first": "2025-12-01", "last": "2026-02-01"}],
            }
        ]
    },
    "password_changed": SEEN,
    "new_device": SEEN,
    "session_ended": SEEN,
    **{
        kind: {"at": NOW.isoformat()}
        for kind in (
            "password_reset",
            "password_reissued",
            "passkey_added",
            "passkey_removed",
            "passkey_suspect",
            "contact_asked",
            "email_changed",
            "account_frozen",
            "account_thawed",
            "closing_undone",
            "account_closed",
            "request_refused",
        )
    },
    "address_dead": {"at": NOW.isoformat(), "to": "l•••@example.vn"},
    "phone_changed": {"at": NOW.isoformat(), "masked": "xxx 678"},
    "phone_set": {"at": NOW.isoformat(), "masked": "xxx 678", "hours": 720},
    "reset_later": {"at": NOW.isoformat(), "until": "14:03, 22/11/2026"},
    "closing_asked": {"at": NOW.isoformat(), "close": "2026-12-06"},
    **{
        f"procedure_{result}": {"at": NOW.isoformat(), "number": "DV-000012", "request": 12}
        for result in ("done", "refused", "more")
    },
    "ticket_answered": {"at": NOW.isoformat(), "number": "TN-000012", "ticket": 12},
    **{
        f"family_{state}": {"at": NOW.isoformat(), "number": "GD-000012", "request": 12}
        for state in ("approved", "refused")
    },
    **{
        kind: {"at": NOW.isoformat()}
        for kind in (
            "family_second",
            "family_ended",
            "family_of_age",
            "family_own",
            "trusted_named",
            "trusted_used",
        )
    },
    "test": {},
    "application_unsigned": {"at": NOW.isoformat(), "number": "1", "due": "2026-12-01"},
    "employer_list_closed": {
        "at": NOW.isoformat(),
        "employer": "Sao Mai",
        "number": "BK1",
        "list": 1,
        "listed": 3,
        "received": 2,
        "missing": 1,
        "unsigned": 0,
        "other": 0,
        "extra": 0,
    },
    "employer_form_unsigned": {"at": NOW.isoformat(), "employer": "Sao Mai", "number": "BK1", "list": 1},
    "employer_asked_to_invite": {
        "at": NOW.isoformat(),
        "employer": "Sao Mai",
        "number": "224/BHXH",
        "letter_on": "18/11/2026",
        "many": 3,
    },
    "employer_correction_answered": {"at": NOW.isoformat(), "employer": "Sao Mai", "number": "SD-1"},
    **{
        kind: {
            "at": NOW.isoformat(),
            "employer": "Sao Mai",
            "due": "2026-12-04",
            "day": DAY,
            "officer": "Minh",
        }
        for kind in ("employer_day_accepted", "employer_day_officer", "employer_day_declined")
    },
    **{
        f"registration_day_{what}": {
            "employer": "Sao Mai",
            "due": "2026-12-04",
            "time": "08:00",
            "place": "P1",
        }
        for what in ("booked", "soon", "named", "off", "replaced", "ended")
    },
    "sms_cap_near": {"scope": "codes", "used": 80, "most": 100},
    "sms_cap_used_up": {"scope": "kind:account_frozen", "used": 100, "most": 100},
}


@pytest.fixture(autouse=True)
def offers(settings):
    settings.VAPID_KEY, settings.PUSH_LOOPBACK, settings.MAIL_GATEWAY = push.new_key_text(), True, "log"


def notify(person_id, kind="new_device", reach=LAN, now=NOW, **more):
    return notices.notify(person_id, kind, now=now, facts=FACTS[kind], reach=lambda: reach, **more)


def sent(person_id) -> list[str]:
    return sorted(Message.objects.filter(subject_id=person_id).values_list("channel", flat=True))


def body(person_id, channel):
    row = Message.objects.get(subject_id=person_id, channel=channel)
    return bodies.of(row)


@pytest.fixture
def lan() -> int:
    return vault.new_subject_id()


def test_every_kind_has_words_facts_and_a_default():
    assert KINDS.keys() == LINKS.keys() == FACTS.keys()
    assert DEFAULTS.keys() == set(Topic)
    assert choices.CHOOSABLE == (Topic.APPLICATION, Topic.ARREARS, Topic.RESULTS, Topic.SECURITY)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_notice_can_be_read_in_both_languages(lan, kind, language):
    view = queries.notice(lan, notify(lan, kind))
    with translation.override(language):
        said = [words.title(kind), *words.paragraphs(kind, view.facts)]
    assert all(said)
    assert not any("%(" in text for text in said)


def test_days_and_moments_are_written_the_vietnamese_way():
    assert words.paragraphs("application_received", FACTS["application_received"])[:2] == [
        "Hồ sơ số 00001/2026/03101 đã được nhận lúc 08:00, 02/03/2026.",
        "Hãy mang tờ khai đã ký và bản chính giấy tờ đến BHXH quận Hồng Bàng, chậm nhất ngày 12/03/2026.",
    ]
    assert words.paragraphs("arrears", FACTS["arrears"])[:2] == [
        "Thời gian chưa ghi nhận đóng tại đơn vị TZ0001A - Công ty TNHH Sao Mai:",
        "BHTNLĐ-BNN: từ tháng 12/2025 đến tháng 02/2026",
    ]


def test_a_notice_lands_in_the_inbox_sealed_and_unread(lan):
    notice_id = notify(lan)

    row = Notice.objects.get(person_id=lan)
    assert (row.id, row.read_at, row.link) == (notice_id, None, "/thiet-bi")
    assert b"Android" not in bytes(row.sealed or b"")
    assert queries.unread(lan) == 1
    assert queries.notice(lan, row.id).facts == SEEN


def test_a_missing_fact_is_refused_when_it_is_raised_and_not_when_it_is_read(lan):
    with pytest.raises(KeyError):
        notices.notify(lan, "new_device", now=NOW, facts={"at": NOW.isoformat()})
    assert not Notice.objects.exists()


def test_security_goes_out_by_every_way_and_cannot_be_switched_off(lan):
    subscribe(lan)
    choices.choose(lan, {Topic.SECURITY: []}, now=NOW)

    notify(lan)

    assert sent(lan) == ["email", "push", "sms"]
    assert not Choice.objects.filter(topic="security").exists()
    assert choices.table(lan)[Topic.SECURITY] == frozenset(Channel)


def test_a_row_that_switches_security_off_is_not_obeyed(lan):
    Choice.objects.create(person_id=lan, topic="security", channel="sms", wanted=False)
    assert choices.channels_for(lan, Topic.SECURITY) == frozenset(Channel)
    assert choices.table(lan)[Topic.SECURITY] == frozenset(Channel)


def test_the_inbox_holds_a_notice_also_when_every_channel_is_off(lan):
    subscribe(lan)
    choices.choose(lan, {Topic.ARREARS: [], Topic.APPLICATION: []}, now=NOW)

    notify(lan, "arrears")
    notify(lan, "application_refused")

    assert sent(lan) == []
    assert queries.unread(lan) == 2


def test_sms_of_arrears_is_sent_only_when_it_was_chosen(lan):
    notify(lan, "arrears")
    assert sent(lan) == ["email"]
    choices.choose(lan, {Topic.ARREARS: [Channel.SMS]}, now=NOW)
    notify(lan, "arrears")
    assert sent(lan) == ["email", "sms"]


def test_choosing_one_topic_leaves_the_others_and_another_person_alone(lan):
    other = vault.new_subject_id()
    choices.choose(lan, {Topic.ARREARS: []}, now=NOW)
    assert choices.table(lan)[Topic.APPLICATION] == DEFAULTS[Topic.APPLICATION]
    assert choices.table(other)[Topic.ARREARS] == DEFAULTS[Topic.ARREARS]
    assert Channel.SMS not in offered(Topic.APPLICATION), "the application's own texts are sent anyway"


def test_nobody_is_asked_for_a_phone_that_is_not_needed(lan):
    choices.choose(lan, {Topic.ARREARS: [Channel.PUSH]}, now=NOW)

    def reach() -> Reach:
        raise AssertionError

    notices.notify(lan, "arrears", now=NOW, facts=FACTS["arrears"], reach=reach)
    assert queries.unread(lan) == 1


def test_a_person_who_cannot_be_reached_has_the_inbox(lan):
    notify(lan, reach=Reach())
    assert sent(lan) == []
    assert queries.unread(lan) == 1


def test_what_is_not_offered_here_is_not_queued(lan, settings):
    settings.MAIL_GATEWAY = "off"
    notify(lan)
    assert sent(lan) == ["sms"]


def test_nothing_outside_the_app_says_more_than_that_there_is_a_notice(lan):
    subscribe(lan)
    notice_id = notify(lan)

    assert body(lan, "push")["payload"] == {"title": "Có thông báo mới", "id": str(notice_id)}
    outside = "".join(str(body(lan, channel)) for channel in ("push", "email", "sms"))
    assert "Android" not in outside
    assert "http" not in outside.lower()
    assert body(lan, "email")["subject"] == "BHXH: Đăng nhập trên thiết bị mới"


@pytest.mark.parametrize("kind", WITH_LETTER)
def test_what_concerns_safety_goes_out_by_text_and_letter_in_words_with_every_fact(lan, kind):
    notify(lan, kind)
    said = [body(lan, "email")["text"]]
    if Channel.SMS in KINDS[kind].channels:
        said.append(body(lan, "sms")["text"])
    assert not any(sign in text for text in said for sign in ("{", "%(", "T01:00"))


def test_a_letter_to_who_is_shut_out_says_it_all(lan):
    notify(lan, "account_frozen")
    letter = body(lan, "email")
    assert letter["subject"] == "BHXH: Tài khoản đã khóa"
    assert "Tài khoản đã khóa lúc 08:00, 02/03/2026" in letter["text"]
    assert "The account was frozen" not in letter["text"]
    assert "mục Thông báo" not in letter["text"], "the inbox cannot be opened"


def test_who_chose_english_is_told_in_english_by_every_channel(lan):
    languages.choose(lan, "en", now=NOW)
    subscribe(lan)
    notify(lan, "account_frozen")
    letter = body(lan, "email")
    assert letter["subject"] == "BHXH: Your account was frozen"
    assert "The account was frozen" in letter["text"]
    assert "Tài khoản" not in letter["text"]
    assert body(lan, "sms")["text"].startswith("BHXH: your account was FROZEN at 08:00, 02/03/2026")
    assert body(lan, "push")["payload"]["title"] == "You have a new notice"
    notify(lan, "new_device")
    hint = bodies.of(Message.objects.get(kind="new_device", channel="email"))["text"]
    assert hint.startswith("You have a new notice: ")
    assert "bạn" not in hint


def test_a_choice_made_later_holds_for_the_next_message(lan):
    languages.choose(lan, "en", now=NOW)
    languages.choose(lan, "vi", now=NOW)
    notify(lan, "account_frozen")
    assert body(lan, "sms")["text"].startswith("BHXH: tai khoan da KHOA")
    with pytest.raises(ValueError, match="de"):
        languages.choose(lan, "de", now=NOW)
    assert languages.of(lan) is languages.Language.VI


def test_a_phone_that_was_replaced_hears_of_it_too(lan):
    new = Phone.parse("0987654321")
    notify(lan, "phone_changed", reach=Reach(phone=new, before=Phone.parse(PHONE)))
    rows = Message.objects.filter(subject_id=lan, channel="sms").values_list("to_masked", flat=True)
    assert sorted(row[-3:] for row in rows) == ["321", "678"]
    assert queries.unread(lan) == 1


def test_job_arguments_are_ids_only(lan):
    subscribe(lan)
    notify(lan)

    jobs = ProcrastinateJob.objects.filter(task_name="notifications.send")
    assert jobs.count() == 3
    assert all(set(job.args) == {"subject_id", "message_id"} for job in jobs)


def test_the_same_once_is_told_once(lan):
    assert notify(lan, "arrears", once="2026-03") is not None
    assert notify(lan, "arrears", once="2026-03") is None
    assert notify(lan, "arrears", once="2026-04") is not None
    assert queries.unread(lan) == 2
    assert sent(lan) == ["email", "email"]


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_caller_leaves_neither_notice_nor_message(lan):
    def decide() -> None:
        with transaction.atomic():
            notify(lan)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        decide()
    assert not Notice.objects.exists()
    assert not Message.objects.exists()


def test_reading_twice_keeps_the_first_time(lan):
    notice_id = notify(lan)
    notices.mark_read(lan, notice_id, now=NOW + SECOND)
    notices.mark_read(lan, notice_id, now=NOW + 9 * SECOND)
    assert queries.notice(lan, notice_id).read_at == NOW + SECOND
    assert queries.unread(lan) == 0


def test_another_persons_notice_is_neither_shown_nor_marked(lan):
    notice_id, other = notify(lan), vault.new_subject_id()
    with pytest.raises(NotYours):
        queries.notice(other, notice_id)
    with pytest.raises(NotYours):
        notices.mark_read(other, notice_id, now=NOW)
    assert notices.mark_all_read(other, until=NOW, now=NOW) == 0
    assert queries.unread(lan) == 1


def test_reading_all_leaves_what_came_after_the_page_was_made(lan):
    notify(lan)
    notify(lan, now=NOW + 5 * SECOND)
    assert notices.mark_all_read(lan, until=NOW + SECOND, now=NOW + 9 * SECOND) == 1
    assert queries.unread(lan) == 1


def test_the_inbox_is_paged_newest_first(lan):
    made = [notify(lan, "test", now=NOW + n * SECOND) for n in range(45)]

    pages = [queries.page(lan, number) for number in (1, 2, 3)]

    assert [notice.id for page in pages for notice in page.notices] == made[::-1]
    assert (pages[0].pages, pages[0].count) == (3, 45)
    assert queries.page(lan, 99).number == 3
    assert queries.page(vault.new_subject_id()).notices == ()


def test_a_link_out_of_the_app_is_refused_by_the_database(lan):
    notify(lan)
    for link in ("https://evil.example", "//evil.example", "thiet-bi", "/a?b=1"):
        with pytest.raises(IntegrityError, match="notice_link_inside"), transaction.atomic():
            Notice.objects.filter(person_id=lan).update(link=link)


def test_a_read_notice_goes_after_its_term_and_an_unread_one_stays(monkeypatch):
    monkeypatch.setattr(retention_job, "BATCH", 1)
    for number, read_at in enumerate((NOW, NOW, None)):
        Notice.objects.create(
            person_id=7001,
            id=uuid4(),
            kind="test",
            link="/",
            once=str(number),
            created_at=NOW,
            read_at=read_at,
        )
    term = timedelta(days=retention.term(NOW.date()).days)
    assert retention_job.remove_old(NOW + term) == 0
    later = NOW + term + timedelta(minutes=1)
    assert (retention_job.remove_old(later), retention_job.remove_old(later)) == (2, 0)
    assert Notice.objects.get().read_at is None
