"""Attacks on accounts: texts, limits, the desk, squatting; and on the log of what was done."""

from __future__ import annotations

from .mutation import Mutation

MUTATIONS = (
    # --- texts that strangers ask for ------------------------------------------------------
    Mutation(
        "texts are asked for from every address of one /64",
        "it counts as one",
        "    return str(ipaddress.ip_network((ip.packed, 64), strict=False))\n",
        "    return str(ip)\n",
        (
            "test_an_address_counts_as_one_however_it_is_written",
            "test_one_ipv6_network_does_not_go_free",
        ),
    ),
    Mutation(
        "the same from one network",
        "it has a budget of its own",
        '((NETWORK, limits.network(address)), (ALL, "")):',
        '((ALL, ""),):',
        ("test_one_network_of_a_household_gets_so_many_texts_however_many_addresses_it_has",),
    ),
    Mutation(
        "the same from everywhere",
        "all strangers have one budget",
        '((NETWORK, limits.network(address)), (ALL, "")):',
        "((NETWORK, limits.network(address)),):",
        (
            "test_all_together_get_so_many_and_a_used_up_network_takes_nothing_from_the_others",
            "test_of_many_at_once_none_is_beyond_the_budget",
        ),
    ),
    Mutation(
        "the budget is nearly used up",
        "an alarm in the log before, and one at the end",
        "    elif budget.scope == ALL and row[0] == alarm_at(budget):",
        "    elif False:",
        ("test_the_alarm_rings_once_before_the_end_and_once_at_it",),
    ),
    Mutation(
        "the same",
        "an alert",
        "expr: max by (window) (vssid_stranger_texts_used) >= 0.7",
        "expr: max by (window) (vssid_stranger_texts_used) >= 7",
        ("test_the_alerts_speak_when_they_should_and_only_then",),
    ),
    Mutation(
        "a stranger's first text",
        "costs a proof of work, which is good once",
        '        text_budgets.ask_for_work(address, now=now)\n        limits.hit("code_address"',
        '        limits.hit("code_address"',
        ("test_a_strangers_first_text_costs_work_which_is_good_once",),
    ),
    Mutation(
        'the same by "forgotten password"',
        "costs it too",
        '        text_budgets.ask_for_work(address, now=now)\n    limits.hit("claim_address"',
        '        pass\n    limits.hit("claim_address"',
        ("test_a_forgotten_password_costs_it_too_known_or_not_but_a_known_device_nothing",),
    ),
    Mutation(
        "less work than a text costs",
        "is not enough",
        "    if solved is None or (solved.by_work and solved.bits < settings.TEXT_WORK_BITS):",
        "    if solved is None:",
        ("test_work_for_less_than_a_text_costs_is_not_enough",),
    ),
    # --- limits that shut nobody out -------------------------------------------------------
    Mutation(
        "strangers try passwords from a whole provider",
        "networks are small: IPv4 /24, IPv6 /56",
        "24 if ip.version == 4 else 56",
        "16 if ip.version == 4 else 32",
        (
            "test_the_network_around_an_address_is_one_customer_not_a_provider",
            "test_those_of_another_customer_of_the_provider_are_not_counted_here",
        ),
    ),
    Mutation(
        "thirty wrong tries beside the owner",
        "a device that the account knows signs in",
        '    if not known_device:\n        limits.hit("sign_in_address", address, now=now)\n',
        '    if True:\n        limits.hit("sign_in_address", address, now=now)\n',
        ("test_thirty_wrong_tries_from_the_same_network_leave_a_known_device_alone",),
    ),
    Mutation(
        "the same on a new device",
        "is let in for a proof of work",
        '"sign_in_account": Rule(30, HOUR, timedelta(minutes=5), HOUR, 3)',
        '"sign_in_account": Rule(30, HOUR, timedelta(minutes=5), HOUR)',
        ("test_a_new_device_beside_them_is_let_in_for_a_proof_of_work",),
    ),
    Mutation(
        "thousands of wrong codes from the owner's address",
        "the right one is taken",
        '"code_check_address": Rule(200, HOUR, timedelta(minutes=15), HOUR, ENDLESS)',
        '"code_check_address": Rule(200, HOUR, timedelta(minutes=15), HOUR)',
        ("test_a_right_code_is_taken_behind_an_address_from_which_thousands_were_wrong",),
    ),
    Mutation(
        "however many challenges of passkeys strangers ask for",
        "the owner gets one",
        "    login = actions.login_of(name)[:70]\n    options",
        "    login = actions.login_of(name)[:70]\n"
        '    actions.limits.hit("sign_in_pair", login, now=now)\n    options',
        ("test_however_many_challenges_strangers_ask_for_the_owner_gets_one",),
    ),
    Mutation(
        'a dozen requests of strangers for "forgotten password"',
        "shut it for nobody: the longest wait is two hours, a known device waits for nothing",
        '"claim_near_day": Rule(12, DAY, HOUR, HOUR, 1, then=1)',
        '"claim_near_day": Rule(12, DAY, DAY, DAY)',
        (
            "test_a_dozen_requests_of_strangers_do_not_shut_the_forgotten_password_for_a_day",
            "test_however_many_ask_nobody_waits_for_more_than_two_hours",
        ),
    ),
    Mutation(
        "an e-mail address written in a thousand ways (`a(1)@c.vn`)",
        "refused, since limits count texts",
        '_SIGN = r"[^@\\s,;:<>\\"()\\[\\]\\\\]"',
        '_SIGN = r"[^@\\s,;:<>\\"\\[\\]\\\\]"',
        ("test_what_makes_one_mailbox_of_many_texts_is_refused",),
    ),
    # --- one officer alone -----------------------------------------------------------------
    Mutation(
        "one officer sets another phone and then a password",
        "another officer is wanted for the password, or 72 hours",
        "    wanting = [SECOND] if own else []\n",
        "    wanting: list[str] = []\n",
        ("test_who_set_the_phone_gives_no_password_for_some_days",),
    ),
    Mutation(
        "the other officer",
        "has to see the original too",
        "        wanting.append(ORIGINAL)\n",
        "        pass\n",
        ("test_another_officer_who_saw_the_original_gives_it_at_once",),
    ),
    Mutation(
        "a password that was given before is sent again to the new phone",
        "not by that officer",
        "        second_officer.guard(account, by=by, now=now)\n        issuing.issue(",
        "        issuing.issue(",
        ("test_a_password_given_before_is_not_sent_again_to_the_phone_set_after",),
    ),
    Mutation(
        "a decision passes over a doubt at any kind of file",
        "it takes a reason of that class",
        "    if lacking:\n        raise Unexplained(mark=ready.mark, classes=lacking)\n",
        "",
        (
            "test_a_class_without_a_reason_of_its_own_is_named[given0-lacking0]",
            "test_carrying_out_all_the_same_takes_a_reason_which_is_kept_and_told",
        ),
    ),
    Mutation(
        '"forgotten password" by the phone of the desk',
        "sets none within that time",
        "    return second_officer.until(account, now)\n",
        "    return None\n",
        ("test_a_forgotten_password_is_not_set_anew_by_the_phone_of_the_desk",),
    ),
    Mutation(
        "the owner froze the account after it",
        "the same officer does not open it",
        "        return (SECOND,) if own and has_objected(account) else ()",
        "        return ()",
        ("test_what_the_owner_froze_after_it_the_same_officer_does_not_open",),
    ),
    Mutation(
        "an officer sets another phone",
        "old phone, e-mail and inbox are told at once",
        "    notify.tell(person_id, told, now=now, facts=said, before=replaced)\n",
        "    notify.tell(person_id, told, now=now, facts=said)\n",
        ("test_old_phone_email_and_inbox_are_told_at_once",),
    ),
    Mutation(
        "a request at another office",
        "is not there",
        "rows.filter(policy.within(by, kind.look)).exclude(state__in=kind.unsent)",
        "rows.exclude(state__in=kind.unsent)",
        ("test_another_office_finds_nothing",),
    ),
    Mutation(
        "an account is closed or merged while an officer serves it",
        "neither waits for the other; the officer reads that it is over",
        "        account = Account.objects.select_for_update().filter(person_id=person_id).first()\n"
        "        row = desk.lock_open(COUNTER, (person_id, request_id), by=by, now=now)\n",
        "        row = desk.lock_open(COUNTER, (person_id, request_id), by=by, now=now)\n"
        "        account = Account.objects.select_for_update().filter(person_id=person_id).first()\n",
        ("test_an_account_that_ends_and_an_officer_who_serves_it_do_not_wait_for_each_other",),
    ),
    Mutation(
        "the same while its owner sets a new password by a code",
        "neither waits for the other; the code is over",
        "    Account.objects.select_for_update().filter(person_id=row.person_id).first()\n",
        "",
        ("test_an_account_that_ends_and_an_owner_with_a_code_do_not_wait_for_each_other",),
    ),
    Mutation(
        "phone and password of one person at a desk",
        "both wait for who is answerable, first of all; the log says so",
        '    if together:\n        log.warning("desk_phone_and_password"',
        '    if False:\n        log.warning("desk_phone_and_password"',
        ("test_every_phone_and_password_waits_for_who_is_answerable_both_together_first",),
    ),
    Mutation(
        "an officer looks at one's own doing",
        "another has to",
        "    if row.closed_by_id == by.id:\n        raise NotYours\n",
        "",
        ("test_it_goes_once_somebody_else_has_looked",),
    ),
    # --- squatting -------------------------------------------------------------------------
    Mutation(
        "a stranger sent an application for somebody's code",
        "the owner's, whose card, form and register agree, takes its place; both are told",
        '            _end(gone, "refuse", by=SYSTEM, now=now, said=Said((DISPLACED.code,)))\n',
        "            Application.objects.filter(id=gone.id).update(state=State.REFUSED, closed_at=now)\n",
        ("test_the_owner_takes_the_place_of_a_stranger_and_both_are_told",),
    ),
    Mutation(
        "one that does not agree in all",
        "takes no place",
        "    if stays or not agrees(draft.form, draft.images, known, on=today):",
        "    if stays:",
        (
            "test_one_that_does_not_agree_in_all_takes_no_place",
            "test_a_card_of_another_person_takes_no_place",
        ),
    ),
    Mutation(
        "one that an officer has in hand",
        "does not give way",
        "row is None or row.form_received_at is not None or row.original_seen_at is not None:",
        "row is None:",
        ("test_what_an_officer_has_in_hand_does_not_give_way",),
    ),
    Mutation(
        "it gave way",
        "the officer sees it in both files",
        '    audit.record("application.took_place", subject=came, by=SYSTEM, now=now,'
        ' facts={"number": gone.number})\n',
        "",
        ("test_the_officer_sees_it_in_both_files",),
    ),
    # --- the log ---------------------------------------------------------------------------
    Mutation(
        "events are rewritten, with good hashes",
        "their marks are not ours: the key is not in the database",
        "        elif not marks.is_of_event(event.mac, event.hash):",
        "        elif False:",
        ("test_rewritten_events_are_found", "test_marks_taken_away_are_found"),
    ),
    Mutation(
        "a tail is cut with its head",
        "the mark of the head shows it",
        "        elif not (marks.is_of_head(lane.mac, lane) or lanes.in_grace(lane, self.now)):",
        "        elif False:",
        ("test_a_tail_cut_with_its_head_shows_by_the_mark_of_the_head",),
    ),
    Mutation(
        "the same, and the log goes on",
        "it stays seen",
        "            _add(broken, head)\n",
        "            pass\n",
        ("test_a_tail_cut_stays_seen_when_the_log_goes_on",),
    ),
    Mutation(
        "a head is put back with its own old mark",
        "the nightly anchor outside shows it",
        "        for later in sorted(place for place in self.places if place > seq):",
        "        for later in []:",
        ("test_a_head_with_its_own_old_mark_is_found_by_the_anchor", "test_everything_gone_is_found"),
    ),
    Mutation(
        "a lane is gone",
        "found, and nothing is done that could not be written down",
        '            report.broken.append(f"{number}/head: there is none")\n',
        "            pass\n",
        ("test_a_lane_that_is_gone_is_found_and_takes_no_event",),
    ),
    Mutation(
        "an anchor is changed or taken away",
        "the one after it, and its signature, tell",
        "        if anchor.before and anchor.before not in known:",
        "        if False:",
        ("test_an_anchor_that_was_changed_or_taken_away_is_told",),
    ),
    Mutation(
        "anchors lie in three places outside the database",
        "and one never replaces another",
        'obstore.put(store, key, data, mode="create")',
        "obstore.put(store, key, data)",
        (
            "test_an_anchor_never_replaces_another",
            "test_what_lies_under_a_key_is_not_written_over_where_it_must_be_new",
        ),
    ),
    Mutation(
        "no anchor for days",
        "a fault",
        "    elif not report.anchors and now - since > STALE:",
        "    elif False:",
        ("test_no_anchor_for_days_is_a_fault",),
    ),
    Mutation(
        "the role that serves is taken over",
        "it owns nothing, and may change no event",
        "REVOKE UPDATE, DELETE ON audit_event FROM {role};\n",
        "",
        ("test_the_serving_role_changes_no_event", "test_the_serving_role_adds_events"),
    ),
    Mutation(
        "the log is marked by keys that are not ours",
        "named by `./vssid check`",
        "    if not verify.has_known_marks():",
        "    if False:",
        ("test_a_log_marked_by_another_key_is_told",),
    ),
    # --- an older value put back -----------------------------------------------------------
    Mutation(
        "an older phone is put back in the database with its whole row",
        "`./vssid check sealed` names the account",
        "    return Standing.NEWEST if same and version == said[0] else Standing.OLDER\n",
        "    return Standing.NEWEST\n",
        (
            "test_the_check_names_the_account_whose_whole_row_was_put_back",
            "test_a_change_that_the_owner_made_back_to_an_older_phone_is_fine",
        ),
    ),
    Mutation(
        'the same, and then "forgotten password"',
        "no code goes there, and there is an alarm",
        "    if account is not None and target is not None and not _is_newest(account, target, now):\n",
        "    if False:\n",
        ("test_the_forgotten_password_sends_nothing_to_an_older_phone",),
    ),
    Mutation(
        "the same, and then a change by codes",
        "refused, and the refusal is in the log",
        "    newest.confirm(account, newest.EMAIL if isinstance(old, EmailAddress) else newest.PHONE,"
        " now=now)\n",
        "",
        ("test_nothing_is_changed_by_codes_to_an_older_phone_and_the_refusal_stays_in_the_log",),
    ),
    Mutation(
        "the same, and then a new password at the desk",
        "refused before anything is done",
        "    if row.kind == CounterRequest.PASSWORD and account is not None:\n",
        "    if False:\n",
        ("test_the_desk_gives_no_password_to_an_older_phone_and_says_why",),
    ),
    Mutation(
        "a trusted person who was removed is put back",
        "no code goes there",
        "        if row is None or not _is_newest(row, now):\n",
        "        if row is None:\n",
        ("test_nothing_goes_to_a_trusted_phone_that_was_removed_and_put_back",),
    ),
    Mutation(
        "an event about the older value is written beside",
        "it bears no mark of ours, and counts for nothing",
        "    if not values.is_ours(event):\n",
        "    if False:\n",
        ("test_an_event_that_we_did_not_write_makes_no_value_newest",),
    ),
    Mutation(
        "an older value of a person whose number is merged",
        "stays behind",
        "    if value.sealed is None or not newest.is_newest(old.person_id, place, value, now=now):\n",
        "    if value.sealed is None:\n",
        ("test_an_older_phone_that_somebody_put_back_does_not_come_along",),
    ),
)
