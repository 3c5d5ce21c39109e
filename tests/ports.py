"""Ports for servers that a test starts."""

from __future__ import annotations

import random
import socket
from pathlib import Path

_RANGE = Path("/proc/sys/net/ipv4/ip_local_port_range")
_MANY = 12_000


def free_port() -> int:
    """A loopback port that nobody listens on, and that no outgoing connection gets meanwhile.

    Connections get theirs from the kernel's own range; a port from there may be taken by a browser's request
    before the server that it was meant for starts.
    """
    first = int(_RANGE.read_text().split()[0]) if _RANGE.exists() else 32_768
    chance = random.SystemRandom()
    while True:
        port = chance.randrange(max(1_024, first - _MANY), first)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
