"""What an office sees of 360,000 employers, for `employers`: a campaign's results and list, the list of
employers, and the portfolio of a collection officer who looks after 2,000. The pages are asked for in this
process, through every middleware.
"""

from __future__ import annotations

import itertools
import math
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from bench import people
from bench.employers.campaigns import OFFICE
from bench.place import Place

FOLLOWED, ASKED = 2_000, 20
# A hundredth of the office's employers have at most so many people.
SMALL_TO = 19
# Of ten letters eight were posted, four opened, two brought somebody in.
_ENTRIES = """
INSERT INTO employers_entry (
  employer_code, office_id, way, name_part, code_hash, tries, made_at, made_by_name, expires_at, looked_at,
  used_at, cancelled_by
)
SELECT employer_code, office_code, 'letter',
  'B' || lpad(to_hex(row_number() OVER (ORDER BY employer_code)), 7, '0'), '-', 0,
  now() - interval '9 days', 'Bench', now() + interval '30 days',
  CASE WHEN people %% 10 < 4 THEN now() - interval '5 days' END,
  CASE WHEN people %% 10 < 2 THEN now() - interval '4 days' END, ''
FROM employers_target WHERE campaign_id = %(campaign)s AND people %% 10 < 8
ON CONFLICT DO NOTHING
"""
_SENT = """
UPDATE employers_target t SET letters = 1, printed_at = now() - interval '9 days', entry_id = e.id,
  posted_at = CASE WHEN people %% 10 < 7 THEN now() - interval '8 days' END
FROM employers_entry e WHERE t.campaign_id = %(campaign)s AND e.employer_code = t.employer_code
"""
_FOLLOWED = """
INSERT INTO rollout_assignment (
  employer_code, office_id, officer_id, officer_name, from_on, made_at, made_by, ended_by
)
SELECT code, office_code, %(officer)s, 'Bench', now()::date - 9, now(), 'Bench', '' FROM participants_employer
WHERE office_code = %(office)s AND line %% 100 = %(which)s ORDER BY code LIMIT %(many)s
"""


class Followed:
    """Two campaigns that run, one over a hundredth of the employers, and two officers."""

    def __init__(self, here: Place) -> None:
        self.whole, self.part = _campaign(None), _campaign(SMALL_TO)
        with here.connect() as connection:
            told = {"campaign": self.whole, "office": OFFICE}
            connection.execute(_ENTRIES, told)
            for campaign in (self.whole, self.part):
                connection.execute(_SENT, {"campaign": campaign})
            for table in ("employers_target", "employers_entry"):
                connection.execute(f"ANALYZE {table}")
        self.director = client(_staff("director"))
        self.follows, self.few = _staff("collection_officer"), _staff("collection_officer")
        with here.connect() as connection:
            connection.execute("DELETE FROM rollout_assignment WHERE made_by = 'Bench'")
            for at, (officer, many) in enumerate(((self.follows, FOLLOWED), (self.few, FOLLOWED // 100))):
                told = {"office": OFFICE, "officer": officer, "many": many, "which": at}
                connection.execute(_FOLLOWED, told)
            connection.execute("ANALYZE rollout_assignment")
        self.officers = client(self.follows), client(self.few)

    def results(self, campaign: int) -> float:
        """A campaign's page with all its figures."""
        return _waits(self.director, [f"/can-bo/chien-dich/{campaign}"])

    def targets(self, campaign: int) -> float:
        """Its employers: the first page, a step, a later page, words of a name."""
        here = f"/can-bo/chien-dich/{campaign}/cac-don-vi"
        return _waits(self.director, [here, f"{here}?xem=da-vao", f"{here}?trang=20", f"{here}?q=thu+so+77"])

    def listed(self) -> float:
        """The office's employers: the first page, how far, a later page, a code, words of a name."""
        here = "/can-bo/don-vi"
        asked = ["", "?xem=chua-moi", "?trang=20", "?q=QB0042A", "?q=thu+so+77"]
        return _waits(self.director, [here + each for each in asked])

    def portfolio(self, which: int) -> float:
        """The employers of one officer by what they need."""
        return _waits(self.officers[which], ["/can-bo/don-vi/cua-toi"])

    def end(self) -> None:
        """The campaigns are over; of the next run others are made."""
        from django.utils import timezone

        from vssid.domain.employers.campaigns import running
        from vssid.kernel.actor import SYSTEM

        for campaign in (self.whole, self.part):
            running.end(campaign, by=SYSTEM, now=timezone.now())


def _campaign(size_to: int | None) -> int:
    from django.utils import timezone

    from vssid.domain.employers.campaigns import planning, rules, running, writing
    from vssid.kernel.actor import SYSTEM
    from vssid.kernel.calendar import local_day

    now = timezone.now()
    today = local_day(now)
    asked = rules.Written(
        OFFICE, str(time.time_ns()), today, "Bench", today + timedelta(days=9), size_from=1, size_to=size_to
    )
    campaign = writing.write(asked, by=SYSTEM, now=now)
    writing.add_wave(campaign, rules.WaveWritten("letter", today), by=SYSTEM, now=now)
    running.start(campaign, by=SYSTEM, now=now)
    planning.plan(campaign, now)
    return campaign


def _staff(role: str) -> int:
    """Somebody of the office's staff; the number."""
    from django.utils import timezone

    from vssid.domain.accounts.models.accounts import Account
    from vssid.domain.accounts.models.staff import Post
    from vssid.domain.vault import sealing as vault
    from vssid.kernel.calendar import local_day

    now, number = timezone.now(), vault.new_subject_id()
    Account.objects.create(
        person_id=number,
        kind=Account.STAFF,
        login=f"bench.{number}",
        display_name="Bench",
        password=people.UNUSABLE,
        created_at=now,
    )
    Post.objects.create(account_id=number, office_id=OFFICE, role=role, from_on=local_day(now))
    return number


def client(person_id: int) -> Any:
    """A browser in this process, in which a factor was just proved."""
    from django.test import Client
    from django.utils import timezone

    from vssid.domain.accounts.sign_in import sessions
    from vssid.web.ui import cookies

    now = timezone.now()
    made = Client(headers={"host": "127.0.0.1"})
    made.cookies[cookies.SESSION] = sessions.start(person_id, device="bench", proved_at=now, now=now)
    return made


def _waits(browser: Any, addresses: Sequence[str]) -> float:
    """Milliseconds below which 95 of 100 of these pages are there."""
    asked = itertools.islice(itertools.cycle(addresses), ASKED)
    waits = sorted(_seconds(lambda: _page(browser, address)) for address in asked)  # noqa: B023
    return waits[math.ceil(len(waits) * 0.95) - 1] * 1000


def _page(browser: Any, address: str) -> None:
    answer = browser.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
