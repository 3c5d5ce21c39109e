"""The house as its documents show it, and no room too full to look about."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.environment import ROOT

from . import house

pytestmark = pytest.mark.architecture
MOST_MODULES = 20


def test_the_picture_of_the_house_is_that_of_its_imports() -> None:
    document = house.DOCUMENT.read_text()
    assert all(mark in document for mark in house.MARKS)
    assert house.drawn(document) == document, (
        "run: PYTHONPATH=src:. python -m tests.architecture.documents.house"
    )


def test_an_arrow_that_a_longer_way_implies_is_not_drawn() -> None:
    edges = {"a": {"b", "c"}, "b": {"c"}, "c": set()}
    assert house._reduced(edges) == {"a": {"b"}, "b": {"c"}, "c": set()}


def test_no_folder_holds_more_modules_than_one_can_look_over() -> None:
    folders = Counter(
        str(path.parent.relative_to(ROOT))
        for top in ("src", "tests", "bench")
        for path in (ROOT / top).rglob("*.py")
        if path.name != "__init__.py" and "migrations" not in path.parts
    )
    assert {folder: count for folder, count in folders.items() if count > MOST_MODULES} == {}
