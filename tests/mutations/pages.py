"""Attacks on pages: odd bodies and headers, foreign things, open data, the store and the database away."""

from __future__ import annotations

from .mutation import Mutation

MUTATIONS = (
    # --- no 500 ----------------------------------------------------------------------------
    Mutation(
        "JSON nested without end at the doors of passkeys",
        "refused in words",
        "    except (ValueError, RecursionError, RawPostDataException):\n        raise WrongProof from None",
        "    except (ValueError, RawPostDataException):\n        raise WrongProof from None",
        ("test_an_odd_body_is_refused_in_words",),
    ),
    Mutation(
        "a form of many parts there",
        "refused in words",
        "    except (ValueError, RecursionError, RawPostDataException):\n        raise WrongProof from None",
        "    except (ValueError, RecursionError):\n        raise WrongProof from None",
        ("test_a_form_of_many_parts_is_refused_in_words",),
    ),
    Mutation(
        "a NUL in what is sent there",
        "refused in words",
        "    if not isinstance(said, dict) or NUL in text:",
        "    if not isinstance(body, dict):",
        ("test_a_name_that_cannot_be_stored_is_asked_for_by_nobody",),
    ),
    Mutation(
        "an answer of a device whose bytes are nested or broken",
        "refused",
        "            require_user_verification=True,\n        )\n"
        "    # Readers of JSON, CBOR and keys meet hostile bytes here and raise whatever they like.\n"
        "    except Exception:\n        raise WrongProof from None\n    response",
        "            require_user_verification=True,\n        )\n"
        "    except ValueError:\n        raise WrongProof from None\n    response",
        ("test_an_answer_of_a_device_that_is_nested_or_broken_is_refused",),
    ),
    Mutation(
        "a NUL in the name of a passkey",
        "is left out",
        "    new_name = tidy(name)[:NAME_LENGTH]\n",
        "    new_name = name[:NAME_LENGTH]\n",
        ("test_the_name_of_a_passkey_loses_what_cannot_be_stored",),
    ),
    Mutation(
        "a NUL in the key of a form (`once`)",
        "is left out",
        "tidy(once)[:ONCE_LONGEST]",
        "once[:ONCE_LONGEST]",
        ("test_the_key_of_a_form_loses_what_cannot_be_stored",),
    ),
    Mutation(
        "every address × role × method, with odd values, texts, bodies and headers",
        "no answer of 5xx",
        "uuid.UUID(hex=session), secret\n    except ValueError:",
        "uuid.UUID(hex=session), secret\n    except TypeError:",
        ("test_no_cookie_breaks_a_page[vssid-session]",),
    ),
    Mutation(
        "the same with odd bodies",
        "no answer of 5xx",
        "    except (ValueError, RecursionError, RawPostDataException):\n        raise WrongProof from None",
        "    except ValueError:\n        raise WrongProof from None",
        ("test_no_body_breaks_a_form[nobody]",),
    ),
    Mutation(
        "the store of files is full, or away",
        "507 or 503 in words; what was saved stays",
        "    if isinstance(error, blobs.Away):\n        return _of_the_store(request, error)\n",
        "",
        ("test_a_store_that_takes_nothing_loses_nothing",),
    ),
    Mutation(
        "what a full disk says",
        "is understood as full",
        'or any(f"(os error {code})" in str(error) for code in FULL)',
        "",
        ("test_what_obstore_says_of_a_full_disk_is_understood",),
    ),
    Mutation(
        "the database is away and somebody is signed in",
        "503 with `Retry-After` at every address",
        "    if not away.is_away(error):\n        return None\n    cause",
        "    if True:\n        return None\n    cause",
        ("test_whoever_is_signed_in_gets_503_at_every_address",),
    ),
    Mutation(
        "the same for a stranger",
        "a page, or 503",
        "    return isinstance(database_error, psycopg.OperationalError | psycopg.InterfaceError)\n",
        "    return False\n",
        ("test_a_stranger_gets_a_page_or_503_at_every_address",),
    ),
    Mutation(
        "a form is sent while the database is away",
        "what was typed is on the page, to be sent again",
        '    return [(name, value) for name, value in sent if name != "csrfmiddlewaretoken"]\n',
        "    return None\n",
        ("test_what_was_typed_is_on_the_page_to_be_sent_again",),
    ),
    Mutation(
        "a form of another site is",
        "it is not handed back with a token of ours",
        "> LONGEST or not _is_from_here(request):",
        "> LONGEST:",
        ("test_a_form_of_another_site_is_not_handed_back_with_a_token_of_ours",),
    ),
    Mutation(
        "a password is in it",
        "it is not on the page",
        "    if any(secret in name for name, value in sent if value for secret in SECRETS):\n"
        "        return None\n",
        "",
        ("test_passwords_files_and_long_texts_are_left_to_the_browser",),
    ),
    Mutation(
        "the doors of machines while the database is away, with a session's cookie",
        "answer",
        "    if not token or request.path_info in SESSIONLESS:\n",
        "    if not token:\n",
        ("test_the_doors_of_machines_answer_with_the_database_away",),
    ),
    # --- foreign things --------------------------------------------------------------------
    Mutation(
        "every object of one person asked for by everybody else",
        "is not there",
        "rows.filter(policy.within(by, kind.look)).exclude(state__in=kind.unsent)",
        "rows.exclude(state__in=kind.unsent)",
        ("test_what_is_lans_opens_for_those_it_is_written_for_and_for_nobody_else",),
    ),
    Mutation(
        "the session of one person under the number of another",
        "is none",
        'WHERE session.person_id = %(person_id)s AND session.id = %(session_id)s\n"""',
        'WHERE session.id = %(session_id)s\n"""',
        ("test_the_session_of_one_person_is_no_session_of_another",),
    ),
    Mutation(
        "an officer whose post loads files opens people's files",
        "the page says which right the post lacks",
        '_marked(view, "officer", _is_staff, lacking=lacking, turned_away=_no_right)',
        '_marked(view, "officer", _is_staff)',
        (
            "test_what_is_lans_opens_for_those_it_is_written_for_and_for_nobody_else",
            "test_a_post_opens_only_what_the_table_gives_its_role",
        ),
    ),
    Mutation(
        "an officer decides a file of their own, of the household, of a ward or of who trusts them",
        "is said beside the buttons, and nothing is written",
        "        own_files.refuse(by, lambda: kind.persons(row))\n",
        "",
        ("test_nobody_does_anything_with_a_file_of_their_own", "test_nor_one_of_the_own_household"),
    ),
    Mutation(
        "a forged proxy header",
        "the n-th entry from the right counts, as many as there are proxies",
        "    return chain[-proxies] if len(chain) >= proxies else direct",
        "    return chain[0] if chain else direct",
        ("test_an_address_that_anyone_can_make_up_is_not_believed",),
    ),
    Mutation(
        "a sign-in is to lead to another site",
        "it leads to ours",
        "    return path if path and safe else default",
        "    return path or default",
        ("test_only_paths_of_this_site_follow_a_redirect", "test_no_sign_in_leads_to_another_site"),
    ),
    Mutation(
        "a browser names an address to push to",
        "only those of known services are called",
        '    return parts.scheme == "https" and port in {None, 443} and _is_push_service(host)\n',
        '    return parts.scheme == "https" and port in {None, 443}\n',
        ("test_no_other_address_is_called",),
    ),
    Mutation(
        "a name that is code for the program that sets PDFs",
        "is text",
        '    inputs = {"data": json.dumps(data, ensure_ascii=False)}\n',
        '    inputs = {"data": json.dumps(data, ensure_ascii=False)}\n'
        '    sources["main.typ"] += str(data.get("full_name", "")).encode()\n',
        ("test_what_a_person_types_is_text_to_the_form_not_markup",),
    ),
    Mutation(
        "a code entered twice at once",
        "sends one application",
        "finds no draft.\n    if Draft.objects.select_for_update().filter(",
        "finds no draft.\n    if Draft.objects.filter(",
        ("test_eight_taps_on_send_make_one_application",),
    ),
    Mutation(
        "an answer of a passkey is sent again",
        "its challenge is used up",
        "        row = rows.select_for_update().first()\n        rows.delete()\n",
        "        row = rows.select_for_update().first()\n",
        (
            "test_an_answer_is_good_once_in_its_browser_and_for_some_minutes",
            "test_a_refused_answer_uses_the_challenge_up",
        ),
    ),
    Mutation(
        "a credential of a card that was changed",
        "its signature is wrong",
        "signer = next((key for key in candidates if envelope.is_signed_by(sealed, key.point)), None)",
        "signer = next(iter(candidates), None)",
        ("test_a_changed_word_breaks_the_signature_and_tells_nothing",),
    ),
    # --- what is held by the browser -------------------------------------------------------
    Mutation(
        "the cookie of a draft to go on with",
        "holds neither phone nor code that anybody could read",
        "        signing.dumps(_sealed(name, value), salt=_salt(name)),",
        "        signing.dumps(value, salt=_salt(name)),",
        ("test_nobody_reads_the_phone_or_the_code_in_the_cookie",),
    ),
    # --- open data -------------------------------------------------------------------------
    Mutation(
        "open data is read",
        "made ahead by a job, the database is asked nothing",
        "            packed = _stored(name, form)\n",
        "            make(name)\n            packed = _stored(name, form)\n",
        ("test_the_first_reader_has_a_file_made_that_never_was_and_no_other",),
    ),
    Mutation(
        "the same with parameters that nobody knows",
        "they are ignored",
        "    return _answer(request, _made(name, form), TYPES[form])\n",
        "    if request.GET:\n        make(name)\n"
        "    return _answer(request, _made(name, form), TYPES[form])\n",
        ("test_a_reader_asks_the_database_nothing_whatever_stands_behind_the_address",),
    ),
    Mutation(
        "the same by who takes it packed",
        "it comes packed",
        '    takes_packed = "gzip" in request.headers.get("Accept-Encoding", "")',
        "    takes_packed = False",
        ("test_it_comes_packed_to_whoever_takes_that",),
    ),
    Mutation(
        "the same by who has it",
        "costs no body (ETag)",
        "public_data.shared(get_conditional_response(request, etag=etag, response=response) or response)",
        "public_data.shared(response)",
        ("test_an_unchanged_file_costs_no_body",),
    ),
    Mutation(
        "a reader who reads nothing",
        "holds no thread: what is short is sent at once, and nothing is made while it is read",
        " or _length(headers) <= WHOLE:",
        ":",
        ("test_a_streamed_answer_that_is_short_is_sent_at_once",),
    ),
)
