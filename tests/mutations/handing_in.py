"""Employers that print and hand in for their workers: whose forms, until when, and what is told of whom."""

from __future__ import annotations

from .mutation import Mutation

MUTATIONS = (
    Mutation(
        "HR asks for forms of workers who have not agreed",
        "they are not there",
        "  AND a.employer_prints_at IS NOT NULL AND a.due_at > %(now)s\nORDER BY w.sort_name",
        "  AND a.due_at > %(now)s\nORDER BY w.sort_name",
        ("test_only_own_workers_who_agreed_and_wait_are_ready",),
    ),
    Mutation(
        "a worker takes the word back before the own form is printed",
        "it is left out",
        "  AND a.employer_prints_at IS NOT NULL AND a.due_at > %(now)s\nFOR SHARE",
        "  AND a.due_at > %(now)s\nFOR SHARE",
        ("test_who_is_gone_before_the_printing_is_left_out[_take_back]",),
    ),
    Mutation(
        "a worker takes the word back while the own form is printed",
        "it is left out",
        "    if not set(printed) <= _printable(row, list(printed), now):\n        raise _Changed\n",
        "",
        ("test_who_takes_the_word_back_in_the_middle_is_left_out",),
    ),
    Mutation(
        "a worker takes the word back after the form was printed, and HR takes the PDF",
        "the PDF is put away",
        "AND (w.person_id IS NULL OR a.employer_prints_at IS NULL OR a.state = 'withdrawn')",
        "AND (w.person_id IS NULL OR a.state = 'withdrawn')",
        ("test_who_is_gone_after_it_takes_the_pdf_away[_take_back]",),
    ),
    Mutation(
        "a worker takes the word back once the form is handed in",
        "refused: it stays as it was",
        "    if row.state != State.SUBMITTED:\n        raise NotOpen\n    if (row.employer_prints_at",
        "    if (row.employer_prints_at",
        ("test_once_the_form_is_handed_in_it_stays_as_it_is",),
    ),
    Mutation(
        "HR lists a form that is on an open list",
        "it is not offered",
        "    return [row for row in ready(employer, now=now, office=office) if not row.is_listed]\n",
        "    return ready(employer, now=now, office=office)\n",
        ("test_a_list_takes_what_was_chosen_at_one_office_and_no_form_twice",),
    ),
    Mutation(
        "HR opens a list with the form of a worker who took the word back",
        "nobody is named beside the number",
        ") ON a.number = l.number AND NOT a.is_trial AND a.employer_prints_at IS NOT NULL\n",
        ") ON a.number = l.number AND NOT a.is_trial\n",
        ("test_who_takes_the_word_back_is_named_on_no_list_any_more",),
    ),
    Mutation(
        "HR cancels a list that the counter has begun",
        "refused",
        '        if found.closed_at is not None or found.lines.exclude(outcome="").exists():\n'
        "            raise ListBegun\n",
        "",
        ("test_a_list_is_cancelled_until_the_counter_begins",),
    ),
    Mutation(
        "an unsigned second sheet comes of a form that was received before",
        "what was received stays",
        "    if row.form_received_at is not None and not received_here:\n        return Outcome.TWICE\n",
        "",
        ("test_an_unsigned_second_sheet_takes_no_earlier_receipt_back",),
    ),
)
