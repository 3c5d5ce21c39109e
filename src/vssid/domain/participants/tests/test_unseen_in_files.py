"""What nobody sees in a file, and digits of another width, refuse no row and no header."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from tests.making.files_read_here import read_here
from vssid.domain.imports import actions
from vssid.domain.imports.models import RowError
from vssid.domain.imports.queries import RunReport
from vssid.kernel.actor import SYSTEM

from ..models.people import Contribution, Person
from .files import IMPORTERS, JOB, LAN, NOW, load_cast

pytestmark = pytest.mark.django_db
UNSEEN = (
    "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\ufeff\ufeff", "\u00ad", "\u202a", "\u202b", "\u202c",
    "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069", "\u00a0", "\u2009", "\u3000",
)  # fmt: skip
# As they came in a file of an employer.
AS_IT_CAME = (
    "\u202a3199000001\u202c,bhxh,2003-01,2003-06,,TZ0001A,C12,,5000000",
    "3199000001\u200b,bhxh,2004-01,2004-06,,TZ0001A,C12,,5000000",
    "3199000001,bhxh,2005-01,2005-06\u200b,,TZ0001A,C12,,5000000",
    "3199000001,bhxh,2006-01,2006-06,,TZ0001A\ufeff,C12,,5000000",
    "3199\u00ad000001,bhxh,2007-01,2007-06,,TZ0001A,C12,,5000000",
    "3199000001\u00a0,bhxh,2008-01,2008-06,,TZ0001A,C12,,5000000",
    "3199000001,bhxh,2002-01,2002-06,,TZ0001A,C12,,5000000\u200b",
)
HEADER = "bhxh_code,scheme,from_month,to_month,unpaid_from,employer_code,job,workplace,wage"


def run(path: Path, kind: str) -> RunReport:
    return actions.run(IMPORTERS[kind], path, by=SYSTEM, now=NOW)


def write(path: Path, rows: list[list[str]]) -> Path:
    if path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        assert book.active is not None
        for row in rows:
            book.active.append(row)
        book.save(path)
        return path
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8")
    return path


def wide(text: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_file_as_it_came_is_good_to_its_last_row(tmp_path, ending):
    load_cast()
    rows = [HEADER.split(","), *(line.split(",") for line in AS_IT_CAME)]
    report = run(write(tmp_path / f"jobs.{ending}", rows), "participation")
    assert (report.read, report.new, report.refused) == (7, 7, 0)
    assert set(Contribution.objects.values_list("employer_id", flat=True)) == {"TZ0001A"}


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("unseen", UNSEEN, ids=ascii)
def test_no_sign_that_nobody_sees_refuses_a_row(tmp_path, unseen, ending, monkeypatch):
    load_cast()
    read_here(monkeypatch)
    around = [
        f"{unseen}{cell[:3]}{'' if unseen.isspace() else unseen}{cell[3:]}{unseen}" for cell in JOB.values()
    ]
    header = [f"{unseen}{name}{unseen}" for name in JOB]
    report = run(write(tmp_path / f"jobs.{ending}", [header, around]), "participation")
    assert (report.read, report.refused) == (1, 0), list(RowError.objects.values_list("field", "code"))
    assert Contribution.objects.get().job == JOB["job"]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_digits_of_another_width_are_digits(tmp_path, ending):
    load_cast()
    cells = {name: cell if name == "job" else wide(cell) for name, cell in JOB.items()}
    report = run(write(tmp_path / f"jobs.{ending}", [list(cells), list(cells.values())]), "participation")
    assert (report.read, report.refused) == (1, 0), list(RowError.objects.values_list("field", "code"))


@pytest.mark.parametrize("unseen", ["\u200b", "\u202a", "\u00ad", "\ufeff"], ids=ascii)
def test_a_person_is_the_same_with_and_without_it(tmp_path, unseen):
    load_cast()
    known = Person.objects.count()
    cells = [f"{unseen}{cell[:2]}{unseen}{cell[2:]}" for cell in LAN.values()]
    report = run(write(tmp_path / "people.csv", [list(LAN), cells]), "people")
    assert (report.same, report.refused) == (1, 0), list(RowError.objects.values_list("field", "code"))
    assert Person.objects.count() == known


def test_header_words_of_another_width_are_the_same(tmp_path):
    load_cast()
    header = ["\ufeff\ufeff" + wide(name.upper()) for name in JOB]
    report = run(write(tmp_path / "jobs.csv", [header, list(JOB.values())]), "participation")
    assert (report.new, report.refused) == (1, 0)
