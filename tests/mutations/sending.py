"""Texts: by which gateway, how many a day, in whose words and whose language."""

from __future__ import annotations

from .mutation import Mutation

MUTATIONS = (
    # --- gateways --------------------------------------------------------------------------
    Mutation(
        "a text met an error at a gateway and is tried again",
        "by another gateway",
        "    others = [one for one in carrying if one.name != not_by] or carrying\n",
        "    others = carrying\n",
        ("test_a_text_goes_by_weight_and_after_an_error_by_another",),
    ),
    Mutation(
        "a gateway is switched off by hand",
        "nothing goes by it",
        "    usable = sorted((one for one in standings if one.use is not Use.OFF), key=lambda one: one.name)",
        "    usable = sorted(standings, key=lambda one: one.name)",
        ("test_a_gateway_without_weight_or_switched_off_carries_nothing",),
    ),
    Mutation(
        "a gateway fails fifty-one times a minute, and again in the same minute",
        "it loses ten points once",
        "        if not calm or now - bad.weighed_at < ERROR_WINDOW:",
        "        if not calm:",
        ("test_one_step_a_minute_is_taken_and_no_more",),
    ),
    Mutation(
        "the one phone of a gateway that few texts go by is switched off",
        "that says nothing of the gateway",
        "    return seen.sent >= LEAST_SENT and seen.slow",
        "    return seen.slow",
        ("test_one_slow_text_of_a_few_says_nothing",),
    ),
    Mutation(
        "two gateways fail in turn",
        "one change and then none: who failed a moment ago is given nothing",
        "carries and one.name not in why and not _was_bad(one, now)]",
        "carries and one.name not in why]",
        (
            "test_who_failed_a_moment_ago_takes_no_points_of_who_fails_now",
            "test_two_gateways_that_fail_in_turn_make_one_change_and_then_none",
        ),
    ),
    Mutation(
        "many messages go while a gateway waits for its trial",
        "one of them is the trial",
        "Gateway.objects.filter(name=standing.name, use=Use.TRIAL, trial_message__isnull=True)",
        "Gateway.objects.filter(name=standing.name, use=Use.TRIAL)",
        ("test_what_is_tried_is_one_message_and_no_code", "test_of_many_messages_at_once_one_is_the_trial"),
    ),
    Mutation(
        "somebody switches the last gateway off",
        "refused",
        "    if not [one for one in before if one.name != name and one.carries]:\n"
        "        raise LastGateway\n",
        "",
        ("test_the_last_one_is_not_switched_off",),
    ),
    # --- caps ------------------------------------------------------------------------------
    Mutation(
        "more texts at once than the day has",
        "as many go as the cap allows: the statement that counts refuses",
        "WHERE notifications_cap_count.count < %(most)s RETURNING count",
        "RETURNING count",
        (
            "test_of_many_at_once_none_is_beyond_the_cap_counted",
            "test_of_many_workers_at_once_as_many_send_as_the_cap_allows",
        ),
    ),
    Mutation(
        "notices without end",
        "codes and passwords have a share of their own",
        "    share = CODES if message.series else OTHERS\n",
        "    share = OTHERS\n",
        ("test_codes_go_on_when_the_others_are_used_up_and_the_other_way_round",),
    ),
    Mutation(
        "a text is tried again",
        "it is one text of the day",
        "            if claimed is not None and is_text and claimed.attempts == 1:",
        "            if claimed is not None and is_text:",
        ("test_a_text_that_is_tried_again_is_one_text",),
    ),
    Mutation(
        "a cap is at 80 %, or used up",
        "its administrators are told once a day, cap and stage",
        '    once = f"{day:%Y%m%d}{cap.scope}"[:40]\n',
        '    once = ""\n',
        ("test_at_eighty_percent_and_at_the_end_once_each",),
    ),
    Mutation(
        "an administrator of one office would hear of the caps of the country",
        "told are those of the whole country's office",
        "if offices.is_head(office)}",
        "if office}",
        ("test_only_who_manages_delivery_of_the_whole_country_is_told",),
    ),
    # --- texts -----------------------------------------------------------------------------
    Mutation(
        "a text that is written anew has a link",
        "refused, and nothing is written",
        '    if _LINK.search(text):\n        raise BadText(problem="link")\n',
        "",
        ("test_what_is_wrong_with_a_text_is_said", "test_a_text_with_a_link_is_refused"),
    ),
    Mutation(
        "a text of a code is written without the code",
        "refused",
        '    problems += [f"missing:{name}" for name in sorted((known & NEEDED) - named)]\n',
        "",
        ("test_what_is_wrong_with_a_text_is_said", "test_a_text_that_is_bad_in_english_is_refused"),
    ),
    Mutation(
        "braces of a text reach into what the value is",
        "refused: they are plain names",
        '    if any(not (name or "").isidentifier() or spec or conversion'
        " for name, spec, conversion in found):\n"
        "        return None\n",
        "",
        ("test_what_is_wrong_with_a_text_is_said",),
    ),
    Mutation(
        "a text is good in Vietnamese and bad in English",
        "refused: a version is of both",
        "lint.judge(version.english, own=own(kind, Language.EN), language=Language.EN)",
        "lint.judge(version.text, own=own(kind, Language.VI))",
        ("test_a_text_that_is_bad_in_english_is_refused",),
    ),
    Mutation(
        "a version was written before there was English",
        "its reader of English gets the room's own text",
        "    english = templates.ENGLISH[row.kind] if row.english is None else row.english\n",
        '    english = row.english or ""\n',
        ("test_a_version_from_before_english_goes_with_the_english_of_the_room",),
    ),
    Mutation(
        "two write one text at once",
        "the second is told",
        '        if constraint_of(refused) == "notifications_wording_pkey":\n'
        "            raise WrittenMeanwhile from None\n",
        "",
        ("test_of_two_who_write_at_once_one_is_told",),
    ),
    # --- language --------------------------------------------------------------------------
    Mutation(
        "somebody signed in chooses English",
        "every message to them is in English",
        "        reading.chose(request, chosen)\n",
        "",
        ("test_a_language_chosen_while_signed_in_is_that_of_what_is_sent",),
    ),
    Mutation(
        "a language chosen on one device, a sign-in on another",
        "the pages there are in it too",
        "        cookies.set_preference(response, cookies.LANGUAGE, chosen)\n    elif",
        "        pass\n    elif",
        ("test_what_was_chosen_on_one_device_comes_to_the_next_one_that_signs_in",),
    ),
    Mutation(
        "an application is sent from English pages",
        "the account that it becomes reads English",
        "    languages.hand_on(row.id, row.person_id, now=now)\n",
        "",
        ("test_the_language_of_an_application_is_that_of_its_account",),
    ),
)
