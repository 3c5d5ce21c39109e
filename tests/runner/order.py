"""In which order tests run, and which of them stay together in one worker.

Workers take one piece after the other (`--dist loadgroup --no-loadscope-reorder`), so the order here is the
order of starting: what takes longest first, so that no worker is left alone with it at the end. `--shuffle`
gives another order each time, `--shuffle=SEED` one of before.
"""

from __future__ import annotations

import gc
import os
import random

import pytest

# Files and folders that take longest, the longest first; all others follow as they are found.
LONGEST = (
    "tests/browser/test_every_page.py",
    "tests/browser/test_whole_job.py",
    "tests/browser",
    "tests/kannel",
    "tests/commands/test_bench.py",
    "tests/commands/test_version_before.py",
    "tests/commands/test_upgrade_database.py",
    "tests/faults",
    "src/vssid/domain/participants/tests/test_killed_import.py",
    "src/vssid/domain/imports/tests/test_killed_upload.py",
    "tests/commands/test_demo.py",
    "tests/commands/test_clusters.py",
    "tests/commands/test_ops.py",
    "tests/architecture",
    "src/vssid/domain/registration/tests/test_machine.py",
    "src/vssid/domain/imports/tests/test_counting.py",
    "src/vssid/domain/notifications/tests/test_every_order_of_events.py",
    "tests/journeys/test_bad_input.py",
    "tests/import_files/test_reach.py",
    "tests/import_files/test_files_as_they_come.py",
    "tests/import_files/test_fuzzed_files.py",
    "tests/journeys",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--shuffle",
        nargs="?",
        type=int,
        const=-1,
        default=None,
        help="random order, from a seed that is shown",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Choose the seed where the workers are started; they find it in the environment."""
    gc.disable()  # until all is imported
    if config.option.shuffle == -1:
        chosen = os.environ.setdefault("VSSID_TEST_SEED", str(random.SystemRandom().randrange(1_000_000)))
        config.option.shuffle = int(chosen)


def pytest_report_header(config: pytest.Config) -> str | None:
    seed = config.option.shuffle
    return None if seed is None else f"order: --shuffle={seed}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say it again below the failures, and with `-q`, which has no header."""
    if (seed := config.option.shuffle) is not None:
        terminalreporter.write_line(f"order: --shuffle={seed}")


def pytest_itemcollected(item: pytest.Item) -> None:
    """Before pytest-xdist reads what stays together, which it does before the order is made."""
    if name := group(item):
        item.add_marker(pytest.mark.xdist_group(name))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    seed = config.option.shuffle
    items[:] = sorted(items, key=place) if seed is None else shuffled(items, random.Random(seed))


def group(item: pytest.Item) -> str:
    """What the test stays together with; empty for one that may go anywhere.

    Those with a Kannel wait and would only take each other's time; those of the house read the source once
    for all; those of a file share the servers that are measured or broken. Browser tests go anywhere: each
    worker has a browser of its own, for all that it gets of them.
    """
    for shared in ("kannel", "architecture"):
        if item.get_closest_marker(shared):
            return shared
    shares = item.get_closest_marker("faults")
    return item.path.stem if shares or item.path.stem == "test_bench" else ""


def place(item: pytest.Item) -> int:
    """The place among the longest, for a stable sort."""
    file = item.nodeid.split("::")[0]
    for number, path in enumerate(LONGEST):
        if file == path or file.startswith(f"{path}/"):
            return number
    return len(LONGEST)


def shuffled(items: list[pytest.Item], chance: random.Random) -> list[pytest.Item]:
    """Files in another order and the tests of each: what is made once for a file is made once."""
    files: dict[str, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.nodeid.split("::")[0], []).append(item)
    order = sorted(files)
    chance.shuffle(order)
    for name in order:
        chance.shuffle(files[name])
    return [item for name in order for item in files[name]]


def pytest_collection_finish() -> None:
    """What was imported stays until the end: the collector of garbage need not look at it again and again."""
    gc.collect()
    gc.freeze()
    gc.enable()


def pytest_unconfigure() -> None:
    """Give it back, so that what is destroyed at the end of the process is destroyed in order."""
    gc.unfreeze()
