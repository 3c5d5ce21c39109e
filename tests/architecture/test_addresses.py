"""Pages are named, never spelled: an address stands once, in the urls of its door."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.urls import routes
from tests.environment import ROOT

pytestmark = pytest.mark.architecture
WEB = ROOT / "src" / "vssid" / "web"
# Programs of this machine, proxies and gateways know these doors by address, as infra/edge does.
DOORS_OF_PROGRAMS = {"ui/middleware.py", "ui/machines.py", "ui/pages/unavailable.py"}
BARE = re.compile(r'(?:href|action)="/"|back_url %\}/\{%|HttpResponseRedirect\("/"\)')


def test_no_page_of_the_doors_is_spelled_where_it_could_be_named() -> None:
    begins = _beginnings()
    spelled = {
        path.relative_to(WEB).as_posix(): hits
        for path in sorted(WEB.rglob("*"))
        if path.suffix in {".py", ".html", ".js"} and _counts(path) and (hits := _spelled(path, begins))
    }
    assert spelled == {}


def test_the_search_knows_a_spelled_address_when_it_sees_one(tmp_path: Path) -> None:
    begins = _beginnings()
    for name, text in {
        "a.py": 'HERE = "/tra-cuu/co-quan-bhxh"',
        "b.py": 'def of(code):\n    return f"/the/{code}"',
        "c.html": '<a href="/dang-ky?loai={{ screen }}">',
        "d.html": "{% block back_url %}/{% endblock %}",
        "e.js": "fetch(`/thong-bao/${id}`)",
    }.items():
        (tmp_path / name).write_text(text)
        assert _spelled(tmp_path / name, begins), name
    (tmp_path / "f.py").write_text('def page():\n    """GET /the"""\n    return "and/or", "/"')
    assert not _spelled(tmp_path / "f.py", begins)


def _beginnings() -> re.Pattern[str]:
    """The first part of every address of the site."""
    firsts = {route.path.split("/")[1].partition("<")[0] for route in routes()} - {""}
    return re.compile("/(?:" + "|".join(sorted(map(re.escape, firsts))) + r")(?![\w.-])")


def _counts(path: Path) -> bool:
    name = path.relative_to(WEB).as_posix()
    return path.name != "urls.py" and "tests" not in path.parts and name not in DOORS_OF_PROGRAMS


def _spelled(path: Path, begins: re.Pattern[str]) -> list[str]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return [said for said in _strings(ast.parse(text)) if begins.match(said)] + BARE.findall(text)
    text = re.sub(r"\{#.*?#\}|^\s*//.*?$", "", text, flags=re.DOTALL | re.MULTILINE)
    return re.findall(r"(?<=[\"'`\s=}>])" + begins.pattern, text) + BARE.findall(text)


def _strings(tree: ast.Module) -> Iterator[str]:
    """Every text of the code, parts of f-strings among them; docstrings say addresses freely."""
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.value
