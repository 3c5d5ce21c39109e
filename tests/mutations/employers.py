"""Employers: who comes in by a code, who acts for one, and who of an office reaches it."""

from __future__ import annotations

from .mutation import Mutation

MUTATIONS = (
    Mutation(
        "an employer's code is brought a second time",
        "it opens nothing and says so",
        "    if entry.used_at is not None:\n        raise CodeUsed(at=entry.used_at)\n",
        "",
        ("test_one_who_comes_second_takes_no_seat",),
    ),
    Mutation(
        "an employer's code is brought for another employer",
        "it opens nothing and says so",
        "    if entry.employer_id != employer:\n        raise CodeOfAnother\n",
        "",
        ("test_a_code_that_opens_nothing_says_why",),
    ),
    Mutation(
        "codes that begin as an employer's are tried out",
        "that code opens nothing more",
        "    if entry.tries >= Entry.MOST_TRIES and entry.used_at is None:\n        raise TooManyTries\n",
        "",
        ("test_a_code_tried_too_often_opens_nothing_and_hinders_no_other",),
    ),
    Mutation(
        "somebody who administers no employer gives seats there",
        "refused",
        "    if not queries.has(by, employer_code, Act.ADMINISTER, on=on):\n"
        "        raise NoSeat(act=Act.ADMINISTER)\n    return standing",
        "    return standing",
        ("test_an_administrator_gives_and_ends_seats_of_the_own_employer_alone",),
    ),
    Mutation(
        "an employer's last administrator leaves by their own hand",
        "refused",
        "    if going.role == Role.ADMINISTRATOR and not left.exclude(id=going.id).exists():\n"
        "        raise LastAdministrator\n",
        "",
        ("test_only_the_office_leaves_an_employer_without_an_administrator",),
    ),
    Mutation(
        "a seat at an employer ends while its holder is signed in",
        "every session ends",
        '        sessions.end_all(row.account_id)\n        audit.record("employer.seat_ended"',
        '        audit.record("employer.seat_ended"',
        ("test_ending_signs_the_holder_out_and_ending_all_does_so_for_everybody",),
    ),
    Mutation(
        "HR works on after its employer ceased",
        "it only reads",
        "    return held & {Act.READ} if reads_only else held\n",
        "    return held\n",
        ("test_from_its_day_on_hr_of_one_that_is_over_only_reads[ceased-]",),
    ),
    Mutation(
        "an office acts on an employer of another office",
        "it is not there",
        "        rows = standing.within(by, Right.SEE_EMPLOYERS, on=on).filter(code=employer_code)\n",
        "        rows = Employer.objects.filter(code=employer_code)\n",
        ("test_an_office_acts_within_its_reach_and_by_its_right",),
    ),
    Mutation(
        "a letter is asked for with a code that somebody made up",
        "there is none",
        "    if entry is None or not is_open(typed, employer_code, now=now):\n",
        "    if entry is None:\n",
        ("test_an_employer_is_invited_by_a_letter_that_its_code_alone_opens",),
    ),
    Mutation(
        "what a worker is owed by another employer is asked for with the arrears of this one",
        "it is not counted",
        "        employer_id=employer,\n        is_voluntary=False,\n",
        "        is_voluntary=False,\n",
        ("test_only_own_workers_and_what_is_owed_here_are_counted",),
    ),
    Mutation(
        "the wage of a month has allowances beside it",
        "no amount is said, and the worker is counted as left out",
        ' and money == "VND" and not any(more)\n',
        ' and money == "VND"\n',
        ("test_who_is_not_known_well_enough_is_left_out_and_counted[unclear3]",),
    ),
    Mutation(
        "a month was late before the rule of interest",
        "no interest is estimated",
        "    if rule is None or rule != rule_on(day):\n        return None\n",
        "    rule = rule or rule_on(day)\n    if rule is None:\n        return None\n",
        ("test_what_was_late_before_the_rule_has_no_interest",),
    ),
)
# Campaigns of letters: nothing twice, nothing after a stop, no code to another office.
CAMPAIGNS = (
    Mutation(
        "a director stops a campaign while its letters are being set",
        "none of them goes out",
        "        if part.made_at is not None or campaign.state != State.RUNNING:\n            return False",
        "        if part.made_at is not None:\n            return False",
        ("test_stopped_while_letters_are_set_none_of_them_goes_out",),
    ),
    Mutation(
        "a director stops a campaign whose letters wait to be sent by e-mail",
        "none leaves until it goes on",
        "    if wave.campaign.state == State.STOPPED:\n        raise documents.Held\n",
        "",
        ("test_while_the_campaign_is_stopped_nothing_leaves_and_then_it_does_once",),
    ),
    Mutation(
        "an employer comes in while its letter waits to be sent by e-mail",
        "it does not leave",
        "    except DomainError:\n        raise documents.Void from None\n",
        "    except DomainError:\n        pass\n",
        ("test_an_employer_that_came_in_before_it_was_sent_gets_nothing",),
    ),
    Mutation(
        "an employer's address changes while its letter waits to be sent by e-mail",
        "it goes to the new one alone",
        "    if entry.employer.email != to:\n        raise documents.Void(CHANGED)\n",
        "",
        ("test_an_address_that_changed_before_it_was_sent_gets_the_letter_instead",),
    ),
    Mutation(
        "a letter by e-mail does not arrive after a newer one was made",
        "nothing takes its place",
        "for code, entry in sent.items() if newest.get(code) == entry",
        "for code in sent",
        ("test_one_whose_newer_letter_is_under_way_gets_nothing_instead_of_the_older",),
    ),
    Mutation(
        "HR is asked by a wave of a campaign that was stopped",
        "nobody is told while it is stopped",
        "        if campaign.state != State.RUNNING or part.made_at is not None:",
        "        if part.made_at is not None:",
        ("test_nothing_is_told_while_the_campaign_is_stopped",),
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

# To whom an invitation opens, who is passed over, and what a worker said.
INVITATIONS = (
    Mutation(
        "a colleague brings somebody else's invitation with an own birth date",
        "it opens nothing and tells nothing",
        "    if person is None or not _fits(person, said):\n",
        "    if person is None:\n",
        ("test_a_colleague_with_somebody_elses_code_opens_nothing",),
    ),
    Mutation(
        "birth dates are tried out at an invitation",
        "that code waits, and no other",
        "    limits.hit(rule, key, now=now)\n    person = proved(opening, said)\n",
        "    person = proved(opening, said)\n",
        ("test_wrong_tries_lock_this_code_and_no_other",),
    ),
    Mutation(
        "an old invitation is brought",
        "it says until when it held",
        "    if row.expires_at <= now:\n        raise InvitationExpired(at=row.expires_at)\n    person_id",
        "    person_id",
        ("test_an_old_code_says_until_when_it_held",),
    ),
    Mutation(
        "who left the employer brings its invitation",
        "it opens nothing",
        "    if not roster.is_here(row.employer_code, person_id):\n",
        "    if False:\n",
        ("test_who_left_the_employer_is_not_invited_any_more",),
    ),
    Mutation(
        "a passer-by stops all workers at a poster",
        "nothing happens",
        "    if opening.person_id is None:\n        raise NotYours\n    return opening.person_id",
        "    return opening.person_id or 0",
        ("test_nobody_answers_for_all_at_a_poster",),
    ),
    Mutation(
        "a worker who wants no invitations is invited again",
        "passed over, by slip too",
        "        if met is not None and met.stopped_at is not None:\n            return Skip.STOPPED\n",
        "",
        ("test_who_wants_none_gets_none_not_even_a_slip",),
    ),
    Mutation(
        "HR sends a second message within the week",
        "passed over",
        "        if met is not None and met.told_at is not None and met.told_at > self.now - PAUSE:\n"
        "            return Skip.SOON\n",
        "",
        ("test_who_was_told_this_week_is_not_told_again",),
    ),
    Mutation(
        "an employer sends more messages than a day takes",
        "the rest is left for tomorrow",
        "    room = min(MOST_AT_ONCE[channel], today)\n",
        "    room = MOST_AT_ONCE[channel]\n",
        ("test_beyond_the_day_of_an_employer_nobody_is_told",),
    ),
    Mutation(
        "somebody reads at a poster what HR gave of a colleague",
        "only what was typed is filled in",
        "    if opening.invitation is not None and (contact :=",
        "    if (contact :=",
        ("test_at_a_poster_nobody_reads_what_hr_gave_of_a_colleague",),
    ),
    Mutation(
        "HR reads what is missing of who shows the stage alone",
        "the stage alone is there",
        "    if line.hides:\n",
        "    if False:\n",
        ("test_who_hides_shows_the_stage_alone_on_the_list",),
    ),
)
