"""Whose fault a provider's refusal is, and what becomes of message and address."""

from __future__ import annotations

from .mutation import Mutation

MUTATIONS = (
    # --- ours ------------------------------------------------------------------------------
    Mutation(
        "a mail server refuses our sender or login (530, 550 at MAIL)",
        "our fault: the letter is kept and tried again",
        "    Row(Fault.OURS, 500, 599, steps=BEFORE),\n",
        "",
        (
            "test_a_mail_servers_no",
            "test_a_letter_outlives_a_sender_that_is_refused_and_goes_when_it_is_mended",
        ),
    ),
    Mutation(
        "a letter fails DMARC, DKIM or SPF",
        "our fault, kept",
        "    Row(Fault.OURS, 500, 599, _SENDER),\n",
        "",
        ("test_a_letter_that_fails_dmarc_is_kept",),
    ),
    Mutation(
        "a push service refuses our token or key (BadJwtToken and its kin)",
        "our fault: neither message nor device is lost",
        'Row(Fault.ADDRESS, 400, 400, r"BadDeviceToken|InvalidRegistration|InvalidTokenFormat")',
        "Row(Fault.ADDRESS, 400, 403)",
        ("test_a_token_that_is_refused_costs_neither_message_nor_device", "test_a_push_services_no"),
    ),
    Mutation(
        "the gateway refuses a number of ours (validity, coding)",
        "our fault",
        'Row(Fault.ADDRESS, 400, 403, r"receiver number not allowed|black-lists")',
        "Row(Fault.MESSAGE, 400, 403)",
        (
            "test_what_an_answer_of_kannel_means",
            "test_a_number_of_ours_that_is_refused_is_no_fault_of_the_message",
        ),
    ),
    Mutation(
        "a validity beyond what the gateway takes",
        "is not asked for: it is told in minutes",
        "str(max(1, round(sms.valid_for.total_seconds() / 60)))",
        "str(-round(sms.valid_for.total_seconds() / 60))",
        ("test_the_longest_life_that_settings_allow_is_a_validity_that_is_taken",),
    ),
    Mutation(
        "the gateway refuses our password",
        "our fault: all texts are kept and go when it is mended",
        "    _wake(channel, row.reason, now)\n",
        "",
        (
            "test_what_waits_because_of_it_goes_at_once_when_one_was_taken",
            "test_a_wrong_password_holds_every_text_and_all_go_out_when_it_is_mended",
        ),
    ),
    Mutation(
        "an answer that nobody knows",
        "is taken for our fault, since a message given up is lost",
        "if row.fits(code, text, step)), Fault.OURS)",
        "if row.fits(code, text, step)), Fault.MESSAGE)",
        ("test_what_no_row_knows_is_ours_since_a_message_given_up_is_lost",),
    ),
    Mutation(
        "the phone network rejects a text",
        "it is tried again until it expires",
        "        return transitions.reject(rows.filter(attempts=attempt), now=now)",
        '        return bool(end(rows, State.FAILED, reason="rejected", now=now))',
        ("test_what_the_network_rejects_is_tried_again_and_never_given_up_before_its_end",),
    ),
    Mutation(
        "a provider refuses us",
        "an error in the log, and a metric while it stands",
        "            provider_faults.note(message.channel, error, now=now)\n",
        "            pass\n",
        (
            "test_the_first_refusal_is_an_error_in_the_log_and_its_end_is_told_too",
            "test_prometheus_sees_the_fault_what_waits_and_since_when",
        ),
    ),
    Mutation(
        "the same for more than a minute",
        "an alert",
        "expr: max by (provider) (vssid_delivery_fault_seconds) > 60",
        "expr: max by (provider) (vssid_delivery_fault_seconds) > 60000",
        ("test_the_alerts_speak_when_they_should_and_only_then",),
    ),
    Mutation(
        "a wrong password of the gateway, before a text is sent",
        "named by `./vssid check`",
        '    return _proved("sms", sms.gateway().prove, said)',
        '    return ""',
        (
            "test_a_gateway_that_knows_us_is_no_fault_and_one_that_does_not_is",
            "test_the_check_knows_the_right_password_from_a_wrong_one_and_sends_nothing",
        ),
    ),
    Mutation(
        "a wrong password or sender of the mail server, before a letter is sent",
        "named by `./vssid check`",
        '    return _proved("email", mail.gateway().prove, said)',
        '    return ""',
        ("test_a_mail_password_that_is_wrong_is_told", "test_a_sender_that_is_refused_is_told"),
    ),
    Mutation(
        "a contact that push services refuse",
        "named by `./vssid check`",
        "    if not settings.DEMO and not _NAMED.fullmatch(settings.VAPID_SUBJECT):",
        "    if False:",
        ("test_a_contact_that_push_services_refuse_is_told",),
    ),
    Mutation(
        "a push key that browsers did not subscribe for",
        "named by `./vssid check`",
        "    if others := subscriptions.of_other_keys():",
        "    if others := 0:",
        ("test_a_key_that_browsers_did_not_subscribe_for_is_told",),
    ),
    Mutation(
        "a fault that stands",
        "named by `./vssid check`, and ended by a proof that succeeds",
        "    delivery.over(channel, provider, now=timezone.now())\n",
        "",
        ("test_what_stands_against_us_is_told_and_a_proof_that_succeeds_ends_it",),
    ),
    # --- the address's ---------------------------------------------------------------------
    Mutation(
        "a mailbox does not exist (550 at RCPT)",
        "the address is marked with day and reason",
        "            _lost(message, body, error.reason, now)\n",
        "            pass\n",
        ("test_a_mailbox_that_does_not_exist_is_marked_with_day_and_reason",),
    ),
    Mutation(
        "a browser takes no push any more (404, 410)",
        "marked and spared",
        "    Row(Fault.ADDRESS, 410, 410),\n",
        "",
        ("test_a_dead_subscription_is_marked_spared_and_lives_again_when_it_subscribes",),
    ),
    Mutation(
        "an address was marked",
        "its owner finds in the inbox what to do, once",
        '        notices.notify(message.subject_id, "address_dead", now=now, facts=facts)\n',
        "        pass\n",
        ("test_the_person_finds_in_the_inbox_what_to_do_once",),
    ),
    Mutation(
        "the same",
        "it stands on the page of the account",
        "{% if contacts.phone_mark %}",
        "{% if False %}",
        ("test_the_account_says_what_does_not_arrive_since_when_and_what_to_do",),
    ),
    Mutation(
        "the same",
        "it stands at the desk",
        "        phone_mark=dead_addresses.of(phone),\n",
        "        phone_mark=None,\n",
        ("test_the_desk_sees_that_nothing_arrives_at_the_phone_and_since_when",),
    ),
    Mutation(
        "a notice's letter leads nowhere",
        "it goes by the next way",
        "            next_channel.send(message, body, now=now)\n",
        "            pass\n",
        ("test_a_notice_whose_letter_leads_nowhere_goes_by_text",),
    ),
    Mutation(
        "a code would go to a phone at which nothing arrives",
        "it goes to the confirmed e-mail",
        "    return Claim.SMS if channel == Claim.EMAIL else Claim.EMAIL\n",
        "    return channel\n",
        ("test_a_code_goes_to_the_email_when_nothing_arrives_at_the_phone",),
    ),
    # --- superseded ------------------------------------------------------------------------
    Mutation(
        "an older code or password still waits when a newer one is made",
        "it is stopped",
        "        if series:\n            _stop(Message.objects.filter(series=series), now)\n",
        "",
        ("test_the_same_change_asked_again_sends_the_newest_codes_only",),
    ),
    Mutation(
        "two were made at once and did not see each other",
        "the older is never sent",
        "    if _is_overtaken(message):",
        "    if False:",
        ("test_of_two_that_were_kept_at_once_without_seeing_each_other_the_older_is_never_sent",),
    ),
    Mutation(
        "a browser asks for another code",
        "the one before opens nothing, and the page says that only the newest works",
        '        notifications.cancel(claim_id, f"{purpose}_code", now=now)\n',
        "",
        ("test_asking_anew_in_one_browser_stops_the_code_before_and_the_page_says_which_one_works",),
    ),
    Mutation(
        "a text was sent by a worker that was killed",
        "its receipt is awaited; without one it costs one copy and no more",
        "    if message.unsure:\n        with transaction.atomic():",
        "    if False:\n        with transaction.atomic():",
        ("test_a_killed_worker_without_a_receipt_costs_one_extra_copy_and_no_more",),
    ),
)
