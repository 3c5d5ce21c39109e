"""`employers`: a file of 800 rows read, taken and compared with the register; the list of 20,000 workers; 800
forms in one PDF; a campaign over 360,000 employers planned, and what its office sees of them (`followed`).

The baselines take turns: the same rows split by Python and copied into a table, the list of a hundredth of
the workers, the pages set at once of values that lie open, and as many rows as the campaign takes written by
one statement. The pages of the list are asked for in this process, through every middleware.
"""

from __future__ import annotations

import csv
import io
import itertools
import math
import random
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from bench.employers import campaigns
from bench.employers.followed import Followed, client
from bench.harness import Bench
from bench.place import Place
from bench.rows import Row, Target, row

LARGE, FILE, SMALL = "TZ9001B", "TZ9002B", "TZ9003B"
WORKERS, ROWS, SMALLER = 20_000, 800, 100
ASKED = 40  # pages a round
HEADER = ("Họ và tên", "Ngày sinh", "Mã số BHXH", "Số điện thoại", "Email", "Phòng ban", "Tiền lương")
_EMPLOYERS = """
INSERT INTO participants_employer (code, name, address, is_synthetic, run_id, line, as_of)
SELECT code, 'Đơn vị thử ' || code, '', true, 0, 1, now() FROM unnest(%(codes)s::text[]) code
ON CONFLICT DO NOTHING
"""
_WORKERS = """
INSERT INTO reports_worker (person_id, employer_code, sort_name, stage)
SELECT person_id, %(code)s, regexp_replace(name_folded, '^(.*) ([^ ]+)$', '\\2 \\1'), person_id %% 5
FROM participants_person ORDER BY person_id LIMIT %(most)s
ON CONFLICT DO NOTHING
"""
_PEOPLE = """
SELECT p.full_name, to_char(p.birth_date, 'DD/MM/YYYY'), p.bhxh_code
FROM reports_worker w JOIN participants_person p ON p.person_id = w.person_id WHERE w.employer_code = %s
"""


def measure(bench: Bench) -> list[Row]:
    """Seconds of a file, and the 95th hundredth of the waits for a page of the list."""
    assert bench.sample.count  # the tables are there
    _fill(bench.place)
    campaigns.fill(bench.place, min(campaigns.MANY, bench.options.rows))
    content = _rows(bench.place)
    browsers = _client(LARGE), _client(SMALL)
    files, copies, lists, small = list[float](), list[float](), list[float](), list[float]()
    prints, pages = list[float](), list[float]()
    _send_forms(bench.place)
    forms = _open_forms()
    plans, writes = list[float](), list[float]()
    followed = Followed(bench.place)
    seen: dict[str, tuple[list[float], list[float]]] = {
        name: ([], []) for name in ("results", "targets", "portfolio")
    }
    every = list[float]()
    _file(content, 0)
    for at in bench.rounds("employers", 5):
        files.append(_seconds(lambda: _file(content, at + 1)))  # noqa: B023
        copies.append(_seconds(lambda: _copied(content)))
        lists.append(_waits(browsers[0], LARGE, at))
        small.append(_waits(browsers[1], SMALL, at))
        prints.append(_seconds(_printed))
        pages.append(_seconds(lambda: _set(forms)))
        plans.append(_seconds(campaigns.planned))
        writes.append(_seconds(campaigns.written))
        for name, ask in (("results", followed.results), ("targets", followed.targets)):
            seen[name][0].append(ask(followed.whole))
            seen[name][1].append(ask(followed.part))
        for which in (0, 1):
            seen["portfolio"][which].append(followed.portfolio(which))
        every.append(followed.listed())
    followed.end()
    return [
        row("employers file", "s", files, copies, Target("value", "<", 3)),
        row("employers list p95", "ms", lists, small, Target("value", "<", 150)),
        row("employers forms", "s", prints, pages, Target("value", "<", 20)),
        row("employers campaign", "s", plans, writes, Target("value", "<", 60)),
        row("employers results p95", "ms", *seen["results"], Target("value", "<", 500)),
        row("employers targets p95", "ms", *seen["targets"], Target("value", "<", 500)),
        row("employers of an office p95", "ms", every, target=Target("value", "<", 300)),
        row("employers portfolio p95", "ms", *seen["portfolio"], Target("value", "<", 300)),
    ]


