"""One guard, how it is undone, and the tests that must then fail."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

# Where guards stand, and where tests do; files are found by what stands in them, so they may be moved.
GUARDS = ("src/vssid", "ops")
TESTS = ("src/vssid", "tests")
SUFFIXES = frozenset({".py", ".conf", ".sql", ".html", ".service", ".yml", ".example"})


@dataclass(frozen=True, slots=True)
class Mutation:
    """`tried` is what goes wrong, `happens` what the house does then; with `old` replaced by `new` it does
    not.

    `old` stands once in all guards. `tests` are names of functions, with `[…]` behind for one of a
    parametrized test.
    """

    tried: str
    happens: str
    old: str
    new: str
    tests: tuple[str, ...]


def files(root: Path, folders: Iterable[str], *, of_tests: bool) -> dict[Path, str]:
    """The text files below the folders that are tests, or that are none."""
    return {
        path: path.read_text(encoding="utf-8")
        for folder in folders
        for path in sorted((root / folder).rglob("*"))
        if path.suffix in SUFFIXES
        and ("tests" in path.relative_to(root).parts) is of_tests
        and not {"migrations", "mutations"} & set(path.relative_to(root).parts)
    }


@cache
def guards(root: Path) -> dict[Path, str]:
    """Every file that may hold a guard."""
    return files(root, GUARDS, of_tests=False)


@cache
def definitions(root: Path) -> dict[str, tuple[str, ...]]:
    """Where each test is, by its name, as pytest takes it."""
    places: dict[str, tuple[str, ...]] = {}
    for path, text in files(root, TESTS, of_tests=True).items():
        inside = ""
        for kind, name in re.findall(r"^(class| *def) (\w+)", text, re.MULTILINE):
            if kind == "class":
                inside = f"{name}::"
            elif name.startswith("test_"):
                place = f"{path.relative_to(root)}::{inside if kind != 'def' else ''}{name}"
                places[name] = (*places.get(name, ()), place)
    return places


def place(mutation: Mutation, root: Path) -> Path:
    """The file with the guard. Raises LookupError when there is none or more than one."""
    paths = [path for path, text in guards(root).items() for _ in range(text.count(mutation.old))]
    if len(paths) != 1:
        raise LookupError(f"{len(paths)} times: {mutation.old!r}")
    return paths[0]


def tests(mutation: Mutation, root: Path) -> list[str]:
    """Its tests as pytest takes them. Raises LookupError for a name that is none, or not of one test."""
    named = []
    for test in mutation.tests:
        name, bracket, which = test.partition("[")
        places = definitions(root).get(name, ())
        if len(places) != 1:
            raise LookupError(f"{len(places)} tests {name}")
        named.append(places[0] + bracket + which)
    return named
