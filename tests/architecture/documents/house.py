"""The picture of the house in docs/architecture.md, drawn from the imports.

`PYTHONPATH=src:. python -m tests.architecture.documents.house` brings it up to date; a test tells if old.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import grimp

from tests.environment import ROOT

DOCUMENT = ROOT / "docs/architecture.md"
MARKS = ("<!-- the house, drawn by tests/architecture/documents/house.py -->", "<!-- end of the house -->")
DOORS = (
    *("vssid.web.public", "vssid.web.citizen", "vssid.web.officer", "vssid.web.employer"),
    *("vssid.api", "vssid.cli"),
)
Edges = dict[str, set[str]]


def picture() -> str:
    """Doors and rooms as a mermaid graph: an arrow where one imports another, unless a longer way says it."""
    edges = _reduced(_imports())
    lines = ["```mermaid", "graph TD"]
    lines += [f"    {_id(door)}([{_name(door)}])" for door in DOORS]
    lines += [f"    {_id(part)} --> {_id(other)}" for part in sorted(edges) for other in sorted(edges[part])]
    return "\n".join([*lines, "```"])


def _imports() -> Edges:
    """What each door and room imports of the others; tests left out."""
    graph = grimp.build_graph("vssid", cache_dir=None)
    parts = [*DOORS, *sorted(graph.find_children("vssid.domain"))]
    edges: Edges = {part: set() for part in parts}
    for module in graph.modules:
        here = _part_of(module, parts)
        if here is None or ".tests" in module:
            continue
        for imported in graph.find_modules_directly_imported_by(module):
            there = _part_of(imported, parts)
            if there is not None and there != here:
                edges[here].add(there)
    return edges


def _part_of(module: str, parts: Iterable[str]) -> str | None:
    return next((part for part in parts if f"{module}.".startswith(f"{part}.")), None)


def _reduced(edges: Edges) -> Edges:
    """Without arrows that a way through others implies; the imports have no circles (.importlinter)."""
    return {
        part: {other for other in others if not any(other in _below(edges, third) for third in others)}
        for part, others in edges.items()
    }


def _below(edges: Edges, part: str) -> set[str]:
    below: set[str] = set()
    waiting = list(edges[part])
    while waiting:
        other = waiting.pop()
        if other not in below:
            below.add(other)
            waiting += edges[other]
    return below


def _name(part: str) -> str:
    return part.removeprefix("vssid.").removeprefix("domain.").replace(".", "/")


def _id(part: str) -> str:
    return _name(part).replace("/", "_")


def drawn(document: str) -> str:
    """The document with the picture of now between its marks."""
    begin, end = MARKS
    return re.sub(
        f"{re.escape(begin)}.*?{re.escape(end)}",
        lambda _: f"{begin}\n{picture()}\n{end}",
        document,
        flags=re.DOTALL,
    )


if __name__ == "__main__":
    DOCUMENT.write_text(drawn(DOCUMENT.read_text()))
