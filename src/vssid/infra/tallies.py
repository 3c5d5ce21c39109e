"""Counters of several processes in one folder: they add up, and of dead processes only the sum stays.

Each process keeps files of its own (prometheus_client's multiprocess mode). A total must not fall when a
process ends (Prometheus would take that for a restart and count everything again), and must not keep a file
for every process that ever was. So whoever reads adds those of the dead to one file, under a lock.

prometheus_client decides at its import whether it counts in files: `use` comes first and imports none of it.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
GONE = "gone"
# The clocks of a file and of a process differ by their ticks.
SLACK = 1.0


def use(folder: Path) -> None:
    """Let the processes that are started from now on add up their counters in a folder.

    Before Django is set up. Where none of its processes lives any more, it begins at nothing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _locked(folder):
        if not any(_lives(path) for path in _files(folder)):
            for path in _files(folder):
                path.unlink(missing_ok=True)
    os.environ[FOLDER] = str(folder)


def counters() -> bytes:
    """The counters of all processes, or of this one where it is the only one."""
    from prometheus_client import REGISTRY, CollectorRegistry, generate_latest, multiprocess

    given = os.environ.get(FOLDER)
    if not given:
        return generate_latest(REGISTRY)
    folder, registry = Path(given), CollectorRegistry()
    with _locked(folder):
        _lay_down_the_dead(folder)
        multiprocess.MultiProcessCollector(registry, str(folder))  # type: ignore[no-untyped-call]
        return generate_latest(registry)


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.db"))


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _owner(path: Path) -> str:
    return path.stem.rsplit("_", 1)[-1]


def _lives(path: Path) -> bool:
    """Is the process there that made the file? A number given anew belongs to one that began after the last
    write."""
    owner = _owner(path)
    if not owner.isdigit():
        return False
    try:
        began = psutil.Process(int(owner)).create_time()
    except psutil.NoSuchProcess:
        return False
    return began <= path.stat().st_mtime + SLACK


def _lay_down_the_dead(folder: Path) -> None:
    for path in _files(folder):
        if _owner(path) != GONE and not _lives(path):
            _add(path, folder / f"{path.stem.rsplit('_', 1)[0]}_{GONE}.db")
            path.unlink()


def _add(path: Path, total: Path) -> None:
    """Add a file's numbers to another's; killed in between, the other is as it was."""
    from prometheus_client.mmap_dict import MmapedDict

    beside = total.with_suffix(".new")
    beside.unlink(missing_ok=True)
    sums = MmapedDict(str(beside))  # type: ignore[no-untyped-call]
    for source in (total, path):
        if not source.exists() or not source.stat().st_size:
            continue
        for key, value, _, _ in MmapedDict.read_all_values_from_file(str(source)):  # type: ignore[no-untyped-call]
            known, _ = sums.read_value(key)  # type: ignore[no-untyped-call]
            sums.write_value(key, known + value, 0.0)  # type: ignore[no-untyped-call]
    sums.close()  # type: ignore[no-untyped-call]
    beside.replace(total)
