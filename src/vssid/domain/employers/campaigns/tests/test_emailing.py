"""Letters of a campaign by e-mail: once, none after a stop, and by post where it does not arrive."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pypdfium2 as pdfium
import pytest

from tests.making import roll_out
from tests.making.employers import BIEN_XANH, SAO_MAI, make_hr
from tests.making.roll_out import FIRST, SECOND
from vssid.domain.audit.models import Event
from vssid.domain.employers.entries import actions as entries
from vssid.domain.employers.entries import letter
from vssid.domain.employers.models import Entry, Mailing, Part, Target, Wave
from vssid.domain.employers.seats.roles import Role
from vssid.domain.notifications.models import Message
from vssid.domain.notifications.outbox import dead_addresses, sending, sweeping
from vssid.domain.participants.models.participation import Employer
from vssid.infra.tests import smtp_sink
from vssid.infra.tests.smtp_sink import SmtpSink
from vssid.kernel.actor import SYSTEM
from vssid.kernel.email_address import EmailAddress
from vssid.kernel.errors import Invalid

from .. import emailing, following, posting, printing, queries, results, retention, running, waves, writing
from ..errors import NotPrinted
from ..results import Asked
from ..rules import WaveWritten
from .campaigns_made import DAY, NOW, codes_of, make_campaign, make_employer, print_all, run_campaign

pytestmark = pytest.mark.django_db
WITHIN = results.Within({FIRST, SECOND})
THIRD, ADDRESS = "TZ0003A", "hr@sao-mai.example"
WEEK, HOUR = timedelta(days=7), timedelta(hours=1)


@pytest.fixture(autouse=True)
def sink(settings: Any) -> Iterator[SmtpSink]:
    with smtp_sink.running() as server:
        settings.MAIL_GATEWAY, settings.SMTP_SECURITY = "smtp", "none"
        settings.SMTP_HOST, settings.SMTP_PORT = "127.0.0.1", server.port
        yield server


@pytest.fixture(autouse=True)
def no_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test itself is one."""
    monkeypatch.setattr("vssid.infra.mail.smtp.require_no_transaction", lambda _what: None)


@pytest.fixture(autouse=True)
def places() -> None:
    roll_out.make_offices()
    make_employer(SAO_MAI, FIRST, 100, name="Công ty Sao Mai (mẫu)")
    make_employer(BIEN_XANH, SECOND, 20, name="Công ty Biển Xanh (mẫu)")
    make_employer(THIRD, FIRST, 3)
    Employer.objects.filter(code=SAO_MAI).update(email=ADDRESS)


def begun(*kinds: str, way: str = "email") -> int:
    campaign = make_campaign(*(kinds or ("letter",)), way=way)
    run_campaign(campaign)
    print_all(campaign)
    return campaign


def send(now: datetime = NOW) -> None:
    """As the jobs of the outbox do it."""
    for message in Message.objects.filter(kind=emailing.KIND).order_by("created_at", "id"):
        sending.attempt(message.subject_id, message.id, clock=lambda: now)


def state() -> tuple[str, str]:
    message = Message.objects.get(kind=emailing.KIND)
    return message.state, message.reason


def text_of(mail: Any) -> str:
    (pdf,) = mail.iter_attachments()
    pages = pdfium.PdfDocument(io.BytesIO(pdf.get_content()))
    assert len(pages) == 1
    return " ".join(pages[0].get_textpage().get_text_bounded().split())


def code_in(text: str) -> str:
    return text.partition("Mã một lần: ")[2][:24]


def test_who_has_an_address_gets_its_own_letter_by_e_mail_and_the_others_go_by_post(sink: SmtpSink) -> None:
    campaign = begun()
    assert set(codes_of(campaign)) == {BIEN_XANH, THIRD}
    wave = Wave.objects.get()
    assert {line.code for line in queries.post_list(wave.id, campaign, part=None, now=NOW)} == {
        BIEN_XANH,
        THIRD,
    }
    send()
    (mail,) = sink.messages
    assert mail["To"] == ADDRESS
    assert mail["Subject"] == "BHXH: thư mời đơn vị vào hệ thống giao dịch điện tử"
    text = text_of(mail)
    assert "Công ty Sao Mai (mẫu)" in text
    assert "224/BHXH-MẪU" in text
    assert entries.look(SAO_MAI, code_in(text), address="203.0.113.9", now=NOW).employer_code == SAO_MAI


