"""A program that is forked is what it would be if it were started from nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.environment import ROOT
from tests.making import programs
from tests.making.programs import Program

pytestmark = pytest.mark.process
TOLD = """
import json, os, signal, sys
print(json.dumps({
    "arguments": sys.argv, "path": sys.path, "folder": os.getcwd(), "name": __name__,
    "environment": dict(os.environ), "input": sys.stdin.read(), "parent": os.getppid(),
    "leads": os.getsid(0) == os.getpid(), "open": len(os.listdir("/proc/self/fd")),
    "threads": len(os.listdir("/proc/self/task")), "encoding": [sys.stdout.encoding, sys.stderr.encoding],
    "signals": [str(signal.getsignal(number)) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGPIPE)],
    "ours": sorted(name for name in sys.modules if name.startswith("vssid") or "prometheus" in name),
}))
sys.stderr.write("and said so")
sys.exit(3)
"""
WAITS = "import signal, sys; print('there', flush=True); signal.pause()"


def started(
    kind: type[subprocess.Popen[Any]], *arguments: str, **how: Any
) -> tuple[int, dict[str, Any], str]:
    """The status of a program, what it told of itself, and what it complained of."""
    process = kind(
        [sys.executable, *arguments], text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **how,
    )  # fmt: skip
    said, complained = process.communicate("xin chào")
    return process.returncode, json.loads(said), complained


@pytest.mark.parametrize("leads", [True, False])
@pytest.mark.parametrize("how", ["-c", "-m"])
def test_it_begins_with_the_same(tmp_path: Path, how: str, leads: bool) -> None:
    (tmp_path / "telling.py").write_text(TOLD)
    environment = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}:{tmp_path}", "VSSID_OF_THIS_TEST": "là"}
    what = [how, TOLD if how == "-c" else "telling", "first", "-m"]
    given = {"env": environment, "cwd": tmp_path, "start_new_session": leads}
    from_nothing = started(subprocess.Popen, *what, **given)
    assert started(Program, *what, **given) == from_nothing
    assert from_nothing[0] == 3
    assert from_nothing[1]["parent"] == os.getpid()
    assert from_nothing[1]["ours"] == []


def test_its_end_is_seen_and_a_signal_reaches_it() -> None:
    with Program([sys.executable, "-c", WAITS], stdout=subprocess.PIPE) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == b"there\n"
        assert program.poll() is None
        program.send_signal(signal.SIGTERM)
        assert program.wait(60) == -signal.SIGTERM


def test_what_it_prints_where_the_test_prints_is_seen(capfd: pytest.CaptureFixture[str]) -> None:
    assert Program([sys.executable, "-c", "print('to the same place')"]).wait(60) == 0
    assert capfd.readouterr().out == "to the same place\n"


def test_one_that_takes_too_long_is_ended() -> None:
    with pytest.raises(subprocess.TimeoutExpired):
        programs.run([sys.executable, "-c", WAITS], timeout=0.2)


@pytest.mark.parametrize("name", ["PYTHONUTF8", "LC_ALL"])
def test_what_python_looks_at_first_is_kept_by_a_start_from_nothing(name: str) -> None:
    text = "import os, sys; print(os.environ[sys.argv[1]], 'structlog' in sys.modules)"
    values = {"PYTHONUTF8": "1", "LC_ALL": "C"}
    done = programs.run([sys.executable, "-c", text, name], env=os.environ | {name: values[name]}, text=True)
    assert done.stdout == f"{values[name]} False\n"
    assert programs.run([sys.executable, "-c", text, "PATH"], text=True).stdout.endswith(" True\n")
