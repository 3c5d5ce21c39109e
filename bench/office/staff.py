"""Officers with posts and sessions, spread over the offices of the register."""

from __future__ import annotations

from dataclasses import dataclass

from bench import people
from bench.place import Place

OFFICERS = 200
AUDITOR, DIRECTOR = "auditor", "director"
# Of so many one checks the log and one reads reports, both at the head office; the others decide files.
TEAM = 20
_KNOWN = """
SELECT account.person_id, post.office_id, post.role FROM accounts_account account
JOIN accounts_staff_post post ON post.account_id = account.person_id
WHERE account.kind = 'staff' ORDER BY account.person_id
"""
_ACCOUNTS = """
INSERT INTO accounts_account (person_id, kind, login, display_name, password, created_at)
SELECT nextval('vault_subject_seq'), 'staff', 'bench-' || n, 'Cán bộ thử ' || n, %(password)s, now()
FROM generate_series(1, %(officers)s) n
"""
_POSTS = """
INSERT INTO accounts_staff_post (account_id, office_id, role, from_on, ended_why)
SELECT person_id,
    CASE WHEN n %% %(team)s < 2 THEN offices.head ELSE offices.codes[1 + n %% cardinality(offices.codes)] END,
    CASE n %% %(team)s WHEN 0 THEN 'auditor' WHEN 1 THEN 'director' ELSE 'reviewer' END, DATE '2026-01-01', ''
FROM (SELECT person_id, row_number() OVER (ORDER BY person_id) n FROM accounts_account
    WHERE kind = 'staff') account,
    (SELECT array_agg(code ORDER BY code) FILTER (WHERE receives_applications) codes,
        min(code) FILTER (WHERE parent_id IS NULL) head FROM offices_office) offices
"""
_SESSIONS = """
INSERT INTO accounts_session
    (person_id, id, secret_hash, created_at, rotated_at, seen_at, device, proved_at)
SELECT person_id, lpad(to_hex(person_id), 32, '0')::uuid, %(hash)s, now(), now(), now(), 'bench', now()
FROM accounts_account WHERE kind = 'staff'
"""


@dataclass(frozen=True)
class Officer:
    """Somebody of staff, the office of the post and its role."""

    person_id: int
    office: str
    role: str

    @property
    def cookie(self) -> str:
        """The session's."""
        return f"vssid-session={people.token(self.person_id)}"


def appoint(here: Place) -> list[Officer]:
    """All officers; made where there are none."""
    with here.connect() as connection:
        if not connection.execute(_KNOWN).fetchone():
            connection.execute(_ACCOUNTS, {"password": people.UNUSABLE, "officers": OFFICERS})
            connection.execute(_POSTS, {"team": TEAM})
        return [Officer(*columns) for columns in connection.execute(_KNOWN).fetchall()]


def sign_in(here: Place, officers: list[Officer]) -> None:
    """A fresh session for each, with the second factor just proved."""
    with here.connect() as connection:
        connection.execute("DELETE FROM accounts_session")
        made = connection.execute(_SESSIONS, {"hash": people.secret_hash()}).rowcount
    assert made == len(officers), made
