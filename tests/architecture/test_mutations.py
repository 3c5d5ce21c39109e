"""The list of guards that were undone is true: each guard and each test is still there, once."""

from __future__ import annotations

import pytest

from tests.environment import ROOT
from tests.mutations import SUBJECTS, documents, mutation

pytestmark = pytest.mark.architecture
ALL = [one for subject in SUBJECTS.values() for one in subject.mutations]


def lost(look) -> list[str]:
    """What was not found, for every mutation."""
    found = []
    for one in ALL:
        try:
            look(one, ROOT)
        except LookupError as error:
            found.append(f"{one.tried}: {error}")
    return found


def test_every_guard_stands_where_it_can_be_undone():
    assert lost(mutation.place) == []
    assert [one.tried for one in ALL if one.old == one.new] == []


def test_every_guard_has_tests_that_are_there():
    assert lost(mutation.tests) == []
    assert [one.tried for one in ALL if not one.tests] == []


def test_the_page_says_what_the_list_says():
    """`python -m tests.mutations --document` writes it."""
    assert documents.PLACE.read_text() == documents.text()
