"""`restore`: a backup, taken and restored elsewhere with the commands of docs/operations/backup.md.

The original is a register of so many people with their records, accounts and data keys; pictures are not in
it, for they are copied as files. The copy is restored into a PostgreSQL of its own with the settings of the
embedded one, so that what is committed there is on the disk.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from bench import growth, multiply, people, place
from bench.harness import RECORD_PEOPLE, Bench
from bench.place import ROOT, Place
from bench.rows import Row, Target, row
from vssid.infra.embedded import process_user

DOCUMENT = ROOT / "docs/operations/backup.md"
# What the document's commands end with, where it is not 0: `check` says that this is a copy.
ENDS_WITH = {"./vssid check": 1}
MOST_SECONDS = 600  # for everything from an empty machine to one that serves


def measure(bench: Bench) -> list[Row]:
    """Seconds of each command, and of the whole way from the backup to a copy that was adopted."""
    folder = bench.options.folder / "restore"
    backup = folder / "backup"
    backup.parent.mkdir(parents=True, exist_ok=True)
    try:
        with place.cluster(folder / "original", growth._settings()) as server:
            original = _original(server, folder / "original", bench)
            shutil.rmtree(backup, ignore_errors=True)
            backup.mkdir()
            bench.say("Sao lưu")
            taken = _run(original, "Taking it", backup, bench)
        with place.cluster(folder / "copy") as server:
            copy = Place(server, "copy", folder / "copy" / "data")
            bench.say("Khôi phục ở nơi khác")
            restored = _run(copy, "Restoring it elsewhere", backup, bench)
        return [*_rows("backup", taken), *_rows("restore", restored, Target("value", "≤", MOST_SECONDS))]
    finally:
        if not bench.options.keep:
            shutil.rmtree(folder)


def _original(server: place.postgres.Server, folder: Path, bench: Bench) -> Place:
    """A register of so many people: the first block is imported, the rest is multiplied from it."""
    total = bench.options.people
    block = min(RECORD_PEOPLE, total)
    made = place.prepare(server, folder, f"growth_{block}")
    people.load(made, block, bench.say)
    if total > block:
        bench.say(f"Nhân lên {total} người")
        made = multiply.grown(made, folder, by=total // block, block=block)
    people.sign_in(made)
    (made.folder / "blobs").mkdir(exist_ok=True)
    return made


def _run(here: Place, heading: str, backup: Path, bench: Bench) -> dict[str, float]:
    """Type what the document says under a heading; seconds by command."""
    taken = {}
    for command in commands(heading):
        started = time.perf_counter()
        done = subprocess.run(  # noqa: S603
            ["bash", "-c", command.replace("vssid adopt", "vssid adopt --yes")],  # noqa: S607
            cwd=_program(here).parent,
            env=_shell(here, backup),
            capture_output=True,
            text=True,
            check=False,
        )
        taken[command] = time.perf_counter() - started
        if done.returncode != ENDS_WITH.get(command, 0):
            raise RuntimeError(f"{command}: {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
        bench.say(f"{taken[command]:8.1f} s  {command}")
    return taken


def commands(heading: str) -> list[str]:
    """The commands that the document gives under a heading, in its order."""
    section = DOCUMENT.read_text(encoding="utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    blocks = re.findall(r"```sh\n(.*?)```", section, re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


def _program(here: Place) -> Path:
    """`./vssid` of the folder that the commands are typed in."""
    program = here.folder.parent / "vssid"
    program.parent.mkdir(parents=True, exist_ok=True)
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m vssid.cli "$@"\n')
    program.chmod(0o755)
    return program


def _shell(here: Place, backup: Path) -> dict[str, str]:
    """What the operator's shell has."""
    return here.environment() | {
        "PATH": f"{process_user.binary('psql').parent}:{os.environ['PATH']}",
        "BACKUP": str(backup),
        "SERVER": here.server.url("postgres"),
        "DATABASE": here.name,
    }


def _rows(name: str, taken: dict[str, float], target: Target | None = None) -> list[Row]:
    steps = [row(f"{name}: {_short(command)}", "s", [seconds]) for command, seconds in taken.items()]
    return [*steps, row(f"{name} in all", "s", [sum(taken.values())], target=target)]


def _short(command: str) -> str:
    """Its first words."""
    return " ".join(command.split()[: 3 if command.startswith("./vssid") else 1])
