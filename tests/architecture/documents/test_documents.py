"""What documents name is there."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.environment import ROOT

pytestmark = pytest.mark.architecture
ENDS = "py|md|html|css|js|csv|toml|txt|json|sh|in|po|example"
FILE = re.compile(rf"`((?:[\w-]+/)+[\w.-]+\.(?:{ENDS})|[a-z_]+(?:/[a-z_]+)+)`")
MODULE = re.compile(r"`([a-z_]+\.[a-z_.]+)`")
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
CAPITALS = re.compile("[A-Z]{4}")  # ROOM, DOOR, SUBJECT: one of many
TREES = ("bench", "docs", "locale", "ops", "requirements", "src", "tests")
MADE = {"data/demo.json", "static/manifests", "imports/clear"}  # by a command, not kept
# A decision and a change are told as they were on their day; `held.md` is written from tests/mutations.
OF_THEIR_DAY = {"CHANGELOG.md", "docs/operations/held.md"}
ROOMS = {path.name for path in (ROOT / "src/vssid/domain").iterdir() if path.is_dir()}


def _files() -> list[Path]:
    below = [path for tree in TREES for path in (ROOT / tree).rglob("*") if "__pycache__" not in path.parts]
    return [path.relative_to(ROOT) for path in (*ROOT.iterdir(), *below) if path.is_file()]


FILES = _files()
PLACES = {*FILES, *(folder for path in FILES for folder in path.parents)}
DOCUMENTS = [
    path.as_posix()
    for path in FILES
    if path.suffix == ".md" and path.as_posix() not in OF_THEIR_DAY and "adr" not in path.parts
]


def _runs_through(named: tuple[str, ...], path: Path) -> bool:
    """Are the parts of a name those of the path, in this order, and its last that of the file or folder?

    What all share may be left out: `src/vssid`, `domain`, `tests`, `templates`.
    """
    parts = iter(path.parts)
    return named[-1] in (path.name, path.stem) and all(part in parts for part in named[:-1])


def _is_file(name: str) -> bool:
    named = Path(name).parts
    return name in MADE or bool(CAPITALS.search(name)) or any(_runs_through(named, path) for path in PLACES)


@functools.cache
def _source() -> str:
    code = (path for path in FILES if path.parts[0] == "src" and path.suffix == ".py")
    return "".join((ROOT / path).read_text() for path in code)


def _is_module(name: str) -> bool:
    """A module or folder of a room, or what the source writes so: a job, an event, a function."""
    room, second, *_ = name.split(".")
    if room not in ROOMS:
        return True
    below = (ROOT / "src/vssid/domain" / room).rglob("*")
    return any(path.stem == second for path in below) or bool(re.search(rf"\b{room}\.{second}\b", _source()))


def _unknown(document: str) -> Iterator[str]:
    text = (ROOT / document).read_text()
    yield from (name for name in FILE.findall(text) if not _is_file(name))
    yield from (name for name in MODULE.findall(text) if not (name.endswith(".py") or _is_module(name)))
    yield from (link for link in LINK.findall(text) if not (ROOT / document).parent.joinpath(link).exists())


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_file_and_module_that_a_document_names_is_there(document: str) -> None:
    assert list(_unknown(document)) == []


def test_a_name_that_is_not_there_is_noticed() -> None:
    assert _is_file("registration/test_jobs.py")
    assert not _is_file("registration/test_of_nothing.py")
    assert _is_module("participants.visit_kinds")
    assert not _is_module("accounts.telling")


def test_the_newcomer_has_an_answer_to_every_question() -> None:
    text = (ROOT / "docs/newcomer.md").read_text()
    questions = re.findall(r"^(\d+)\. ", text, re.MULTILINE)
    answers = re.findall(r"^\| (\d+) \| `src/", text, re.MULTILINE)
    assert questions == answers
    assert len(questions) == 34
