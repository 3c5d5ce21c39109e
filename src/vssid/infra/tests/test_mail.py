from __future__ import annotations

import json
from dataclasses import replace
from uuid import UUID

import pytest

from vssid.infra import mail
from vssid.infra.delivery import Gone, OurFault, Refused, Unavailable, Unsure
from vssid.infra.mail.log import LogMailGateway

from .smtp_sink import running

MAIL = mail.Mail(
    to="lan@example.vn",
    subject="BHXH của tôi: Có thông báo mới",
    text="Quý vị có thông báo mới.\n.\nMở ứng dụng để đọc.\n",
    message_id=UUID(int=7),
)


@pytest.fixture
def sink(settings):
    with running() as server:
        settings.MAIL_GATEWAY, settings.SMTP_SECURITY = "smtp", "none"
        settings.SMTP_HOST, settings.SMTP_PORT = "127.0.0.1", server.port
        settings.MAIL_FROM = "BHXH <khong-tra-loi@bhxh.example>"
        yield server


def test_a_message_arrives_as_it_was_written(sink):
    accepted = mail.gateway().send(MAIL)

    [kept] = sink.messages
    assert not accepted.receipts
    assert sink.envelopes == [("khong-tra-loi@bhxh.example", "lan@example.vn")]
    assert (kept["Subject"], kept["To"]) == (MAIL.subject, MAIL.to)
    assert kept.get_content().replace("\r\n", "\n") == MAIL.text
    assert kept["Message-ID"] == f"<{MAIL.message_id}@bhxh.example>"
    assert kept["Auto-Submitted"] == "auto-generated"


def test_a_pdf_goes_with_a_message_and_is_printed_nowhere(sink):
    attached = replace(MAIL, attachment=mail.Attachment("thu.pdf", b"%PDF secret"))
    mail.gateway().send(attached)
    [kept] = sink.messages
    [pdf] = kept.iter_attachments()
    assert kept.get_body().get_content().replace("\r\n", "\n") == MAIL.text
    assert (pdf.get_content_type(), pdf.get_filename()) == ("application/pdf", "thu.pdf")
    assert pdf.get_content() == b"%PDF secret"
    assert "secret" not in repr(attached)


def test_the_demo_notes_a_pdf_by_name_and_size_alone(tmp_path):
    box = LogMailGateway(tmp_path / "mail.jsonl")
    box.send(replace(MAIL, attachment=mail.Attachment("thu.pdf", b"%PDF secret")))
    line = json.loads((tmp_path / "mail.jsonl").read_text(encoding="utf-8"))
    assert line["attachment"] == "thu.pdf, 11 bytes"
    assert "secret" not in json.dumps(line)


@pytest.mark.parametrize(
    ("step", "code", "error"),
    [
        ("MAIL", 550, OurFault),
        ("RCPT", 550, Gone),
        ("RCPT", 530, OurFault),
        ("DATA", 554, Refused),
        ("END", 554, Refused),
        *[(step, 451, Unavailable) for step in ("MAIL", "RCPT", "DATA", "END")],
    ],
)
def test_a_no_is_the_address_the_message_or_ours_by_its_step(sink, step, code, error):
    sink.answers = {step: [f"{code} no"]}
    with pytest.raises(error) as refused:
        mail.gateway().send(MAIL)
    assert (type(refused.value), refused.value.reason) == (error, f"smtp_{code}")
    assert sink.messages == []


def test_what_the_text_of_a_no_says_decides_too(sink):
    sink.answers = {"END": ["550 5.7.26 mail from bhxh.example not accepted: DMARC policy"]}
    with pytest.raises(OurFault):
        mail.gateway().send(MAIL)


def test_a_password_that_is_not_taken_is_ours_and_nothing_is_sent(sink, settings):
    settings.SMTP_USERNAME, settings.SMTP_PASSWORD = "vssid", "geheim"
    sink.answers = {"EHLO": ["250-sink\r\n250 AUTH PLAIN"] * 2, "AUTH": ["535 5.7.8 no"] * 2}
    with pytest.raises(OurFault) as refused:
        mail.gateway().send(MAIL)
    assert refused.value.reason == "smtp_535"
    assert sink.messages == []


def test_the_proof_sends_nothing_and_finds_a_sender_that_is_refused(sink):
    mail.gateway().prove()
    assert [line[:4].upper() for line in sink.said] == ["EHLO", "MAIL", "RSET"]
    sink.answers = {"MAIL": ["550 5.7.1 sender not allowed"]}
    with pytest.raises(OurFault):
        mail.gateway().prove()
    assert sink.messages == []


@pytest.mark.parametrize(
    ("step", "error", "copies"),
    [("EHLO", Unavailable, 0), ("RCPT", Unavailable, 0), ("DATA", Unsure, 0), ("END", Unsure, 1)],
)
def test_a_broken_line_is_unsure_only_once_the_text_may_have_left(sink, step, error, copies):
    sink.answers = {step: ["DROP", "DROP"]}
    with pytest.raises(error):
        mail.gateway().send(MAIL)
    assert len(sink.messages) == copies


def test_no_server_is_unavailable(sink, settings):
    settings.SMTP_PORT = 1
    with pytest.raises(Unavailable):
        mail.gateway().send(MAIL)


def test_a_server_without_encryption_gets_neither_password_nor_message(sink, settings):
    settings.SMTP_SECURITY, settings.SMTP_USERNAME, settings.SMTP_PASSWORD = "starttls", "u", "geheim"
    with pytest.raises(OurFault) as refused:
        mail.gateway().send(MAIL)
    assert refused.value.reason == "not_supported"
    assert [line for line in sink.said if not line.upper().startswith("EHLO")] == []


@pytest.mark.parametrize("to", ["a@b.vn\r\nRCPT TO:<x@y.vn>", "lần@ví-dụ.vn"])
def test_an_address_that_mail_cannot_carry_is_refused_before_anything_is_said(sink, to):
    with pytest.raises(Gone) as refused:
        mail.gateway().send(replace(MAIL, to=to))
    assert refused.value.reason == "address"
    assert sink.said == []


def test_the_demo_keeps_its_mail_in_a_file_of_its_own(settings, tmp_path):
    settings.DATA, settings.MAIL_GATEWAY = tmp_path, "log"

    assert mail.gateway().send(MAIL).delivered

    path = tmp_path / "demo" / "mail.jsonl"
    assert json.loads(path.read_text())["to"] == MAIL.to
    assert path.stat().st_mode & 0o077 == 0


def test_neither_address_nor_text_nor_password_is_printed(sink):
    shown = repr(MAIL) + repr(mail.gateway())
    assert "lan@" not in shown
    assert "Quý vị" not in shown