def test_the_mail_says_which_office_and_holds_no_link_no_code_and_no_name(sink: SmtpSink) -> None:
    begun()
    send()
    (mail,) = sink.messages
    body = mail.get_body(("plain",))
    assert body is not None
    said = body.get_content()
    assert "BHXH 03100 (MẪU)".lower() in said.lower()
    assert "224/BHXH-MẪU ngày 18/11/2026" in said
    assert "://" not in said
    assert "Sao Mai" not in said
    assert code_in(text_of(mail)) not in said
    assert next(iter(mail.iter_attachments())).get_filename() == f"thu-moi-{SAO_MAI}.pdf"


@pytest.mark.parametrize(
    ("is_set", "said"), [(True, "Tệp này có chữ ký số"), (False, "(ký, ghi rõ họ tên, đóng dấu)")]
)
def test_the_pdf_is_signed_where_there_is_a_certificate_and_says_so(
    sink: SmtpSink, monkeypatch: pytest.MonkeyPatch, is_set: bool, said: str
) -> None:
    monkeypatch.setattr("vssid.domain.statements.signing.is_set", lambda: is_set)
    begun()
    send()
    (mail,) = sink.messages
    (pdf,) = mail.iter_attachments()
    assert said in text_of(mail)
    assert (b"/ByteRange" in pdf.get_content()) == is_set


