"""What documents name is there."""

from __future__ import annotations

import re

import pytest

from tests.environment import ROOT

pytestmark = pytest.mark.architecture
NAMED = re.compile(r"`((?:src|tests|ops|bench|docs)/[\w./-]+\.\w+)`")
WITH_PATHS = [
    "CONTRIBUTING.md",
    "README.md",
    "SECURITY.md",
    *(f"docs/{name}" for name in ("newcomer.md", "adding.md", "testing.md")),
]


@pytest.mark.parametrize("document", WITH_PATHS)
def test_every_file_that_a_document_names_is_there(document: str) -> None:
    named = NAMED.findall((ROOT / document).read_text())
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_the_newcomer_has_an_answer_to_every_question() -> None:
    text = (ROOT / "docs/newcomer.md").read_text()
    questions = re.findall(r"^(\d+)\. ", text, re.MULTILINE)
    answers = re.findall(r"^\| (\d+) \| `src/", text, re.MULTILINE)
    assert questions == answers
    assert len(questions) == 34
