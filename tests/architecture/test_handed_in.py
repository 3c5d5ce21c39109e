"""What rooms and doors hand to rooms below them at start is whole, and each thing has one owner."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from vssid.config import handing_in
from vssid.domain.verification import limits

from ..environment import ROOT

pytestmark = pytest.mark.architecture
COUNTING = {"hit", "check", "forgive"}


def _counted() -> Iterator[tuple[str, str]]:
    """Where the code counts by a limit: the module, and the limit's name as it stands there."""
    for path in sorted((ROOT / "src").rglob("*.py")):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            of = node.func.value
            if node.func.attr in COUNTING and isinstance(of, ast.Name) and of.id == "limits":
                name = node.args[0]
                if isinstance(name, ast.Constant):
                    yield path.name, str(name.value)


def test_every_limit_that_is_counted_is_handed_in() -> None:
    counted = list(_counted())
    assert len(counted) > 30
    assert [(where, name) for where, name in counted if name not in limits.RULES] == []


def test_a_limit_has_one_owner() -> None:
    with pytest.raises(ValueError, match="alert"):
        limits.register({"alert": limits.RULES["alert"]})


def test_handing_in_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        handing_in.hand_in()
