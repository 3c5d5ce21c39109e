"""A broken constraint is known by its name, and the names are those that the database has."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from tests.environment import ROOT

pytestmark = pytest.mark.architecture
MODULES = [path for path in sorted((ROOT / "src").rglob("*.py")) if "tests" not in path.parts]
# What the store of files answers has no code but its words.
IN_WORDS = {"infra/blobs.py"}
CAUGHT = re.compile(r"except\b[^\n:]* as (\w+):")


def _name(path: Path) -> str:
    return path.relative_to(ROOT / "src/vssid").as_posix()


def _waited_for() -> Iterator[tuple[str, str]]:
    """The module, and the name of a constraint that `constraint_of` is compared with there."""
    for path in MODULES:
        source = path.read_text(encoding="utf-8")
        if "constraint_of(" not in source:
            continue
        for node in ast.walk(ast.parse(source)):
            if not (isinstance(node, ast.Compare) and "constraint_of(" in ast.unparse(node.left)):
                continue
            for part in ast.walk(node.comparators[0]):
                if isinstance(part, ast.Constant):
                    yield _name(path), str(part.value)


def test_no_error_is_known_by_what_its_message_holds() -> None:
    in_words = []
    for path in MODULES:
        source = path.read_text(encoding="utf-8")
        errors = "|".join(set(CAUGHT.findall(source)) | {"error", "refused"})
        if re.search(rf"\bin (?:str|repr)\((?:{errors})\)|\bin (?:{errors})\.args", source):
            in_words.append(_name(path))
    assert set(in_words) == IN_WORDS


@pytest.mark.django_db
def test_every_constraint_that_is_waited_for_is_in_the_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint UNION SELECT relname FROM pg_class WHERE relkind = 'i'"
        )
        known = {row[0] for row in cursor.fetchall()}
    waited_for = list(_waited_for())
    assert len(waited_for) >= 12
    assert [(where, name) for where, name in waited_for if name not in known] == []
