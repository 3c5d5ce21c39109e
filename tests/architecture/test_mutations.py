"""The list of guards that were undone is true: each guard and each test is still there, once."""

from __future__ import annotations

import pytest

from tests.environment import ROOT
from tests.mutations import SUBJECTS, documents, mutation

pytestmark = pytest.mark.architecture
ALL = [guard for subject in SUBJECTS.values() for guard in subject.mutations]


def lost(look) -> list[str]:
    """What was not found, for every mutation."""
    missing = []
    for guard in ALL:
        try:
            look(guard, ROOT)
        except LookupError as error:
            missing.append(f"{guard.tried}: {error}")
    return missing


def test_every_guard_stands_where_it_can_be_undone():
    assert lost(mutation.place) == []
    assert [guard.tried for guard in ALL if guard.old == guard.new] == []


def test_every_guard_has_tests_that_are_there():
    assert lost(mutation.tests) == []
    assert [guard.tried for guard in ALL if not guard.tests] == []


def test_the_page_says_what_the_list_says():
    """`python -m tests.mutations --document` writes it."""
    assert documents.PLACE.read_text() == documents.text()
