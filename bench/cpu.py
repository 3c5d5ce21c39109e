"""Processor time of processes and all below them (Linux): what a page costs, however busy the machine is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

PROC = Path("/proc")
_TICK = os.sysconf("SC_CLK_TCK")


def seconds(root: int) -> float:
    """Of a process and those it started, the ended ones too, since they began; 0 where nothing tells."""
    spent, parents = {}, {}
    for pid, columns in _all():
        parents[pid] = int(columns[1])
        # Its own, and as soon as it has waited for them that of its ended children.
        spent[pid] = sum(map(int, columns[11:15])) / _TICK
    below = {root}
    while more := {pid for pid, parent in parents.items() if parent in below} - below:
        below |= more
    return sum(spent.get(pid, 0.0) for pid in below)


def server_on(port: int) -> int:
    """The web server that listens on a port; 0 where nothing tells."""
    for entry in PROC.glob("[0-9]*/cmdline"):
        try:
            words = entry.read_bytes().split(b"\0")
        except OSError:
            continue
        if (
            b"serve" in words
            and str(port).encode() in words
            and _parent(int(entry.parent.name)) == os.getpid()
        ):
            return int(entry.parent.name)
    return 0


def _parent(pid: int) -> int:
    return next((int(columns[1]) for each, columns in _all() if each == pid), 0)


def _all() -> Iterator[tuple[int, list[str]]]:
    for entry in PROC.glob("[0-9]*/stat"):
        try:
            said = entry.read_text(errors="replace")
        except OSError:
            continue  # it has just ended
        yield int(entry.parent.name), said.rpartition(")")[2].split()
