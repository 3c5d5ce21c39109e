"""The nginx of ops/ as it is shipped, on ports of a test's own."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.environment import ROOT
from tests.ports import free_port

from .machine import until

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin")
SHIPPED = ROOT / "ops/nginx/vssid.conf"
NAME = "bhxh.example.vn"
AROUND = """
pid {folder}/nginx.pid;
error_log {folder}/error.log;
daemon off;
events {{}}
http {{
    client_body_temp_path {folder}/bodies;
    proxy_temp_path {folder}/answers;
    fastcgi_temp_path {folder}/unused1;
    uwsgi_temp_path {folder}/unused2;
    scgi_temp_path {folder}/unused3;
    include {folder}/vssid.conf;
}}
"""


def laid_down(folder: Path, *, site: int, secure: int, plain: int, upstream: str = "") -> Path:
    """The shipped file with ports and a certificate of the test; the file that nginx is started with.

    `upstream` takes the place of the shipped one.
    """
    if not (folder / "key.pem").exists():
        _certificate(folder)
    changes = {
        "server 127.0.0.1:8000": f"server 127.0.0.1:{site}",
        "listen 443 ssl": f"listen 127.0.0.1:{secure} ssl",
        "    listen [::]:443 ssl http2;\n": "",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "    listen [::]:80;\n": "",
        "/etc/ssl/vssid": str(folder),
    }
    text = SHIPPED.read_text()
    for shipped, ours in changes.items():
        assert shipped in text, shipped
        text = text.replace(shipped, ours)
    if upstream:
        text, done = re.subn(r"upstream vssid \{.*?\n\}\n", lambda _found: upstream, text, flags=re.DOTALL)
        assert done == 1
    (folder / "vssid.conf").write_text(text)
    file = folder / "nginx.conf"
    file.write_text(AROUND.format(folder=folder))
    return file


def _certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    begins = datetime.now(UTC) - timedelta(days=1)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=9))
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    pkcs8 = serialization.PrivateFormat.PKCS8
    (folder / "fullchain.pem").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, pkcs8, plain))


@dataclass(frozen=True)
class Nginx:
    """One that runs."""

    process: subprocess.Popen[bytes]
    folder: Path
    site: int
    secure: int
    plain: int

    def reload(self, upstream: str) -> None:
        """Give it other processes to ask, as `systemctl reload nginx` does, until the old ones ended."""
        laid_down(self.folder, site=self.site, secure=self.secure, plain=self.plain, upstream=upstream)
        old = self._workers()
        self.process.send_signal(signal.SIGHUP)
        until(lambda: bool(self._workers()) and not self._workers() & old)

    def _workers(self) -> set[int]:
        return {child.pid for child in psutil.Process(self.process.pid).children()}


@contextmanager
def before(site: int, folder: Path) -> Iterator[tuple[int, int]]:
    """nginx before a web process; its ports for https and http."""
    with running(site, folder) as nginx:
        yield nginx.secure, nginx.plain


@contextmanager
def running(site: int, folder: Path, *, upstream: str = "") -> Iterator[Nginx]:
    """nginx before a web process, or those that `upstream` names."""
    secure, plain = free_port(), free_port()
    file = laid_down(folder, site=site, secure=secure, plain=plain, upstream=upstream)
    with (folder / "nginx.log").open("ab") as log:
        process = subprocess.Popen([str(NGINX), "-c", str(file)], stdout=log, stderr=log)
    try:
        until(lambda: process.poll() is not None or (folder / "nginx.pid").exists())
        assert process.poll() is None, (folder / "nginx.log").read_text()
        yield Nginx(process, folder, site, secure, plain)
    finally:
        process.terminate()
        process.wait(20)
