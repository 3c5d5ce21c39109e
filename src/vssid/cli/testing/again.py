"""A browser test that failed among thousands is run alone once more, and said to have failed.

A browser is the one part of the tests whose clock we do not hold: on a laden machine it may be late
anywhere. What fails alone too has failed. See docs/adr/0019-a-browser-test-has-a-second-try.md.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

FILE = "VSSID_FAILED_TESTS"  # read by tests/runner/again.py
FAILED = 1  # pytest's status when tests failed and nothing else happened
AT_MOST = 3  # more than these are no accident


@contextmanager
def written_down() -> Iterator[Path]:
    """A file in which the tests that fail meanwhile are written down."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ[FILE] = str(Path(folder) / "failed")
        try:
            yield Path(os.environ[FILE])
        finally:
            del os.environ[FILE]


def alone(written: Path, status: int, run: Callable[[list[str]], int]) -> int:
    """The status after a second try: only of browser tests, only where nothing else failed, and told."""
    tests = chosen(written.read_text() if written.exists() else "") if status == FAILED else []
    if not tests:
        return status
    print("\n== không đạt khi chạy chung; chạy lại riêng từng kiểm thử:", *tests, sep="\n   ", flush=True)
    again = max(run(["-n0", test]) for test in tests)
    if not again:
        print("== CHẬP CHỜN: chỉ đạt khi chạy riêng, cần sửa:", *tests, sep="\n   ", flush=True)
    return again


def chosen(written: str) -> list[str]:
    """The tests to run alone: all that failed, if they are few and each drives a browser."""
    failed = [line.split("\t", 1) for line in written.splitlines()]
    if len(failed) > AT_MOST or any(mark != "browser" for mark, _ in failed):
        return []
    return [test for _, test in failed]
