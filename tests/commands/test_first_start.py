"""`./vssid` in a folder that has no `.venv` yet: which Python it is made with."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.environment import ROOT

pytestmark = pytest.mark.process
# Says it is new enough and has all it needs, and makes a `.venv` whose Python tells who made it.
PYTHON = """#!/bin/sh
[ "$1 $2" = "-m venv" ] || exit 0
mkdir -p "$4/bin"
printf '#!/bin/sh\\necho %s\\n' "$0" >"$4/bin/python"
chmod +x "$4/bin/python"
"""
TOO_OLD = "#!/bin/sh\nexit 1\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A copy of the script whose `/usr/bin` is a folder of the test's own."""
    home = tmp_path / "vssid"
    (home / "requirements").mkdir(parents=True)
    (home / "requirements" / "run.txt").touch()
    script = (ROOT / "vssid").read_text()
    assert script.count("/usr/bin/") == 1
    (home / "vssid").write_text(script.replace("/usr/bin/", f"{tmp_path}/system/"))
    return home


def put(place: Path, text: str = PYTHON) -> Path:
    place.parent.mkdir(exist_ok=True)
    place.write_text(text)
    place.chmod(0o755)
    return place


def made_with(home: Path, **environment: str) -> str:
    """The Python that made the `.venv` of the copy, and then the same in a second start."""
    path = f"{home.parent}/path:{os.path.dirname(shutil.which('cksum') or '')}:/bin"
    told = [
        subprocess.run(
            ["/bin/sh", home / "vssid", "--help"],
            env={"PATH": path} | environment, capture_output=True, text=True, check=True,
        ).stdout.splitlines()[-1]
        for _time in range(2)
    ]  # fmt: skip
    assert told[0] == told[1]
    return told[0]


def test_the_systems_own_comes_before_another_in_the_path(home: Path) -> None:
    put(home.parent / "path" / "python3.14")
    ours = put(home.parent / "system" / "python3.11")
    assert made_with(home) == str(ours)


def test_where_the_systems_own_is_too_old_the_one_in_the_path_is_taken(home: Path) -> None:
    put(home.parent / "system" / "python3", TOO_OLD)
    other = put(home.parent / "path" / "python3.12")
    assert made_with(home) == str(other)


def test_the_one_that_was_named_comes_before_all(home: Path) -> None:
    put(home.parent / "system" / "python3.11")
    named = put(home.parent / "named")
    assert made_with(home, VSSID_PYTHON=str(named)) == str(named)


def test_a_folder_that_has_one_keeps_it(home: Path) -> None:
    first = put(home.parent / "path" / "python3.12")
    put(home.parent / "system" / "python3", TOO_OLD)
    assert made_with(home) == str(first)
    put(home.parent / "system" / "python3.11")
    assert made_with(home) == str(first)
