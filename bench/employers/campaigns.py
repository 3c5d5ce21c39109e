"""A campaign over the employers of an office, for `employers`."""

from __future__ import annotations

import time

from bench.place import Place

# An office of its own, and its employers with ten to a thousand people.
MANY, OFFICE = 360_000, "09900"
_OFFICE = """
INSERT INTO offices_office (
  code, name, address, phone, hours, province_code, communes, old_districts, places_version,
  receives_applications, services, commune_code, closed_days, is_synthetic, mark, run_id, line, as_of
) VALUES (
  %(office)s, 'Cơ quan thử', '', '', '[]', '', '{}', '{}', '', true, '{}', '', '{}', true, '', 0, 1, now()
)
ON CONFLICT DO NOTHING
"""
_MANY = """
INSERT INTO participants_employer (code, name, address, office_code, is_synthetic, run_id, line, as_of)
SELECT 'QB' || lpad(upper(to_hex(n %% 65536)), 4, '0') || chr(65 + n / 65536), 'Đơn vị thử số ' || n,
  'Đường số ' || n %% 900, %(office)s, true, 0, n, now()
FROM generate_series(1, %(many)s) n
ON CONFLICT DO NOTHING
"""
_STANDINGS = """
INSERT INTO participants_employer_standing (
  employer_code, people, last_month, owed_months, unrecorded_months
)
SELECT code, 10 + line %% 1000, '2026-10-01', 0, 0 FROM participants_employer WHERE office_code = %(office)s
ON CONFLICT DO NOTHING
"""


def fill(here: Place, many: int) -> None:
    """An office with so many employers."""
    told = {"office": OFFICE, "many": many}
    with here.connect() as connection:
        for statement in (_OFFICE, _MANY, _STANDINGS):
            connection.execute(statement, told)
        # What campaigns of runs before took would make every one of these slower.
        connection.execute("TRUNCATE employers_target")
        connection.execute("ANALYZE participants_employer")
        connection.execute("ANALYZE participants_employer_standing")


def planned() -> None:
    """A campaign over all employers of the office, from the draft to the last one taken."""
    from datetime import timedelta

    from django.utils import timezone

    from vssid.domain.employers.campaigns import planning, rules, running, writing
    from vssid.domain.employers.models import Target as Taken
    from vssid.kernel.actor import SYSTEM
    from vssid.kernel.calendar import local_day

    now = timezone.now()
    today = local_day(now)
    number = str(time.time_ns())
    asked = rules.Written(OFFICE, number, today, "Bench", today + timedelta(days=9), size_from=1)
    campaign = writing.write(asked, by=SYSTEM, now=now)
    writing.add_wave(campaign, rules.WaveWritten("letter", today), by=SYSTEM, now=now)
    running.start(campaign, by=SYSTEM, now=now)
    taken = planning.plan(campaign, now)
    if taken != Taken.objects.filter(campaign_id=campaign).count() or not taken:
        raise RuntimeError(f"the campaign took {taken} employers")
    running.end(campaign, by=SYSTEM, now=now)


def written() -> None:
    """What nobody can save: as many rows written into a table."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE bench_targets AS"
            " SELECT code, office_code, line FROM participants_employer WHERE office_code = %s",
            [OFFICE],
        )
        cursor.execute("DROP TABLE bench_targets")
