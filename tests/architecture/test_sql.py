"""Long SQL stands at the top of its module, or in a file beside it, with what it costs and by which index."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.environment import ROOT

pytestmark = pytest.mark.architecture
SOURCE = ROOT / "src/vssid"
LONGEST = 10  # lines within a function
STATEMENT = re.compile(r"^[\s(]*(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH|CREATE|FROM)\s", re.MULTILINE)
INDEX = re.compile(r"\b(?:index|indexes|key|keys|whole table|no table)\b")
Literal = ast.Constant | ast.JoinedStr


def _text(node: Literal) -> str:
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    return "".join(str(part.value) for part in parts if isinstance(part, ast.Constant))


def _long_sql(tree: ast.AST) -> Iterator[Literal]:
    """The literals of SQL that are too long for a function, implicit parts taken together; no docstrings."""
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, Literal) and id(node) not in told:
            lines = 1 + (node.end_lineno or node.lineno) - node.lineno
            if lines > LONGEST and STATEMENT.search(_text(node)):
                yield node


def _in_functions(tree: ast.AST) -> list[int]:
    inside = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
    functions = [node for node in ast.walk(tree) if isinstance(node, inside)]
    return sorted({literal.lineno for function in functions for literal in _long_sql(function)})


def _uncommented(source: str) -> list[int]:
    """Long statements at the top whose comment above does not say by which index they read."""
    lines, bare = source.splitlines(), []
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and any(_long_sql(node)):
            above, said = node.lineno - 2, ""
            while above >= 0 and lines[above].startswith("#"):
                above, said = above - 1, f"{lines[above]} {said}"
            if not INDEX.search(said):
                bare.append(node.lineno)
    return bare


def _sources() -> dict[str, str]:
    files = [path for path in SOURCE.rglob("*.py") if not {"tests", "migrations"} & set(path.parts)]
    return {path.relative_to(SOURCE).as_posix(): path.read_text(encoding="utf-8") for path in files}


def test_no_function_holds_a_long_statement() -> None:
    by_file = {name: _in_functions(ast.parse(source)) for name, source in _sources().items()}
    assert {name: lines for name, lines in by_file.items() if lines} == {}


def test_a_long_statement_says_by_which_index_it_reads() -> None:
    by_file = {name: _uncommented(source) for name, source in _sources().items()}
    assert {name: lines for name, lines in by_file.items() if lines} == {}


LONG = "\n".join(["", "SELECT a", *(f"  , a{number}" for number in range(9)), "FROM t", ""])


@pytest.mark.parametrize("mark", ["", "f"])
def test_a_long_statement_in_a_function_is_found(mark: str) -> None:
    assert _in_functions(ast.parse(f'def read():\n    return run({mark}"""{LONG}""")\n')) == [2]
    assert _in_functions(ast.parse(f'def read():\n    """{LONG}"""\n')) == []
    parts = "\n".join(f'        "SELECT {number} "' for number in range(11))
    assert _in_functions(ast.parse(f"def read():\n    return run(\n{parts}\n    )\n")) == [3]


def test_a_long_statement_at_the_top_without_its_index_is_found() -> None:
    assert _uncommented(f'READ = """{LONG}"""') == [1]
    assert _uncommented(f'# Reads much.\nREAD = """{LONG}"""') == [2]
    assert _uncommented(f'# By the index t_pkey,\n# one page.\nREAD = """{LONG}"""') == []
