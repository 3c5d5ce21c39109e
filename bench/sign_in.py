"""`sign_in`: a sign-in, limits and session included, against one bare Argon2id of the same cost."""

from __future__ import annotations

import secrets

from bench.harness import Bench
from bench.rows import Row, Target, row, turns

PASSWORD = "only-for-the-benchmark-2026"
TIMES = 5


def measure(bench: Bench) -> list[Row]:
    """Milliseconds of a sign-in; at most 15 % above the hash."""
    from django.contrib.auth.hashers import check_password, make_password
    from django.utils import timezone

    from vssid.domain.accounts import actions as accounts

    stored = make_password(PASSWORD, hasher="argon2")
    login = _account(bench, stored)

    def ours() -> object:
        # A new address each time: the limits are not what is measured.
        address = f"198.18.{secrets.randbelow(256)}.{secrets.randbelow(256)}"
        return accounts.sign_in(
            login,
            PASSWORD,
            kind="citizen",
            address=address,
            device="bench",
            known_device=True,
            now=timezone.now(),
        )

    count = len(bench.rounds("sign_in", 5))
    took, hashing = turns(ours, lambda: check_password(PASSWORD, stored), times=TIMES, rounds=count)
    return [row("sign_in", "ms", took, hashing, Target("ratio", "≤", 1.15))]


def _account(bench: Bench, stored: str) -> str:
    """The login name of a person who has this password."""
    person_id = bench.sample.first
    with bench.place.connect() as connection:
        code = connection.execute(
            "UPDATE accounts_account SET password = %s WHERE person_id = %s RETURNING login",
            [stored, person_id],
        ).fetchone()[0]
        connection.execute(
            "INSERT INTO accounts_login_name (name, person_id) VALUES (%s, %s) ON CONFLICT DO NOTHING",
            [code, person_id],
        )
    return str(code)
