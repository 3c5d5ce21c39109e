"""The Kannel of ops/ as it is shipped: its file, started by the commands of its units, in a test's folder."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import psutil

from tests.environment import ROOT
from tests.kannel import network
from tests.ports import free_port

UNITS = ("kannel-bearerbox", "kannel-smsbox")
FILE = "/etc/kannel/vssid.conf"
OURS = {"username": network.USER, "password": network.PASSWORD}


def command(unit: str) -> list[str]:
    """What the unit starts."""
    text = (ROOT / f"ops/systemd/{unit}.service").read_text()
    (line,) = re.findall(r"^ExecStart=(.+)$", text, re.MULTILINE)
    return shlex.split(line)


def folders() -> set[str]:
    """What the units make before they start: their StateDirectory and LogsDirectory."""
    text = "\n".join((ROOT / f"ops/systemd/{unit}.service").read_text() for unit in UNITS)
    below = {"State": "/var/lib", "Logs": "/var/log"}
    return {
        f"{below[kind]}/{name}" for kind, name in re.findall(r"^(\w+)Directory=(\S+)$", text, re.MULTILINE)
    }


FAKE = """group = smsc
smsc = fake
smsc-id = phones
port = {port}
connect-allow-ip = 127.0.0.1
"""


class Shipped(network.Kannel):
    """With ports and folders of the test, and a phone network instead of the operator."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        for name in folders():
            (folder / name.lstrip("/")).mkdir(parents=True)
        self._config.write_text(self._written(folder))

    def _written(self, folder: Path) -> str:
        text = (ROOT / "ops/kannel/kannel.conf").read_text()
        ports = {"13000": free_port(), "13001": self.box_port, "13013": self.send_port}
        for shipped, ours in ports.items():
            text = re.sub(rf"= {shipped}$", f"= {ours}", text, flags=re.MULTILINE)
        fake = FAKE.format(port=self.smsc_port)
        text = re.sub(r"group = smsc\n(?:.+\n)+", fake, text)
        for name, value in OURS.items():
            text = re.sub(rf"^{name} = <.*>$", f"{name} = {value}", text, flags=re.MULTILINE)
        text = re.sub(r"<[^>\n]*>$", "none", text, flags=re.MULTILINE)
        return re.sub(r'"(/var/[^"]+)"', lambda match: f'"{folder}{match[1]}"', text)

    def start_bearerbox(self) -> None:
        self._run("bearerbox", *self._ours("kannel-bearerbox"))
        # Looked at, not knocked at: whoever connects is taken for the phone network, and given what waits.
        network.eventually(lambda: {self.smsc_port, self.box_port} <= self._doors(), what="bearerbox is up")
        phones = ("-H", "127.0.0.1", "-r", str(self.smsc_port), "-m", "0", "1 2 text x")
        self._run("fakesmsc", network.FAKESMSC, *phones)

    def _doors(self) -> set[int]:
        links = psutil.Process(self._running["bearerbox"].pid).net_connections("tcp4")
        return {link.laddr.port for link in links if link.status == psutil.CONN_LISTEN}

    def start_smsbox(self) -> None:
        self._run("smsbox", *self._ours("kannel-smsbox"))
        network.eventually(lambda: network.listening(self.send_port), what="smsbox is up")

    def _ours(self, unit: str) -> list[str]:
        return [str(self._config) if part == FILE else part for part in command(unit)]

    def written(self) -> str:
        """All that its boxes wrote, into files and to standard error; not what the phone network did."""
        texts = [path for path in self.folder.rglob("*.log") if path.name != "fakesmsc.log"]
        return "\n".join(path.read_text("utf-8", errors="replace") for path in texts)
