"""`directory`: every place of the country is looked up letter by letter, and the nearest are asked for.

Queries are names of places as people would type them, each beginning of three letters and more a query of
its own, in random order with a fixed seed, from so many processes as there are cores. The baseline is a read
of one place by its key, through the same connection and the same loop.
"""

from __future__ import annotations

import random
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from statistics import median, quantiles

from bench.harness import Bench
from bench.rows import Row, Target, row

PROCESSES = 2
QUERIES = 1_500
DAY = date(2026, 11, 26)
Times = list[float]


def measure(bench: Bench) -> list[Row]:
    """Waits and throughput of searches, waits of the nearest."""
    assert bench.place.folder
    _fill(bench.place.folder, bench.say)
    rounds = [_round(number) for number in bench.rounds("directory", 3)]
    key = [median(run["key"]) for run in rounds]
    return [
        row("directory p95", "ms", [_p95(run["search"]) for run in rounds], key, Target("value", "<", 15)),
        row("directory p50", "ms", [median(run["search"]) for run in rounds], key),
        row(
            "directory",
            "queries/s",
            [run["rate"][0] for run in rounds],
            [run["rate"][1] for run in rounds],
            Target("value", "≥", 1000),
        ),
        row("directory nearest", "ms", [_p95(run["near"]) for run in rounds], key, Target("value", "<", 5)),
    ]


def _p95(times: Times) -> float:
    return quantiles(times, n=20)[18]


def _fill(folder: Path, say: object) -> None:
    from vssid.cli.demo.invented import directory
    from vssid.cli.files import importing
    from vssid.domain.directory import index, queries

    if queries.count("point"):
        return
    known = importing.importers()
    for kind, path in directory.write(folder / "places", 2026).items():
        importing.import_file(known[kind], path, importing.How(sender="bench"))
    index.refresh()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE directory_place")


def _round(seed: int) -> dict[str, Times]:
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("fork"), initializer=_fresh) as pool:
        parts = list(pool.map(_searches, range(seed * 10, seed * 10 + PROCESSES)))
        keys = list(pool.map(_keys, range(PROCESSES)))
        near = list(pool.map(_nearest, range(PROCESSES)))
    return {
        "search": [wait for part in parts for wait in part],
        "key": [wait for part in keys for wait in part],
        "near": [wait for part in near for wait in part],
        "rate": [_rate(parts), _rate(keys)],
    }


def _rate(parts: list[Times]) -> float:
    """How many a second all processes did together, each on its own clock."""
    return sum(len(part) / sum(part) * 1000 for part in parts)


def _fresh() -> None:
    from django.db import connections

    for connection in connections.all():
        connection.connection = None  # the parent's is not ours


def _searches(seed: int) -> Times:
    from vssid.domain.directory import search
    from vssid.domain.directory.criteria import Criteria

    return [_timed(lambda text=text: search.search(text, Criteria(), day=DAY)) for text in _typed(seed)]  # type: ignore[misc]


def _typed(seed: int) -> list[str]:
    """What is in the box after each letter, from the third on."""
    from vssid.domain.directory.models import Place

    rng = random.Random(seed)  # noqa: S311
    names = list(Place.objects.order_by("code").values_list("name", flat=True)[seed::97])
    rng.shuffle(names)
    typed = [
        text[:end]
        for name in names
        for text in [name.replace(" (mẫu)", "")]
        for end in range(3, len(text) + 1)
    ]
    chosen = typed[: QUERIES * 3]
    rng.shuffle(chosen)
    return chosen[:QUERIES]


def _keys(seed: int) -> Times:
    from vssid.domain.directory.models import Place

    codes = list(Place.objects.filter(kind="point").order_by("code").values_list("code", flat=True)[:QUERIES])
    return [_timed(lambda code=code: Place.objects.filter(kind="point", code=code).first()) for code in codes]  # type: ignore[misc]


def _nearest(seed: int) -> Times:
    from vssid.domain.directory import search
    from vssid.domain.directory.criteria import Criteria

    rng = random.Random(seed)  # noqa: S311
    spots = [(rng.uniform(9, 22.5), rng.uniform(104.5, 107.5)) for _ in range(300)]
    kinds = ("office", "facility", "point")
    return [
        _timed(lambda at=at, kind=kinds[n % 3]: search.nearest(*at, Criteria(kinds=(kind,)), day=DAY))  # type: ignore[misc]
        for n, at in enumerate(spots)
    ]


def _timed(do: object) -> float:
    begun = time.perf_counter()
    do()  # type: ignore[operator]
    return (time.perf_counter() - begun) * 1000
