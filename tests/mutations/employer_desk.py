"""What HR and its office have to do with each other: whom to ask, what is to be mended, what is written."""

from __future__ import annotations

from .mutation import Mutation

MUTATIONS = (
    Mutation(
        "somebody who only wrote a code into an application learns where its owner works",
        "nobody is told before an officer has seen the original",
        "        row.person_id if row.original_seen_at is not None else None,",
        "        row.person_id,",
        ("test_whom_to_ask_at_the_employers_office_is_told_only_once_an_officer_has_seen_the_original",),
    ),
    Mutation(
        "HR of an employer that moved asks the officer of its former office",
        "the new office is named, and nobody of the one before",
        " AND r.office_id = coalesce(m.office_id, e.office_code)",
        "",
        ("test_an_employer_that_moved_is_asked_about_at_its_new_office_and_not_of_the_officer_of_before",),
    ),
    Mutation(
        "HR sends a difference of another employer to the office",
        "not there",
        "        if not ids or there != ids:\n            raise NotYours\n",
        "",
        ("test_what_is_another_employers_or_is_no_more_is_not_sent",),
    ),
    Mutation(
        "HR takes back what another employer asked for",
        "not there",
        ".filter(id=correction_id, employer_id=employer)",
        ".filter(id=correction_id)",
        ("test_what_lies_at_the_office_is_not_the_file_to_be_mended_until_it_is_taken_back",),
    ),
    Mutation(
        "HR says of what lies at the office that the file is wrong",
        "refused until the request is taken back",
        "        if moves.lies_at_office(row.id):\n            raise LiesAtOffice\n",
        "",
        ("test_what_lies_at_the_office_is_not_the_file_to_be_mended_until_it_is_taken_back",),
    ),
    Mutation(
        "both sides agree after a file, and the office still has the request before it",
        "the request ends by itself",
        "        vanishing.close_gone(employer, now=now)\n",
        "",
        ("test_a_difference_that_vanishes_by_a_file_ends_its_request",),
    ),
    Mutation(
        "HR of one employer reads what another wrote to its office",
        "not there",
        "            return self.hr is not None and self.hr.employer == ticket.employer_code",
        "            return self.hr is not None",
        (
            "test_colleagues_of_the_employer_read_it_and_hr_of_another_does_not",
            "test_anything_of_another_employer_is_not_there",
        ),
    ),
)
# What was decided at an employer's, on a device that was away.
ON_SITE = (
    Mutation(
        "a device sends a decision on a file that is no more what the officer saw",
        "nothing is done, and what changed is told",
        "        raise Changed(parts=parts)\n",
        "        pass\n",
        ("test_a_file_with_other_pictures_than_the_officer_saw_is_told_and_left_alone",),
    ),
    Mutation(
        "an officer decides a file that the device was never given",
        "not there",
        "    if row is None or sent.application not in row.applications:\n",
        "    if row is None:\n",
        ("test_a_file_that_the_device_was_never_given_is_not_there",),
    ),
    Mutation(
        "an officer who is not named for the day any more sends decisions of it",
        "refused",
        "    if not days.is_named(sent.day, by):\n        raise NotNamed\n",
        "",
        ("test_who_is_not_named_any_more_decides_nothing",),
    ),
    Mutation(
        "a device that the office withdrew sends decisions",
        "refused",
        "    if device.withdrawn_at is not None:\n        raise DeviceWithdrawn\n",
        "",
        ("test_a_withdrawn_device_decides_nothing_and_takes_nothing",),
    ),
    Mutation(
        "the number of one decision is sent for another file",
        "not there",
        "    if not same:\n        raise NotYours\n",
        "",
        ("test_a_number_used_for_one_file_says_nothing_of_another",),
    ),
    Mutation(
        "somebody at an officer's unlocked desk takes the files of a day along",
        "the password is asked again",
        '            request.POST.get("mat_khau", "")[:200],\n            kind=Account.STAFF,',
        '            "hoa sen trang 99",\n            kind=Account.STAFF,',
        ("test_the_files_are_given_only_after_the_password",),
    ),
)
