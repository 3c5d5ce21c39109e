"""`./vssid test`: what runs beside what, and that nothing runs twice or not at all."""

from __future__ import annotations

import pytest

from tests.environment import ROOT
from vssid.cli.testing import parts


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What was asked of pytest, and of `./vssid` beside it; nothing is run, all programs are there."""
    asked: list[list[str]] = []
    monkeypatch.setattr(parts, "_pytest", lambda arguments: asked.append(arguments) or 0)
    monkeypatch.setattr(parts, "_beside", lambda lines, _broken: asked.extend(lines))
    monkeypatch.setattr(parts.Need, "met", lambda _need: True)
    return asked


def test_what_waits_runs_beside_the_rest_once(asked: list[list[str]]) -> None:
    assert parts.run([]) == 0
    assert all((ROOT / folder).is_dir() for folder in parts.WAITING)
    assert asked.count([f"--ignore={folder}" for folder in parts.WAITING]) == 1
    assert asked.count(["test", "-n0", *parts.WAITING]) == 1
    assert all(asked.count(["test", name]) == 1 for name in parts.BESIDE)
    assert len(asked) == 2 + len(parts.BESIDE)


@pytest.mark.parametrize("shuffle", ["--shuffle", "--shuffle=7"])
def test_shuffled_it_is_the_same_with_one_seed_for_all(asked: list[list[str]], shuffle: str) -> None:
    assert parts.run([shuffle]) == 0
    seeds = {argument for line in asked for argument in line if argument.startswith("--shuffle=")}
    assert len(seeds) == 1
    assert seeds == {shuffle} or shuffle == "--shuffle"
    assert ["test", "-n0", *parts.WAITING, *seeds] in asked
    assert [*(f"--ignore={folder}" for folder in parts.WAITING), *seeds] in asked
    assert len(asked) == 2 + len(parts.BESIDE)


def test_what_lacks_a_program_is_left_out_of_both(
    asked: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "_provide", lambda need, _expression: need.mark != "nginx")
    parts.run([])
    assert [*(f"--ignore={folder}" for folder in parts.WAITING), "-m", "not nginx"] in asked
    assert ["test", "-n0", *parts.WAITING, "-m", "not nginx"] in asked


def test_a_part_beside_that_fails_fails_all_of_it(
    asked: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "_beside", lambda lines, broken: broken.append(lines[0][1]))
    assert parts.run([]) == 1


@pytest.mark.process
def test_what_it_says_is_shown_with_its_name(capfd: pytest.CaptureFixture[str]) -> None:
    broken: list[str] = []
    parts._beside([["test", "-n0", "no/such/file.py"]], broken)
    assert broken == ["no/such/file.py"]
    assert "no/such/file.py" in capfd.readouterr().out
