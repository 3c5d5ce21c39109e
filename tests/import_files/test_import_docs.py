"""docs/import.md and its samples say what the importers do."""

import re
from datetime import UTC, datetime

import pytest

from tests.environment import ROOT
from vssid.cli.files.importing import importers
from vssid.domain.imports import actions
from vssid.kernel.actor import SYSTEM

DOC = ROOT / "docs" / "import.md"
ORDER = (
    "offices",
    "employers",
    "facilities",
    "collectors",
    "points",
    "people",
    "participation",
    "coverage",
    "benefits",
    "visits",
    "certificates",
    "xml1",
    "merges",
)


def documented(kind: str) -> dict[str, bool]:
    """Column → needed, from the table below the kind's heading."""
    section = DOC.read_text(encoding="utf-8").split(f"\n## {kind}\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (\w+) \| (yes)? ?\|", section, re.MULTILINE)
    return {name: needed == "yes" for name, needed in rows if name != "column"}


def test_every_kind_is_documented():
    assert sorted(importers()) == sorted(ORDER)


@pytest.mark.parametrize("kind", ORDER)
def test_the_documented_columns_are_those_of_the_importer(kind):
    assert documented(kind) == {column.name: column.required for column in importers()[kind].columns}


@pytest.mark.django_db
def test_the_samples_go_in_without_a_refusal():
    for kind in ORDER:
        path = ROOT / "docs" / "import-samples" / f"{kind}.csv"
        report = actions.run(importers()[kind], path, by=SYSTEM, now=datetime(2025, 7, 1, tzinfo=UTC))
        assert (report.refused, report.new) == (0, report.read)
