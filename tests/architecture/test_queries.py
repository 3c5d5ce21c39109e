"""Queries never write: what records a look is an action."""

from __future__ import annotations

import ast
import re

import pytest

from tests.environment import ROOT

pytestmark = pytest.mark.architecture
WRITES = re.compile(
    r"\.(?:create|get_or_create|update_or_create|bulk_create|bulk_update|save|select_for_update)\("
    r"|objects\b[^\n]*\.(?:update|delete)\(|\b(?:INSERT INTO|UPDATE \w+ SET|DELETE FROM)\b"
)


def _audits(source: str) -> bool:
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module == "vssid.domain.audit"
        and "actions" in {name.name for name in node.names}
        for node in ast.walk(ast.parse(source))
    )


def test_a_module_of_queries_neither_writes_nor_records() -> None:
    domain, modules, writing = ROOT / "src/vssid/domain", 0, set()
    for path in sorted(domain.rglob("queries.py")):
        source, modules = path.read_text(encoding="utf-8"), modules + 1
        if _audits(source) or WRITES.search(source):
            writing.add(path.relative_to(domain).as_posix())
    assert modules > 15
    assert writing == set()
