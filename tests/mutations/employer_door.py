"""The employers' door: whose account opens what, and what is another employer's."""

from __future__ import annotations

from .mutation import Mutation

MUTATIONS = (
    Mutation(
        "guesses at the user name of an employer's HR person",
        "hold up nobody of staff who has the same",
        '    return f"{EMPLOYER}{login}" if kind == Account.EMPLOYER else login',
        "    return login",
        (
            "test_one_name_may_be_of_staff_and_of_an_employer_and_each_opens_its_own_door",
            "test_guesses_at_an_employers_name_do_not_hold_up_the_staff_of_that_name",
        ),
    ),
    Mutation(
        "somebody without a seat, or in a role that may not do this, opens a page of an employer",
        "refused, and told whom to ask",
        "        marked = employer(lacking, _turned_away)(",
        "        marked = employer()(",
        ("test_only_administrators_see_and_change_who_works_here[clerk]",),
    ),
    Mutation(
        "an administrator of one employer lets in anew who works for another too",
        "refused: the office helps",
        "    if not all(queries.has(by, code, Act.ADMINISTER, on=on) for code in held):",
        "    if False:",
        ("test_who_works_for_another_employer_too_is_let_in_anew_by_no_administrator_of_one",),
    ),
    Mutation(
        "an administrator asks for the new activation code of somebody of another employer",
        "not there",
        "    if employer_code not in held:\n        raise NotYours\n",
        "",
        ("test_anything_of_another_employer_is_not_there",),
    ),
    Mutation(
        "a slip of the pen names the account of a stranger",
        "no seat is given: user name and name must be one person's",
        "    if account is None or fold(account.display_name) != fold(tidy(name)):",
        "    if account is None:",
        ("test_who_has_an_account_elsewhere_is_added_by_user_name_and_name_together",),
    ),
    Mutation(
        "a session of an employer's HR person, who proved the password alone",
        "led to a second factor",
        '    return session is not None and session.kind == "employer" and session.is_ready',
        '    return session is not None and session.kind == "employer"',
        ("test_with_an_activation_code_the_own_password_and_a_factor_come_first",),
    ),
)