def _fill(here: Place) -> None:
    with here.connect() as connection:
        connection.execute(_EMPLOYERS, {"codes": [LARGE, FILE, SMALL]})
        for code, most in ((LARGE, WORKERS), (FILE, ROWS), (SMALL, WORKERS // SMALLER)):
            connection.execute(_WORKERS, {"code": code, "most": most})
        connection.execute("ANALYZE reports_worker")


def _rows(here: Place) -> str:
    """A file of the workers, some of whom differ, as HR writes it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADER)
    with here.connect() as connection:
        for at, (name, born, code) in enumerate(connection.execute(_PEOPLE, [FILE]).fetchall()):
            said = f"{name} Mẫu" if at % 40 == 0 else name
            writer.writerow([said, born, code, f"090{at:07d}", f"nld{at}@mau.vn", f"Tổ {at % 12}", "5310000"])
    return out.getvalue()


def _file(content: str, at: int) -> None:
    """Hand in, read, take, compare; another phone for each worker each time."""
    from django.utils import timezone

    from vssid.domain.employers.own_file import receiving, taking, working
    from vssid.kernel.actor import Actor, ActorKind

    by, now = Actor(ActorKind.EMPLOYER, 1, "Bench"), timezone.now()
    changed = content.replace(",090", f",09{1 + at % 9}") + "\n" * (time.time_ns() % 1000)
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        file.write(changed.encode())
        file.flush()
        number = receiving.receive(Path(file.name), FILE, file_name="bench.csv", by=by, now=now)
    working.work(number, now=now)
    taking.take(number, FILE, by=by, now=now)


def _copied(content: str) -> None:
    """What nobody can save: the rows split, and into a table."""
    from django.db import connection

    told = list(csv.reader(io.StringIO(content)))[1:]
    columns = ", ".join(f"c{at} text" for at in range(len(HEADER)))
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE bench_rows ({columns})")
        with cursor.copy("COPY bench_rows FROM STDIN") as copy:
            for values in told:
                copy.write_row(values)
        cursor.execute("DROP TABLE bench_rows")


def _send_forms(here: Place) -> None:
    """An application of each of the 800 workers, who lets the employer print its form."""
    import json

    from django.utils import timezone

    from bench.office.sealed_forms import typed
    from vssid.domain.participants import queries as participants
    from vssid.domain.registration import sealing
    from vssid.domain.registration.models import Application
    from vssid.domain.vault import sealing as vault
    from vssid.kernel.ids import BhxhCode

    now = timezone.now()
    with here.connect() as connection:
        office = connection.execute(
            "SELECT code FROM offices_office WHERE receives_applications ORDER BY code LIMIT 1"
        ).fetchone()[0]
        people = connection.execute(_PEOPLE, [FILE]).fetchall()
    Application.objects.filter(number__startswith=f"{FILE}-").delete()
    rows, plains = [], {}
    for at, (name, _born, code) in enumerate(people):
        person = participants.by_bhxh_code(BhxhCode.parse(code))
        assert person is not None
        made = Application(id=vault.new_subject_id(), number=f"{FILE}-{at:05d}", state="submitted")
        made.office_id, made.bhxh_code, made.full_name = office, f"B{code}", name
        made.person_id, made.lookup_fingerprint = person.person_id, b"-"
        made.submitted_at, made.employer_prints_at = now, now
        made.due_at = now + timedelta(days=10)
        made.due_on = made.due_at.date()
        plains[made.id] = json.dumps(typed(made, person), ensure_ascii=False).encode()
        rows.append(made)
    sealed = vault.seal_many(sealing.PURPOSE, plains, now=now)
    for made in rows:
        made.sealed = sealed[made.id]
    Application.objects.bulk_create(rows)


def _printed() -> None:
    """Asked for, made part by part, put together, and taken."""
    from django.utils import timezone

    from vssid.domain.employers.handing_in import printing, working
    from vssid.kernel.actor import Actor, ActorKind

    by, now = Actor(ActorKind.EMPLOYER, 1, "Bench"), timezone.now()
    run = printing.ask(FILE, by=by, now=now)
    working.work(run, now=now)
    if not printing.content(run, FILE, by=by, now=now).startswith(b"%PDF"):
        raise RuntimeError("there is no PDF")


def _open_forms() -> list[Any]:
    """The same forms, opened."""
    from django.utils import timezone

    from vssid.domain.registration import queries, sealing
    from vssid.domain.registration.models import Application

    rows, now = list(Application.objects.filter(number__startswith=f"{FILE}-")), timezone.now()
    forms = sealing.forms_of(rows)
    return [(queries.status_of(each, now), forms[each.id]) for each in rows]


def _set(forms: list[Any]) -> None:
    """What nobody can save: the pages, in one go."""
    from vssid.domain.registration.paper import form01

    form01.render_many(forms)


def _client(code: str) -> Any:
    """A browser of somebody who administers the employer, in this process."""
    from django.utils import timezone

    from vssid.domain.accounts import employer_people
    from vssid.domain.employers.seats import actions as seats
    from vssid.domain.vault import sealing as vault
    from vssid.kernel.actor import SYSTEM

    now = timezone.now()
    name = f"bench.{vault.new_subject_id()}"
    password = "mot cau that dai cua bench"
    opened = employer_people.create(name, display_name="Bench", password=password, by=SYSTEM, now=now)
    seats.give(opened.person_id, code, "administrator", by=SYSTEM, now=now)
    return client(opened.person_id)


def _waits(client: Any, code: str, seed: int) -> float:
    """Milliseconds below which 95 of 100 pages are there: first pages, later ones, steps and searches."""
    dice = random.Random(seed)  # noqa: S311 - which pages are asked for
    people = _numbers(code)
    asked = itertools.cycle(
        (
            dict,
            lambda: {"sau": str(dice.choice(people))},
            lambda: {"buoc": str(dice.randrange(5))},
            lambda: {"tim": dice.choice(("nguyen", "thi lan", "van", "hung"))},
        )
    )
    waits = sorted(_seconds(lambda: _page(client, next(asked)())) for _ in range(ASKED))
    return waits[math.ceil(len(waits) * 0.95) - 1] * 1000


def _page(client: Any, given: dict[str, str]) -> None:
    answer = client.post("/don-vi/nguoi-lao-dong", given)
    if answer.status_code != 200:
        raise RuntimeError(f"the list answered {answer.status_code}")


def _numbers(code: str) -> list[int]:
    from vssid.domain.employers.models.roster import Worker

    return list(Worker.objects.filter(employer_code=code).values_list("person_id", flat=True))


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
