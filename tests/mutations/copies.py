"""A copy knows that it is one, sessions are not assumed, and what is half made is not made."""

from __future__ import annotations

from .mutation import Mutation

MUTATIONS = (
    Mutation(
        "a database is restored elsewhere",
        "it knows that it is a copy, by where it lies",
        '    if row["recorded"] != place:\n        return Standing(State.MOVED, uid, place)\n',
        "",
        ("test_a_database_from_a_dump_is_a_copy_also_beside_the_folder_of_the_original",),
    ),
    Mutation(
        "a machine with another data folder, or none",
        "takes itself for a copy",
        "State.OURS if marker.known() == uid else State.STRANGE",
        "State.OURS",
        (
            "test_without_its_data_folder_it_is_a_copy",
            "test_with_the_folder_of_another_installation_it_is_a_copy",
        ),
    ),
    Mutation(
        "the data folder itself was copied",
        "the copy is not taken for it",
        " if written.is_of(file_identity.of(path)) else None",
        "",
        ("test_a_copied_data_folder_is_not_the_original",),
    ),
    Mutation(
        "a copy has an outbox",
        "nothing is sent, no attempt is used up",
        "    if installation.now().is_halted:\n",
        "    if False:\n",
        ("test_a_copy_sends_nothing_by_any_way_and_uses_up_no_attempt",),
    ),
    Mutation(
        "a copy has jobs",
        "they wait",
        "        return not standing.judge(row).is_halted\n",
        "        return True\n",
        ("test_a_worker_does_no_job_of_a_copy_nor_of_a_database_that_lacks_the_table",),
    ),
    Mutation(
        "the worker of a copy",
        "asks before each job",
        "        if self.gate is not None and not await self._opens(self.gate):\n            return None\n",
        "",
        ("test_on_a_copy_it_leaves_every_job_alone_until_that_is_let_go",),
    ),
    Mutation(
        "a page of a copy",
        "says so, whatever page",
        "  {% if copied %}<aside",
        "  {% if False %}<aside",
        ("test_a_copy_says_so_on_every_page_and_the_service_on_none",),
    ),
    Mutation(
        "`./vssid check` on a copy",
        "says so",
        "    return adopting.sentence(standing.now())",
        '    return ""',
        ("test_check_tells_a_copy",),
    ),
    Mutation(
        "`./vssid adopt` where nobody can say yes",
        "shows what would be sent and changes nothing",
        "    if not (yes or _agreed()):",
        "    if False:",
        ("test_where_nobody_can_say_yes_it_shows_and_changes_nothing",),
    ),
    Mutation(
        "`./vssid adopt` with a yes",
        "drops what the original has surely sent",
        "    dropped = waiting.drop(before=before, now=now) if before else 0\n",
        "    dropped = 0\n",
        ("test_with_a_yes_the_old_are_dropped_and_their_texts_erased",),
    ),
    Mutation(
        "the copy is adopted under the number of the original",
        "refused",
        "    if uid == standing.now().uid:\n        raise StillTheOriginals(uid=str(uid))\n",
        "",
        ("test_a_copy_is_not_adopted_under_the_number_of_the_original",),
    ),
    Mutation(
        "a machine is to join a database that is itself a copy",
        "refused",
        "current.state in (State.MOVED, State.UNPREPARED)",
        "current.state is State.UNPREPARED",
        ("test_a_machine_joins_where_the_database_lies_and_nowhere_else",),
    ),
    # --- sessions are not assumed ----------------------------------------------------------
    Mutation(
        "PgBouncer shares sessions by transaction or statement",
        "refused at start in a sentence",
        '    if _shares_sessions():\n        raise Unfit("pooled", **_where())\n',
        "",
        ("test_shared_sessions_are_refused",),
    ),
    Mutation(
        "the same, lending its sessions in turn",
        "refused too",
        "    return len(ours) > 1 or bool(ours & theirs)",
        "    return bool(ours & theirs)",
        ("test_shared_sessions_are_refused_also_where_they_are_lent_in_turn",),
    ),
    Mutation(
        "a pooler drops the limits, or somebody sets one to 0",
        "they are read back at start, and refused",
        "        if not 0 < settings[name] <= most:",
        "        if False:",
        (
            "test_a_pooler_that_drops_the_limits_is_refused_until_the_server_keeps_them",
            "test_a_limit_that_did_not_arrive_or_is_none_stops_the_start",
        ),
    ),
    Mutation(
        "an address that sets a limit of the connection to 0",
        "refused",
        "given.isdigit() and int(given)",
        "given.isdigit()",
        ("test_a_client_limit_that_is_none_is_refused",),
    ),
    Mutation(
        "an address with `?options=` of its own",
        "they stand beside the limits",
        'for part in (limits.options(), own, "-c timezone=UTC")',
        'for part in (own or limits.options(), "-c timezone=UTC")',
        ("test_an_operators_own_options_stand_beside_the_limits",),
    ),
    # --- half made -------------------------------------------------------------------------
    Mutation(
        "a first start is stopped while it makes its database",
        "the next one goes on: it is made beside and renamed",
        "    _create(making)\n    if data.is_dir():\n        data.rmdir()\n    making.rename(data)\n",
        "    _create(data)\n",
        ("test_a_first_start_that_is_killed_while_it_makes_the_folder_goes_on_the_next_time",),
    ),
    Mutation(
        "a folder of an older PostgreSQL",
        "a sentence with both versions and a command",
        "    if made_by != ours:",
        "    if False:",
        ("test_a_folder_of_another_version_or_half_made_before_is_named_with_what_to_do",),
    ),
    Mutation(
        "a folder that was half made before",
        "named with what to do",
        "    if not (data / _LAST_MADE).exists():",
        "    if False:",
        ("test_a_folder_of_another_version_or_half_made_before_is_named_with_what_to_do",),
    ),
    Mutation(
        "`./vssid upgrade-database`",
        "carries all over and keeps the old folder",
        "                _know_new_place(data, target, name)\n",
        "",
        ("test_all_is_carried_over_and_the_old_folder_kept",),
    ),
    Mutation(
        "an upgrade is stopped before its last step",
        "the next start says so, and the next upgrade ends it",
        "        if clusters.upgraded(data).is_dir():\n            return _put_in_place(data)\n",
        "",
        ("test_one_that_was_stopped_before_the_last_step_is_ended",),
    ),
    Mutation(
        "an upgrade without the old programs",
        "says what to install and changes nothing",
        "        if given and version:\n            raise CannotStart(",
        "        if False:\n            raise CannotStart(",
        ("test_without_the_old_programs_it_says_what_to_install_and_changes_nothing",),
    ),
)
