"""Campaigns of letters to employers: nothing twice, nothing after a stop, no code twice."""

from __future__ import annotations

from .mutation import Mutation

MUTATIONS = (
    Mutation(
        "a director stops a campaign while its letters are being set",
        "none of them goes out",
        "        if part.made_at is not None or campaign.state != State.RUNNING:\n            return False",
        "        if part.made_at is not None:\n            return False",
        ("test_stopped_while_letters_are_set_none_of_them_goes_out",),
    ),
    Mutation(
        "an employer comes in while its letter is being set",
        "the part is set anew, without it",
        "        if dict(why_not(targets, now=now)) != dict(ready.skipped):\n            return None\n",
        "",
        ("test_who_comes_in_while_letters_are_set_gets_none",),
    ),
    Mutation(
        "a campaign writes to an employer that an officer invited by hand",
        "the invitation stands, and no letter goes out",
        '        **dict.fromkeys(by_hand.values_list("employer_id", flat=True), Skipped.INVITED),\n',
        "",
        ("test_an_invitation_made_by_hand_stands_and_its_employer_gets_no_letter",),
    ),
    Mutation(
        "a campaign was stopped for a while, and two waves are due at once",
        "reminders wait some days after the letters before",
        "    return None if wave.kind == Wave.REMINDER and is_early else wave",
        "    return wave",
        ("test_a_reminder_waits_until_the_letters_before_are_printed_and_have_rested",),
    ),
    Mutation(
        "an office below takes the letters, with their codes, of a campaign of the office above",
        "not there",
        "    if not policy.allows(request.actor, Right.MANAGE_EMPLOYERS, row.office_id):\n"
        "        raise NotYours\n    return row",
        "    return row",
        ("test_an_office_below_sees_its_own_employers_of_it_and_changes_nothing",),
    ),
)
