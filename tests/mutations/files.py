"""Attacks by files and pictures that are small and cost much."""

from __future__ import annotations

from .mutation import Mutation

MUTATIONS = (
    # --- pictures --------------------------------------------------------------------------
    Mutation(
        "a picture of 35 kB drawn so that its reader looks for long",
        "given up after four seconds, told in words",
        "[], [], max(0.0, until - time.monotonic()))[0]\n            part = os.read(child",
        "[], [], None)[0]\n            part = os.read(child",
        ("test_a_reader_that_says_nothing_is_given_up",),
    ),
    Mutation(
        "the same while it tries variants",
        "none is begun when half of the time is over",
        "        if until is not None and time.monotonic() > until:\n            return []\n",
        "",
        ("test_no_further_variant_is_tried_when_half_the_time_is_over",),
    ),
    Mutation(
        "many pictures at once",
        "two at work or next in line, others are told to come again (503)",
        "    if not _places.acquire(timeout=PATIENCE):\n        raise Busy\n",
        "    _places.acquire(timeout=PATIENCE)\n",
        (
            "test_who_comes_when_every_place_is_taken_is_told_so_at_once",
            "test_a_reader_with_no_place_left_asks_to_come_again",
        ),
    ),
    Mutation(
        "who sends such pictures again and again",
        "waits after a few",
        '            limits.hit("scan_slow", address, now=now)\n',
        "            pass\n",
        ("test_a_picture_drawn_to_be_slow_is_refused_in_words_and_a_few_are_enough",),
    ),
    Mutation(
        "many frames of a camera",
        "a limit for each address",
        '    limits.hit("scan_address", address, now=now)\n',
        "",
        ("test_too_many_frames_from_one_address_are_told_to_wait",),
    ),
    Mutation(
        "a picture whose header says that it is huge",
        "refused unseen",
        "            raise CannotDecode(Problem.TOO_MANY_PIXELS)\n        # After",
        "            pass\n        # After",
        ("test_it_refuses_a_bomb_by_its_header",),
    ),
    # --- files for import ------------------------------------------------------------------
    Mutation(
        "a sheet with cells A1 and XFD1048576",
        "refused with the place of the last, before its reader sees it",
        "    if corner.cells > bounds.cells:",
        "    if False:",
        (
            "test_cells_that_lie_far_apart_are_refused_with_the_place_of_the_last",
            "test_cells_far_apart_on_another_sheet_are_refused_too",
        ),
    ),
    Mutation(
        "a sheet whose writing hides that",
        "its process ends at its limit of memory, and no other",
        "    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))\n",
        "",
        ("test_one_that_is_too_much_ends_alone",),
    ),
    Mutation(
        "a workbook that would fill the memory",
        "is weighed before its reader sees it",
        "    left = bounds.workbook\n    try:",
        "    return\n    left = bounds.workbook\n    try:",
        ("test_a_workbook_that_would_fill_the_memory_is_refused",),
    ),
    Mutation(
        "a Parquet file of 10 kB that unpacks to gigabytes",
        "refused by its header",
        "    if rows * len(columns) > _most(path, bounds):",
        "    if False:",
        ("test_a_parquet_file_of_many_equal_rows_is_refused_by_its_header",),
    ),
    Mutation(
        "the same by one long value many times",
        "counted as it comes out",
        "                    if left < 0:\n                        raise _unpacks",
        "                    if False:\n                        raise _unpacks",
        ("test_a_parquet_file_is_counted_as_it_comes_out",),
    ),
    Mutation(
        "a gzip bomb",
        "refused before it is unpacked to its end",
        "                if gzipped and self._size + len(chunk) > self._most:",
        "                if False:",
        ("test_a_gzip_bomb_is_refused_before_it_is_unpacked_to_its_end",),
    ),
    Mutation(
        "one line without end",
        "refused",
        "        if self._line > LONGEST_LINE:\n",
        "        if False:\n",
        ("test_one_line_without_end_is_refused",),
    ),
    Mutation(
        "more columns than a table has",
        "refused",
        "        if len(source.header) > bounds.columns:",
        "        if False:",
        ("test_more_columns_than_a_table_has_are_refused",),
    ),
    Mutation(
        "a process that reads and does not end",
        "is ended after its time",
        "[], [], max(0.0, until - time.monotonic()))[0]:\n            raise Exceeded",
        "[], [], None)[0]:\n            raise Exceeded",
        ("test_one_that_is_too_much_ends_alone",),
    ),
    Mutation(
        "who asked it was killed",
        "it ends by its limit of processor time",
        "    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))\n",
        "",
        ("test_it_does_not_go_on_for_ever_when_who_asked_was_killed",),
    ),
    Mutation(
        "the process that reads strangers' files",
        "knows no secret",
        "        env=environment(),\n        stdin=subprocess.DEVNULL if",
        "        env=os.environ | environment(),\n        stdin=subprocess.DEVNULL if",
        ("test_it_knows_no_secret_and_ends_when_nobody_listens",),
    ),
    Mutation(
        "a job of an upload died three times",
        "the upload is set aside and told",
        "            elif _is_deadly(upload_id):\n                _set_aside(upload_id, clock())\n",
        "",
        ("test_an_upload_that_kills_its_worker_three_times_is_set_aside",),
    ),
    Mutation(
        "a job that ended by itself, or lost the database",
        "does not count as one that died",
        "row.state, row.phase, row.tries = Upload.State.WAITING, Upload.HELD, row.tries - 1",
        "row.state, row.phase = Upload.State.WAITING, Upload.HELD",
        ("test_tries_that_come_to_an_end_of_their_own_do_not_count",),
    ),
    Mutation(
        "ten large files come before a message",
        "the message goes first, and one file at a time is worked on",
        "priority=BEHIND, lock=TURN, upload_id",
        "upload_id",
        ("test_a_message_that_came_after_ten_files_goes_first",),
    ),
    Mutation(
        "messages want a worker of their own",
        "`--queues`; a queue that there is not is refused",
        "    if unknown := set(chosen) - QUEUES:",
        "    if unknown := set():",
        ("test_a_worker_of_queues_that_do_not_exist_says_so",),
    ),
)