def test_the_code_lies_nowhere_in_clear_and_nothing_is_kept_once_it_was_sent(
    sink: SmtpSink, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    begun()
    waiting = Message.objects.get(kind=emailing.KIND)
    send()
    code = code_in(text_of(sink.messages[0]))
    for plain in (code, code.replace("-", "")):
        assert plain.encode() not in bytes(waiting.body or b"")
        assert plain not in caplog.text + "".join(capsys.readouterr())
        assert plain not in json.dumps(list(Event.objects.values_list("facts", flat=True)))
    assert Message.objects.get(kind=emailing.KIND).body is None


def test_both_ways_are_one_letter_with_one_code(sink: SmtpSink) -> None:
    campaign = begun(way="both")
    send()
    assert code_in(text_of(sink.messages[0])) == codes_of(campaign)[SAO_MAI]
    assert Part.objects.get().papers == 3
    assert len(queries.post_list(Wave.objects.get().id, campaign, part=None, now=NOW)) == 3


def test_a_job_that_came_again_and_a_part_printed_again_send_nothing_twice(sink: SmtpSink) -> None:
    campaign = begun()
    assert not printing.print_part(Part.objects.get().id, now=NOW)
    for _again in range(3):
        send()
        running.run_all(NOW + HOUR)
        print_all(campaign, NOW + HOUR)
    assert len(sink.messages) == 1
    assert Part.objects.count() == 1


def test_a_worker_that_dies_while_it_writes_the_letters_leaves_no_message(
    sink: SmtpSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = make_campaign("letter", way="email")
    run_campaign(campaign)

    def dies(*_args: object) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as broken:
        broken.setattr(emailing, "note", dies)
        with pytest.raises(RuntimeError):
            printing.print_part(Part.objects.get().id, now=NOW)
    assert not Message.objects.filter(kind=emailing.KIND).exists()
    print_all(campaign)
    send()
    assert len(sink.messages) == 1


def test_an_address_that_changes_while_letters_are_set_is_the_one_that_gets_it(
    sink: SmtpSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign, render, changed = make_campaign("letter", way="email"), letter.render, list[bool]()
    run_campaign(campaign)

    def slow(told: list[letter.Letter], **more: Any) -> bytes:
        if not changed:
            changed.append(True)
            Employer.objects.filter(code=SAO_MAI).update(email="moi@sao-mai.example")
        return render(told, **more)

    monkeypatch.setattr(letter, "render", slow)
    print_all(campaign)
    send()
    assert [mail["To"] for mail in sink.messages] == ["moi@sao-mai.example"]


def test_an_address_that_changed_before_it_was_sent_gets_the_letter_instead(sink: SmtpSink) -> None:
    campaign = begun()
    Employer.objects.filter(code=SAO_MAI).update(email="moi@sao-mai.example")
    send()
    assert (sink.messages, state()) == ([], ("expired", "changed_address"))
    running.run_all(NOW + HOUR)
    print_all(campaign, NOW + HOUR)
    send(NOW + HOUR)
    assert [mail["To"] for mail in sink.messages] == ["moi@sao-mai.example"]
    assert Target.objects.get(employer_id=SAO_MAI).letters == 1


def test_an_address_that_was_taken_out_before_it_was_sent_leaves_the_letter_to_the_post(
    sink: SmtpSink,
) -> None:
    campaign = begun()
    Employer.objects.filter(code=SAO_MAI).update(email="")
    send()
    running.run_all(NOW + HOUR)
    print_all(campaign, NOW + HOUR)
    assert (sink.messages, Part.objects.get(is_instead=True).papers) == ([], 1)


def test_an_employer_that_came_in_before_it_was_sent_gets_nothing(sink: SmtpSink) -> None:
    campaign = begun()
    make_hr("Tuấn", (SAO_MAI, Role.ADMINISTRATOR), now=NOW)
    send()
    running.run_all(NOW + HOUR)
    assert (sink.messages, state()) == ([], ("expired", "void"))
    assert print_all(campaign, NOW + HOUR) == 0
    assert Mailing.objects.get(employer_code=SAO_MAI).email == "void"


def test_while_the_campaign_is_stopped_nothing_leaves_and_then_it_does_once(sink: SmtpSink) -> None:
    campaign = begun()
    running.stop(campaign, by=SYSTEM, now=NOW)
    send()
    assert (sink.messages, state()) == ([], ("created", "held"))
    running.resume(campaign, by=SYSTEM, now=NOW + HOUR)
    sweeping.sweep(NOW + 2 * HOUR)
    send(NOW + 2 * HOUR)
    send(NOW + 2 * HOUR)
    assert len(sink.messages) == 1


def test_of_a_campaign_that_ended_no_letter_leaves_and_none_is_written_instead(sink: SmtpSink) -> None:
    campaign = begun()
    running.end(campaign, by=SYSTEM, now=NOW)
    send()
    running.run_all(NOW + HOUR)
    assert (sink.messages, state(), Part.objects.count()) == ([], ("expired", "void"), 1)
    assert following.write_instead(campaign, NOW + HOUR) == 0


def test_a_letter_that_is_refused_goes_by_post_with_another_code_once(sink: SmtpSink) -> None:
    campaign = begun()
    sink.answers = {"RCPT": ["550 5.1.1 no such user"]}
    first = Entry.objects.get(employer_id=SAO_MAI)
    send()
    for _again in range(2):
        running.run_all(NOW + HOUR)
        print_all(campaign, NOW + HOUR)
    instead = Part.objects.get(is_instead=True)
    assert (instead.letters, instead.papers, instead.emailed) == (1, 1, 0)
    assert [line.code for line in queries.post_list(instead.wave_id, campaign, part=2, now=NOW)] == [SAO_MAI]
    entries.look(SAO_MAI, codes_of(campaign)[SAO_MAI], address="203.0.113.9", now=NOW + HOUR)
    first.refresh_from_db()
    assert first.cancelled_at == NOW + HOUR
    assert Target.objects.get(employer_id=SAO_MAI).letters == 1
    assert Event.objects.get(kind="campaign.emails_failed").facts["letters"] == 1
    (line,) = queries.waves(campaign)
    assert (line.letters, line.printed, line.emails.failed, line.papers, line.sent) == (3, 3, 1, 2, 0)


def test_an_address_that_took_nothing_before_is_spared(sink: SmtpSink) -> None:
    sink.answers = {"RCPT": ["550 5.1.1 no such user"]}
    begun()
    send()
    assert dead_addresses.of(EmailAddress(ADDRESS)) is not None
    other = make_campaign("letter", letter_number="2", way="email")
    Entry.objects.update(cancelled_at=NOW)
    run_campaign(other)
    print_all(other)
    assert Part.objects.get(wave__campaign_id=other).papers == 3


def test_a_server_that_is_away_is_tried_again_and_after_some_days_the_letter_goes_by_post(
    sink: SmtpSink, settings: Any
) -> None:
    campaign, port = begun(), settings.SMTP_PORT
    settings.SMTP_PORT = 1
    send()
    assert state() == ("created", "no_connection")
    settings.SMTP_PORT = port
    late = NOW + emailing.LIFE
    sweeping.sweep(late)
    send(late)
    assert (sink.messages, state()) == ([], ("expired", "unsent"))
    running.run_all(late)
    print_all(campaign, late)
    assert SAO_MAI in codes_of(campaign)


def test_a_reminder_goes_by_e_mail_and_an_older_letter_that_waits_does_not_leave(sink: SmtpSink) -> None:
    campaign = begun("letter", "reminder")
    assert emailing.LIFE < WEEK
    waves.begin_due(campaign, NOW + WEEK)
    print_all(campaign, NOW + WEEK)
    send(NOW + WEEK)
    assert "số 224/BHXH-MẪU ngày 18/11/2026" in text_of(*sink.messages)
    following.note_all(NOW + WEEK)
    assert following.write_instead(campaign, NOW + WEEK) == 0


def test_one_whose_newer_letter_is_under_way_gets_nothing_instead_of_the_older(sink: SmtpSink) -> None:
    campaign = begun("letter", "reminder")
    Message.objects.update(state="failed", reason="smtp_550", body=None, ended_at=NOW)
    waves.begin_due(campaign, NOW + WEEK)
    print_all(campaign, NOW + WEEK)
    following.note_all(NOW + WEEK)
    assert following.write_instead(campaign, NOW + WEEK) == 0
    assert Mailing.objects.get(wave__kind="letter", employer_code=SAO_MAI).email == "void"
    send(NOW + WEEK)
    assert len(sink.messages) == 1


def test_figures_tell_sent_under_way_and_failed_and_posting_leaves_e_mails_out(sink: SmtpSink) -> None:
    campaign = begun()
    counted = results.results(campaign, within=WITHIN, on=DAY)
    assert (counted.emails.waiting, counted.emails.sent, counted.reached(results.Step.POSTED)) == (1, 0, 0)
    send()
    following.note_all(NOW)
    counted = results.results(campaign, within=WITHIN, on=DAY)
    assert (counted.emails.waiting, counted.emails.sent, counted.reached(results.Step.POSTED)) == (0, 1, 1)
    (line,) = queries.waves(campaign)
    assert (line.posted, line.emails.sent, line.papers, line.sent) == (1, 1, 1, 0)
    posting.post(Part.objects.get().id, campaign, by=SYSTEM, now=NOW + HOUR)
    (line,) = queries.waves(campaign)
    assert (line.posted, line.sent) == (3, 1)
    told = {
        one.code: (one.email, one.posted_at)
        for one in results.listed(campaign, Asked(), within=WITHIN, on=DAY)
    }
    assert told[SAO_MAI] == ("sent", NOW)
    assert told[THIRD] == ("", NOW + HOUR)


def test_a_part_without_paper_is_not_taken_and_waits_for_no_post() -> None:
    Employer.objects.filter(code__in=[BIEN_XANH, THIRD]).update(email="hr@khac.example")
    campaign = begun()
    with pytest.raises(NotPrinted):
        posting.take(Part.objects.get().id, campaign, by=SYSTEM, now=NOW)
    (line,) = queries.waves(campaign)
    assert (line.papers, line.printed, line.emails.waiting) == (0, 3, 3)
    assert retention.erase_old(NOW + 10 * WEEK) == 0


def test_letters_by_post_alone_send_no_e_mail(sink: SmtpSink) -> None:
    begun(way="post")
    assert not Message.objects.filter(kind=emailing.KIND).exists()


def test_e_mail_is_refused_where_none_is_sent_and_an_unknown_way_too(settings: Any) -> None:
    campaign = make_campaign()
    with pytest.raises(Invalid) as refused:
        writing.add_wave(campaign, WaveWritten("letter", DAY, way="pigeon"), by=SYSTEM, now=NOW)
    assert refused.value.fields == {"way": "bad_choice"}
    settings.MAIL_GATEWAY = "off"
    with pytest.raises(Invalid) as refused:
        writing.add_wave(campaign, WaveWritten("letter", DAY, way="both"), by=SYSTEM, now=NOW)
    assert refused.value.fields == {"way": "no_mail"}


def test_where_e_mail_was_switched_off_since_all_letters_are_on_paper(settings: Any) -> None:
    campaign = make_campaign("letter", way="email")
    run_campaign(campaign)
    settings.MAIL_GATEWAY = "off"
    print_all(campaign)
    assert Part.objects.get().papers == 3
