"""The same tables as people read them: docs/operations/held.md."""

from __future__ import annotations

from tests.environment import ROOT

from . import SUBJECTS

PLACE = ROOT / "docs" / "operations" / "held.md"
HEAD = """# What is held, and by which test

What was tried against the house, or went wrong in it, what happens now, and the test that says so. Each of
these tests has been seen to fail: `PYTHONPATH=src:. .venv/bin/python -m tests.mutations` undoes the guard in
a copy of the sources, runs the test, and wants it red. The list is in `tests/mutations`, and writes this page
(`--document`). What to do when something fails: [faults.md](faults.md).
"""


def text() -> str:
    """The page."""
    parts = [HEAD]
    for subject in SUBJECTS.values():
        parts += [f"\n## {subject.title}\n", "\n| tried | what happens | test |\n|---|---|---|\n"]
        for guard in subject.mutations:
            named = ", ".join(f"`{test.removeprefix('test_')}`" for test in guard.tests)
            parts.append(f"| {guard.tried} | {guard.happens} | {named} |\n")
    return "".join(parts)


def write() -> None:
    """Bring the page up to date."""
    PLACE.write_text(text(), encoding="utf-8")
