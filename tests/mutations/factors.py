"""Second factors of staff: what opens, once, to whom."""

from __future__ import annotations

from .mutation import Mutation

MUTATIONS = (
    Mutation(
        "a code of the app is used again",
        "refused: it opens once, and so does none before it",
        "        rows = AuthenticatorApp.objects.filter(person_id=person_id, id=row.id, last_step__lt=step)",
        "        rows = AuthenticatorApp.objects.filter(person_id=person_id, id=row.id)",
        ("test_a_code_opens_once_and_neither_does_one_before_it", "test_a_used_code_opens_nothing"),
    ),
    Mutation(
        "a recovery code is used again",
        "refused",
        "            if not rows.filter(used_at__isnull=True).update(used_at=now):",
        "            if not rows.update(used_at=now):",
        ("test_a_code_opens_once_and_not_twice",),
    ),
    Mutation(
        "who has proved the password alone opens a page of the console",
        "led to a second factor",
        "        return is_proved and not self.must_set_password",
        "        return not self.must_set_password",
        ("test_no_page_of_the_console_opens_without_a_factor",),
    ),
    Mutation(
        "the password is replaced between the two steps",
        "the second step is over",
        "    if account is None or not hmac.compare_digest(_mark(account), bytes(row.challenge)):",
        "    if account is None:",
        ("test_the_second_step_is_over_when_the_password_was_replaced",),
    ),
    Mutation(
        "a code was guessed five times in a browser",
        "the next try waits, also with the right code",
        '    limits.hit("factor_pair", pair, now=now)',
        "    pass",
        ("test_a_wrong_code_is_counted_and_audited_and_the_right_one_waits_then",),
    ),
    Mutation(
        "strangers who have the password guess from many networks",
        "a browser that the member knows gets in",
        "    if not (known_device or proof.is_recovery):",
        "    if not proof.is_recovery:",
        ("test_guesses_elsewhere_never_hold_up_a_browser_that_the_member_knows",),
    ),
    Mutation(
        "a risky act, and the last proof is old",
        "asks again, and does nothing before the answer",
        "    if proofs.is_fresh(session.proved_at, now=timezone.now()):",
        "    if session.proved_at:",
        ("test_later_the_act_waits_for_a_code_and_is_then_done_with_what_was_sent",),
    ),
    Mutation(
        "the last factor is taken away",
        "it stays",
        "        if apps.count() + Passkey.objects.filter(person_id=person_id).count() <= 1:",
        "        if False:",
        ("test_the_last_factor_stays", "test_a_passkey_is_a_last_factor_too"),
    ),
    Mutation(
        "a member vouches for the own new factor",
        "refused",
        "    if by.id == person_id:\n        raise OwnWord",
        "    if False:\n        raise OwnWord",
        ("test_ones_own_word_does_not_vouch",),
    ),
    Mutation(
        "an administrator of one of a member's two offices vouches",
        "not found: every post must be in reach",
        "    return posts.exists() and not posts.exclude(policy.within(by, Right.MANAGE_STAFF)).exists()",
        "    return posts.filter(policy.within(by, Right.MANAGE_STAFF)).exists()",
        ("test_who_manages_one_of_two_offices_of_a_member_does_not_vouch",),
    ),
    Mutation(
        "a word is used in another browser than the one that asked",
        "the second step as ever",
        "    rows = FactorRequest.objects.filter(person_id=person_id, browser_hash=_hash(browser))",
        "    rows = FactorRequest.objects.filter(person_id=person_id)",
        ("test_the_word_for_one_asking_ends_the_others",),
    ),
    Mutation(
        "a session of staff that never rests",
        "ends with the shift",
        "    is_over = most is not None and now - session.created_at > most",
        "    is_over = False",
        ("test_a_session_ends_with_the_shift_however_busy",),
    ),
    Mutation(
        "a passkey of a person at the door of staff",
        "refused",
        "    account = Account.objects.filter(person_id=row.person_id, kind=kind).first()",
        "    account = Account.objects.filter(person_id=row.person_id).first()",
        ("test_a_passkey_of_a_citizen_opens_no_console_and_that_of_staff_no_citizens_pages",),
    ),
)
