"""Whose fault each provider's refusal is, a line a row of the tables and more."""

from __future__ import annotations

import pytest

from vssid.infra.delivery.verdicts import KANNEL, PUSH, SMTP, Fault, Row, Step, judge

OURS, ADDRESS, MESSAGE, NOBODY = Fault.OURS, Fault.ADDRESS, Fault.MESSAGE, Fault.NOBODY


@pytest.mark.parametrize(
    ("step", "code", "says", "fault"),
    [
        (Step.HELLO, 554, "5.7.1 no service for you here", OURS),
        (Step.HELLO, 421, "too many connections", NOBODY),
        (Step.HELLO, -1, "this is no mail server", OURS),
        (Step.LOGIN, 535, "5.7.8 Username and Password not accepted", OURS),
        (Step.LOGIN, 534, "5.7.9 Please log in with your web browser", OURS),
        (Step.LOGIN, 454, "4.7.0 Temporary authentication failure", NOBODY),
        (Step.MAIL, 530, "5.7.0 Authentication required", OURS),
        (Step.MAIL, 550, "5.7.1 Sender not allowed", OURS),
        (Step.MAIL, 550, "5.1.1 no such user", OURS),
        (Step.MAIL, 553, "sorry, that domain is not in my list", OURS),
        (Step.MAIL, 451, "4.3.0 try again", NOBODY),
        (Step.RCPT, 550, "5.1.1 The email account that you tried to reach does not exist", ADDRESS),
        (Step.RCPT, 550, "no", ADDRESS),
        (Step.RCPT, 553, "5.1.3 bad address syntax", ADDRESS),
        (Step.RCPT, 556, "5.1.10 domain does not accept mail", ADDRESS),
        (Step.RCPT, 550, "5.4.1 Recipient address rejected: Access denied", ADDRESS),
        (Step.RCPT, 552, "5.2.2 mailbox full", ADDRESS),
        (Step.RCPT, 550, "5.7.1 Relaying denied", OURS),
        (Step.RCPT, 554, "5.7.1 <lan@thu.example>: Relay access denied", OURS),
        (Step.RCPT, 550, "5.1.8 sender's domain does not exist", OURS),
        (Step.RCPT, 554, "Service unavailable; client host blocked using zen.spamhaus.org", OURS),
        (Step.RCPT, 530, "Authentication required", OURS),
        (Step.RCPT, 503, "bad sequence of commands", OURS),
        (Step.RCPT, 450, "4.2.0 greylisted", NOBODY),
        (Step.RCPT, 452, "4.2.2 over quota", NOBODY),
        (Step.DATA, 554, "no valid recipients", MESSAGE),
        (Step.END, 550, "5.7.26 Unauthenticated email is not accepted due to DMARC policy", OURS),
        (Step.END, 550, "SPF check failed", OURS),
        (Step.END, 421, "4.7.26 This mail has been rate limited: it is unauthenticated", OURS),
        (Step.END, 451, "4.7.32 DKIM did not pass", OURS),
        (Step.END, 552, "5.3.4 message size exceeds the limit", MESSAGE),
        (Step.END, 554, "5.6.0 content rejected", MESSAGE),
        (Step.END, 550, "5.1.1 user unknown", ADDRESS),
        (Step.END, 452, "4.3.1 disk full", NOBODY),
    ],
)
def test_a_mail_servers_no(step, code, says, fault):
    assert judge(SMTP, code, says, step) is fault


@pytest.mark.parametrize(
    ("code", "says", "fault"),
    [
        (404, "", ADDRESS),
        (410, '{"reason":"Unregistered"}', ADDRESS),
        (410, '{"errno":106}', ADDRESS),
        (413, "", MESSAGE),
        (400, '{"reason":"BadDeviceToken"}', ADDRESS),
        (400, "InvalidRegistration", ADDRESS),
        (400, '{"reason":"VapidPkHashMismatch"}', OURS),
        (400, '{"reason":"BadWebPushTopic"}', OURS),
        (400, "UnauthorizedRegistration", OURS),
        (400, "crypto-key header had invalid format", OURS),
        (401, '{"errno":109,"message":"Invalid Authorization header"}', OURS),
        (403, '{"reason":"BadJwtToken"}', OURS),
        (403, '{"reason":"ExpiredJwtToken"}', OURS),
        (403, "the VAPID credentials do not correspond to those used to create the subscription", OURS),
        (405, "", OURS),
        (301, "", OURS),
        (406, "", NOBODY),
        (408, "", NOBODY),
        (425, "", NOBODY),
        (429, '{"reason":"TooManyRequests"}', NOBODY),
        (500, "", NOBODY),
        (503, "", NOBODY),
    ],
)
def test_a_push_services_no(code, says, fault):
    assert judge(PUSH, code, says) is fault


@pytest.mark.parametrize(
    ("code", "says", "fault"),
    [
        (403, "Authorization failed for sendsms", OURS),
        (401, "", OURS),
        (404, "", OURS),
        (302, "", OURS),
        (400, "Validity field misformed, rejected", OURS),
        (400, "Sender missing and no global set, rejected", OURS),
        (400, "DLR-URL field misformed, rejected", OURS),
        (403, "Not routable. Do not try again.", OURS),
        (400, "Empty receiver number not allowed, rejected", ADDRESS),
        (403, "Number(s) has/have been denied by white- and/or black-lists.", ADDRESS),
        (413, "", MESSAGE),
        (429, "", NOBODY),
        (503, "Temporal failure, try again later.", NOBODY),
        (500, "", Fault.UNSURE),
        (502, "", Fault.UNSURE),
        (504, "", Fault.UNSURE),
    ],
)
def test_an_sms_gateways_no(code, says, fault):
    assert judge(KANNEL, code, says) is fault


@pytest.mark.parametrize("table", [SMTP, PUSH, KANNEL])
def test_what_no_row_knows_is_ours_since_a_message_given_up_is_lost(table: tuple[Row, ...]):
    assert judge(table, 999, "something new") is OURS
