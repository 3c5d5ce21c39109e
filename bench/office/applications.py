"""Applications of a year at the offices, by SQL; those that are open can be opened by an officer.

The open ones are the newest. What the closed ones sealed is empty: nobody opens them here.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from typing import Any

from bench.place import Place

OPEN_SHARE = 0.015
DONE = "applications"
SAMPLE = 2_000
# Who sends: each person in turn. `n` is the number of the application in the order of sending.
_APPLICATIONS = """
INSERT INTO registration_application (id, number, state, office_id, bhxh_code, person_id, full_name,
    name_folded, lookup_fingerprint, id_fingerprint, phone_fingerprint, sealed, findings,
    submitted_at, due_on, due_at, form_received_at, form_received_by, original_seen_at, original_seen_by,
    closed_at, closed_by, reasons,
    reason_text, images_erased_at)
SELECT id, lpad((1 + n / offices)::text, 5, '0') || '/' || extract(year FROM sent)::int || '/' || office,
    state, office, bhxh_code, CASE WHEN state = 'approved' THEN person_id END, full_name, name_folded,
    sha256(('l' || n)::bytea), sha256(('i' || n)::bytea), sha256(('p' || n)::bytea), ''::bytea,
    CASE WHEN n %% 7 = 0 THEN '[{"field": "phone", "against": "register", "code": "differs"}]'::jsonb
        ELSE '[]'::jsonb END,
    sent, (sent + interval '10 days')::date, sent + interval '10 days',
    CASE WHEN state IN ('approved', 'refused', 'received') THEN sent + interval '1 hour' END, '',
    CASE WHEN state = 'approved' THEN sent + interval '2 hours' END, '',
    CASE WHEN is_open THEN NULL ELSE sent + interval '3 hours' END, '',
    CASE WHEN state = 'refused' THEN '["photo_unclear"]'::jsonb ELSE '[]'::jsonb END, '',
    CASE WHEN is_open THEN NULL ELSE sent + interval '4 hours' END
FROM (
    SELECT n, nextval('vault_subject_seq') id, cardinality(codes) offices,
        codes[1 + n %% cardinality(codes)] office,
        n > %(count)s - %(open)s is_open,
        CASE WHEN n > %(count)s - %(open)s
            THEN now() - interval '9 days' * ((%(count)s - n)::float / %(open)s) - interval '2 hours'
            ELSE now() - interval '355 days' * ((%(count)s - n)::float / %(count)s) - interval '10 days'
            END sent,
        CASE WHEN n > %(count)s - %(open)s
            THEN CASE WHEN n %% 5 < 2 THEN 'received' ELSE 'submitted' END
            ELSE (ARRAY['approved', 'approved', 'approved', 'approved', 'approved', 'approved', 'approved',
                'approved', 'refused', 'expired'])[1 + n %% 10] END state,
        persons.person_id, persons.bhxh_code, persons.full_name, persons.name_folded
    FROM generate_series(1, %(count)s) n
    JOIN (SELECT person_id, bhxh_code, full_name, name_folded,
            row_number() OVER (ORDER BY person_id) - 1 place
        FROM participants_person) persons ON persons.place = n %% %(people)s,
        (SELECT array_agg(code ORDER BY code) codes FROM offices_office WHERE receives_applications) places
) made
ORDER BY n
"""
_IMAGES = """
INSERT INTO identity_image (subject_id, kind, blob_key, stored_at, width, height, problems)
SELECT id, kind, md5(id || kind), submitted_at, 1600, 1000, '[]'
FROM registration_application, unnest(ARRAY['front', 'back', 'portrait']) kind WHERE closed_at IS NULL
"""
_SAMPLE = """
SELECT id, number, office_id, full_name FROM registration_application
WHERE closed_at IS NULL ORDER BY sha256(id::text::bytea) LIMIT %s
"""


@dataclass(frozen=True)
class Open:
    """An open application, as who asks for it knows it."""

    id: int
    number: str
    office: str
    full_name: str


def make(here: Place, count: int, say: Any) -> None:
    """So many; nothing when they are there."""
    done = here.folder / DONE
    if done.is_file():
        return
    say(f"Tạo {count} hồ sơ (chỉ lần đầu)")
    with here.connect() as connection:
        connection.execute("TRUNCATE registration_application, identity_image")
        persons = connection.execute("SELECT count(*) FROM participants_person").fetchone()[0]
        values = {"count": count, "open": max(5, int(count * OPEN_SHARE)), "people": persons}
        connection.execute(_APPLICATIONS, values)
        connection.execute(_IMAGES)
        connection.execute("VACUUM ANALYZE")
    subprocess.run(here.python("-m", "bench.office.sealed_forms"), env=here.environment(), check=True)  # noqa: S603
    done.touch()


def sample(here: Place) -> list[Open]:
    """Open applications, a fixed choice of at most SAMPLE."""
    with here.connect() as connection:
        return [Open(*columns) for columns in connection.execute(_SAMPLE, [SAMPLE]).fetchall()]
