"""Workbooks and Parquet files read in the process of the test, where what is in them is tried and not who
reads them: a process of its own takes ten times as long to start as to read a few rows.

That a file is read in such a process, held to limits, is tried in `imports/read/tests` (`test_too_much`,
`test_tables`, `test_headings`) and, for each file as it comes, in `test_files_as_they_come`.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Generator
from contextlib import closing
from typing import Any

import pytest

from vssid.infra import confined


def read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Until the end of the test. What is told goes through JSON, as between two processes."""
    monkeypatch.setattr(confined, "ask", _ask)


def _ask(module: str, *arguments: str, memory: int, seconds: int) -> Generator[Any]:
    with closing(importlib.import_module(module).main(*arguments)) as messages:
        for message in messages:
            yield json.loads(json.dumps(message, ensure_ascii=False).encode("utf-8", "surrogatepass"))
