"""`./vssid cases`: what is wrong is said case by case, and one bad case keeps all from being loaded."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.environment import ROOT
from tests.making.registrations import looked_at
from vssid.cli.__main__ import app
from vssid.cli.known_cases import PROBLEMS
from vssid.domain.identity import reader
from vssid.domain.identity.verdicts import Verdict
from vssid.domain.registration.models import KnownCase
from vssid.domain.registration.trials.tests.test_cases import WHOLE, written

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def good_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "look", lambda kind, _data: replace(looked_at(kind), verdict=Verdict(())))


def typed(*words: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["cases", *map(str, words)])
    return done.exit_code, " ".join(done.output.split())


def test_cases_are_checked_loaded_listed_and_dropped(tmp_path: Path) -> None:
    written(tmp_path)
    assert typed("check", tmp_path) == (0, "1 mẫu dùng được.")
    assert not KnownCase.objects.exists()
    assert typed("load", tmp_path) == (0, "1 mẫu dùng được. Đã nạp: 1 mới, 0 thay đổi, 0 như cũ.")
    code, said = typed()
    assert code == 0
    assert "ngay-sinh" in said
    assert typed("drop", "ngay-sinh")[0] == 0
    assert typed("drop", "ngay-sinh")[0] == 1
    assert typed() == (0, "Chưa nạp mẫu nào.")


def test_one_bad_case_keeps_all_from_being_loaded(tmp_path: Path) -> None:
    written(tmp_path)
    written(tmp_path, WHOLE.replace("sex = 2", "sex = 9"), name="xau")
    code, said = typed("load", tmp_path)
    assert (code, KnownCase.objects.count()) == (1, 0)
    assert "xau: giá trị không dùng được: form.sex: bad_choice." in said
    assert "chưa nạp mẫu nào" in said


def test_a_folder_without_cases_a_full_one_and_odd_words_are_refused(tmp_path: Path) -> None:
    assert typed("check", tmp_path)[0] == 1
    written(tmp_path)
    code, said = typed("make", "--out", tmp_path)
    assert code == 1
    assert "đã có tệp" in said
    for words in (("make",), ("check",), ("load", tmp_path / "none"), ("drop",), ("dance",)):
        assert typed(*words)[0] == 2


def test_every_problem_has_a_sentence() -> None:
    room = ROOT / "src/vssid/domain/registration/trials"
    text = "".join(path.read_text(encoding="utf-8") for path in room.glob("*.py"))
    told = set(re.findall(r'(?:problem=|refuse\()"(\w+)"', text))
    told |= {"reasons_needed", "reasons_unneeded"}
    assert told == set(PROBLEMS)
