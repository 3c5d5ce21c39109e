"""Posts of staff: who gives and ends them, how far they reach, whose files they never decide."""

from __future__ import annotations

from .mutation import Mutation

MUTATIONS = (
    Mutation(
        "an administrator gives themselves a post",
        "refused",
        "    if by.id == person_id:\n        raise OwnPost\n",
        "",
        ("test_nobody_gives_a_post_beyond_the_own_reach_or_to_themselves",),
    ),
    Mutation(
        "an administrator gives a post at an office beyond the own reach",
        "refused",
        "    require(by, asked.office_code)\n    if not _reaches",
        "    if not _reaches",
        ("test_a_post_is_given_at_the_own_office_and_not_at_another[03102-False]",),
    ),
    Mutation(
        "a post has ended, or its days have not come or are over",
        "it gives no right",
        "    begun = Post.objects.filter(ended_at=None, from_on__lte=on)\n",
        "    begun = Post.objects.filter(ended_at=None)\n",
        ("test_a_post_that_has_not_begun_or_is_over_gives_nothing",),
    ),
    Mutation(
        "somebody acts in the post of another",
        "refused",
        "        row = live(local_day(now)).filter(account_id=by.id or 0, id=post_id).first()",
        "        row = live(local_day(now)).filter(id=post_id).first()",
        ("test_it_refuses_the_post_of_another_and_one_that_is_over",),
    ),
    Mutation(
        "the last administrator of the whole country is ended",
        "refused, also by the command",
        "    if ends_at_top and not stays:\n        raise LastAdministrator\n",
        "",
        (
            "test_the_last_administrator_at_the_head_stays_whoever_ends_it",
            "test_the_last_administrator_at_the_head_is_not_ended_by_the_command_either",
        ),
    ),
    Mutation(
        "a post ends while its holder has files in hand",
        "they go back to the queue",
        "        claims.release_of(row.account_id)\n        assignments",
        "        assignments",
        ("test_a_post_is_given_once_and_ended_with_a_reason_and_its_files_go_back",),
    ),
    Mutation(
        "a member ends, one of whose posts is beyond the administrator's reach",
        "refused as a whole",
        "        if beyond:\n            raise OutOfReach(offices=tuple(sorted(beyond)))\n",
        "",
        ("test_posts_beyond_the_reach_are_not_ended_with_the_member",),
    ),
    Mutation(
        "an activation password is sent again from a file, minutes after the last code",
        "asked for a factor",
        'asks_again(button(FILE, actions.resend_activation, "gui-lai"))',
        'button(FILE, actions.resend_activation, "gui-lai")',
        ("test_exactly_these_acts_ask_again",),
    ),
    Mutation(
        "recovery codes were shown, and the page was left",
        "they open nothing, those from before still do",
        "        RecoverySheet.objects.update_or_create(person_id=person_id, defaults=sheet)\n",
        "        RecoverySheet.objects.update_or_create(person_id=person_id, defaults=sheet)\n"
        "        RecoveryCode.objects.filter(person_id=person_id).delete()\n",
        ("test_who_leaves_the_page_keeps_the_codes_of_before",),
    ),
    Mutation(
        "another session says that the codes of this one are kept",
        "refused",
        "sheet is None or sheet.session_id != session_id or sheet",
        "sheet is None or sheet",
        ("test_only_the_session_that_saw_the_newest_codes_may_say_that_they_are_kept",),
    ),
    Mutation(
        "staff change the own password",
        "every other session ends",
        "    sessions.end_all(before.person_id, but=claimed[1])\n",
        "",
        ("test_it_is_changed_other_sessions_end_and_this_one_goes_on",),
    ),
    Mutation(
        "a form with passwords is sent when the factor is too old",
        "it is asked for anew, and no page holds what was typed",
        "    if sends and not proofs.is_fresh(session.proved_at, now=timezone.now()):\n"
        "        return _too_late(door)\n",
        "",
        ("test_a_form_that_was_open_too_long_changes_nothing_and_no_page_holds_the_passwords",),
    ),
)
