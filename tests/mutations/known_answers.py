"""Files with a known answer: nobody outside the desk meets one, and only the result stays."""

from __future__ import annotations

from .mutation import Mutation

MUTATIONS = (
    Mutation(
        "a list, a job or a look-up asks for applications and knows nothing of files with a known answer",
        "they are left out",
        "        return super().get_queryset().filter(is_trial=False)\n",
        "        return super().get_queryset()\n",
        (
            "test_it_is_no_row_for_who_does_not_ask_for_the_desk",
            "test_a_person_with_its_code_is_neither_kept_out_nor_told_of_it",
        ),
    ),
    Mutation(
        "a line of one came into the tables of reports",
        "the next count takes it out",
        " WHERE a.id = f.application_id AND NOT a.is_trial)",
        " WHERE a.id = f.application_id)",
        ("test_a_line_of_a_report_that_was_one_goes",),
    ),
    Mutation(
        "an officer approves one",
        "no account, no text: the result is kept and the file goes",
        "by.name, APPROVE), by=by, now=now)\n        return\n",
        "by.name, APPROVE), by=by, now=now)\n",
        ("test_an_approval_opens_no_account_tells_nobody_and_leaves_the_result_alone",),
    ),
    Mutation(
        "an officer refuses one",
        "nobody is told",
        "by.name, REFUSE, said.reasons), by=by, now=now)\n            return\n",
        "by.name, REFUSE, said.reasons), by=by, now=now)\n",
        ("test_a_refusal_for_what_was_to_see_is_right_and_sends_nothing",),
    ),
    Mutation(
        "officers look at one",
        "the log names it otherwise: no look at a person, no decision that is counted",
        "    kind = TRIAL + kind.removeprefix(REAL) if row.is_trial else kind\n",
        "",
        ("test_looks_at_it_are_no_looks_at_a_person",),
    ),
    Mutation(
        "a person registers with the code of one",
        "is not kept out: its column holds no code of a person",
        "        bhxh_code=code_keys.of_trial(typed.bhxh_code),",
        "        bhxh_code=code_keys.stored(typed.bhxh_code),",
        ("test_a_person_with_its_code_is_neither_kept_out_nor_told_of_it",),
    ),
    Mutation(
        "a case bears a number of somebody who is in the register by now",
        "it is not laid",
        "    loading.refuse_met(case.name, values)\n",
        "",
        ("test_a_case_whose_number_a_person_has_by_now_is_not_laid",),
    ),
    Mutation(
        "one is taken back while an officer looks at it",
        "it waits until nobody does",
        "Exists(row_of), ~Exists(in_hand))",
        "Exists(row_of))",
        ("test_undecided_it_is_taken_back_silently_and_counted_as_not_met",),
    ),
    Mutation(
        "a worker is killed while it lays one",
        "the next hour clears what it left",
        "    lost = [application_id for application_id in begun if application_id not in there]\n",
        "    lost: list[int] = []\n",
        ("test_what_a_killed_worker_began_to_lay_is_cleared",),
    ),
    Mutation(
        "a director elsewhere asks for an officer's results",
        "not there",
        "    return TrialResult.objects.filter(within, decided_at__gte=now - SHOWN)",
        "    return TrialResult.objects.filter(decided_at__gte=now - SHOWN)",
        ("test_a_director_elsewhere_sees_none_of_it",),
    ),
)
