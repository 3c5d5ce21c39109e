"""`./vssid test quick --changed` runs what a change touches."""

from __future__ import annotations

import subprocess

import pytest

from tests.environment import ROOT
from vssid.cli.testing import changed


def touched(*names: str) -> list[str]:
    return changed.places(names, ROOT)


def test_a_changed_test_is_run_alone():
    assert touched("tests/running/test_clock.py") == ["tests/running/test_clock.py"]


def test_a_changed_template_runs_the_tests_of_its_door():
    assert touched("src/vssid/web/ui/templates/ui/base.html") == ["src/vssid/web/ui/tests"]


def test_a_changed_module_runs_what_uses_it_and_not_what_does_not():
    folders = touched("src/vssid/domain/audit/chain.py")
    assert "src/vssid/domain/audit/tests" in folders
    assert "src/vssid/domain/registration/tests" in folders
    assert "src/vssid/kernel/tests" not in folders


def test_a_fixture_of_all_tests_runs_all():
    assert touched("conftest.py", "README.md") == ["."]


def test_words_alone_run_nothing():
    assert touched("README.md", "docs/laws.md") == []


def test_without_git_it_says_so(tmp_path):
    with pytest.raises(changed.NotACheckout):
        changed.files(tmp_path)


def test_new_and_changed_files_are_found(tmp_path):
    def git(*arguments: str) -> None:
        own = ["-c", "user.name=Lan", "-c", "user.email=lan@vidu.vn", "-c", "init.defaultBranch=main"]
        subprocess.run(["git", *own, *arguments], cwd=tmp_path, check=True, capture_output=True)

    git("init")
    for name in ("kept.py", "changed.py"):
        (tmp_path / name).write_text("1")
    git("add", ".")
    git("commit", "-m", "Begin")
    git("checkout", "-b", "work")
    (tmp_path / "committed.py").write_text("1")
    git("add", ".")
    git("commit", "-m", "Go on")
    (tmp_path / "changed.py").write_text("2")
    (tmp_path / "new.py").write_text("1")
    assert changed.files(tmp_path) == ["changed.py", "committed.py", "new.py"]
