"""A year of events, by SQL, and the searches of who checks them.

The events stand in lanes of their own: they are no part of the chain that the server goes on with.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from bench.office import desk
from bench.office.staff import AUDITOR, DIRECTOR, Officer
from bench.place import Place

DONE = "events"
FIRST_LANE, LANES = 100, 32
STEP = 1_000_000  # a statement
# Built after the rows are there.
_INDEXES = """
SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'audit_event' AND indexname NOT LIKE '%_pkey'
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conname = indexname)
"""
_EVENTS = """
INSERT INTO audit_event (subject_id, lane, seq, at, kind, actor_kind, actor_id, actor_name, office, facts,
    previous, hash, mac)
SELECT subjects.low + (n * 7919) %% (subjects.high - subjects.low + 1),
    %(lane)s + n %% %(lanes)s, n / %(lanes)s,
    now() - interval '365 days' * ((%(count)s - n)::float / %(count)s),
    kind, CASE WHEN by_officer THEN 'officer' ELSE 'person' END,
    CASE WHEN by_officer THEN posts.persons[at_post] END,
    CASE WHEN by_officer THEN 'Cán bộ thử ' || at_post ELSE '' END,
    CASE WHEN by_officer THEN posts.offices[at_post] ELSE '' END, '{}',
    sha256(n::text::bytea), sha256((n + 1)::text::bytea), sha256((n + 2)::text::bytea)
FROM (SELECT n, (n / %(posts)s) %% 10 < 6 by_officer, 1 + ((n * 31) %% %(posts)s)::int at_post,
    (ARRAY['application.viewed', 'application.photo_viewed', 'application.viewed',
        'application.form_received', 'application.approved', 'application.viewed',
        'account.signed_in', 'application.submitted',
        'account.signed_in', 'data.exported'])[1 + n %% 10] kind
    FROM generate_series(%(first)s::bigint, %(last)s) n) made,
    (SELECT min(id) low, max(id) high FROM registration_application) subjects,
    (SELECT array_agg(account_id ORDER BY account_id) persons,
            array_agg(office_id ORDER BY account_id) offices
        FROM accounts_staff_post) posts
"""
WEEK, YEAR = timedelta(days=7), timedelta(days=364)


def fill(here: Place, count: int, officers: Sequence[int], say: Any) -> None:
    """So many events; nothing when they are there."""
    done = here.folder / DONE
    if done.is_file():
        return
    say(f"Tạo {count} sự kiện của nhật ký (chỉ lần đầu)")
    with here.connect() as connection:
        connection.execute("DELETE FROM audit_event WHERE lane >= %s", [FIRST_LANE])
        indexes = connection.execute(_INDEXES).fetchall()
        with connection.transaction():
            for name, _ in indexes:
                connection.execute(f"DROP INDEX {name}")
            for first in range(1, count + 1, STEP):
                values = {
                    "first": first,
                    "last": min(count, first + STEP - 1),
                    "count": count,
                    "lane": FIRST_LANE,
                    "lanes": LANES,
                    "posts": len(officers),
                }
                connection.execute(_EVENTS, values)
            connection.execute("SET LOCAL maintenance_work_mem = '512MB'")
            for _, definition in indexes:
                connection.execute(definition)
        connection.execute("VACUUM ANALYZE audit_event")
    done.touch()


def search(port: int, officers: Sequence[Officer], *, seconds: float) -> dict[str, list[float]]:
    """Milliseconds of each kind of search by auditors in turn, one at a time."""
    auditors = [officer for officer in officers if officer.role == AUDITOR]
    return desk.in_turn(port, auditors, lambda: _asked(officers), seconds=seconds)


def _asked(officers: Sequence[Officer]) -> dict[str, str]:
    """The addresses of searches, with another week and another officer each time."""
    today = datetime.now(UTC).date()
    end = today - timedelta(days=random.randrange(350))  # noqa: S311
    week = {"tu": (end - WEEK).isoformat(), "den": end.isoformat()}
    year = {"tu": (today - YEAR).isoformat(), "den": today.isoformat()}
    deciding = [officer for officer in officers if officer.role not in (AUDITOR, DIRECTOR)]
    officer = random.choice(deciding)  # noqa: S311
    elsewhere = next(other.office for other in deciding if other.office != officer.office)
    asked = {
        "log of a week": week,
        "log of a year": year,
        "log of a matter": year | {"viec": "dang-ky"},
        "log of an officer": year | {"can-bo": str(officer.person_id)},
        "log of an office": year | {"co-quan": officer.office},
        "log of an officer elsewhere": year | {"can-bo": str(officer.person_id), "co-quan": elsewhere},
    }
    return {name: f"/can-bo/nhat-ky?{urlencode(fields)}" for name, fields in asked.items()}
