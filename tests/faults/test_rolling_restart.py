"""A new version while the old one serves, as processes.md says: two processes behind the nginx of ops/, one
after the other; and `kill -HUP`. Who reads and writes meanwhile notices nothing, and what was said is kept.
"""

from __future__ import annotations

import os
import re
import signal
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import httpx
import psycopg
import pytest
from django.contrib.staticfiles.storage import staticfiles_storage

from tests.environment import ROOT
from tests.faults.machines import front, proxy
from tests.faults.machines.machine import until
from tests.faults.soak.people import _who, someone
from tests.ports import free_port
from tests.runner.database import RUN, _maintenance_url, _template
from vssid.infra.static_files.storage import MANIFESTS

pytestmark = [
    pytest.mark.faults,
    pytest.mark.nginx,
    pytest.mark.skipif(not proxy.NGINX, reason="no nginx here"),
]
DOCUMENT = ROOT / "docs/operations/processes.md"
DATABASE = f"test_vssid_{RUN}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}_rolling"
SETTINGS = {
    "VSSID_BASE_URL": f"https://{proxy.NAME}",
    "VSSID_ALLOWED_HOSTS": proxy.NAME,
    "VSSID_TRUSTED_PROXIES": "1",
    "VSSID_SMS_GATEWAY": "kannel",
}
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
FORM = "/dang-ky/ban-than"
PEOPLE = 3  # at once
BETWEEN = 12  # answers that are waited for before the next step
THINKING = 0.5  # seconds between two visits of one: processes start in their own time, however many ask


@dataclass
class Visits:
    """What visitors saw: `kept` drafts were acknowledged, `failed` is what must not be."""

    port: int
    answers: int = 0
    kept: int = 0
    failed: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self) -> None:
        """One person after another reads a page and begins to register, each at an address of their own."""
        while not self.over.wait(THINKING):
            n = next(self.numbers)
            try:
                with self._browser(n) as browser:
                    self._visit(browser, n)
            except Exception as error:
                self.failed.append(f"{type(error).__name__}: {error}")

    def _browser(self, n: int) -> httpx.Client:
        """A connection for each request: nginx closes idle ones when it reloads, where browsers ask again."""
        alone = httpx.Limits(max_keepalive_connections=0)
        return httpx.Client(
            base_url=f"https://127.0.0.1:{self.port}",
            headers={"Host": proxy.NAME, "Referer": f"https://{proxy.NAME}{FORM}"},
            transport=httpx.HTTPTransport(
                verify=False, limits=alone, local_address=f"127.{n % 200 + 1}.{n // 200}.9"
            ),
            timeout=60,
        )

    def _visit(self, browser: httpx.Client, n: int) -> None:
        self._saw(browser.get("/tro-giup"), 200)
        page = self._saw(browser.get(FORM), 200)
        token = TOKEN.search(page.text)
        sent = browser.post(FORM, data=_who(someone(n)) | {"csrfmiddlewaretoken": token[1] if token else ""})
        self._saw(sent, 302)
        with self._lock:
            self.kept += sent.status_code == 302

    def _saw(self, answer: httpx.Response, status: int) -> httpx.Response:
        with self._lock:
            self.answers += 1
            if answer.status_code != status:
                self.failed.append(f"{answer.request.method} {answer.request.url.path}: {answer.status_code}")
        return answer

    def more(self) -> None:
        """Wait until some more were answered."""
        enough = self.answers + BETWEEN
        until(lambda: self.answers >= enough, 120)


@contextmanager
def visiting(port: int) -> Iterator[Visits]:
    """People who read and write until the end."""
    visits = Visits(port)
    threads = [threading.Thread(target=visits.run) for _ in range(PEOPLE)]
    for thread in threads:
        thread.start()
    try:
        visits.more()
        yield visits
        visits.more()
    finally:
        visits.over.set()
        for thread in threads:
            thread.join()


@pytest.fixture(scope="module")
def database(django_db_setup: None) -> Iterator[str]:
    """A database of these tests' own: what the visitors leave goes with it."""
    with psycopg.connect(_maintenance_url(), autocommit=True) as link:
        link.execute(f"CREATE DATABASE {DATABASE} TEMPLATE {_template()}")
        yield _maintenance_url(DATABASE)
        link.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")


@dataclass
class Pair:
    """Two web processes and the nginx before them."""

    database: str
    data: Path
    ports: tuple[int, int]
    nginx: proxy.Nginx
    stacks: list[ExitStack] = field(default_factory=list)
    sites: list[front.Site] = field(default_factory=list)

    def take_out(self, which: int) -> None:
        """Mark it `down` for nginx, and wait until no request of nginx goes to it any more."""
        self._tell(which)

    def put_back(self) -> None:
        """Both are asked again."""
        self._tell(None)

    def _tell(self, out: int | None) -> None:
        self.nginx.reload(upstream(self.ports, out=out))

    def start(self, which: int) -> None:
        """Start one and wait until its /readyz answers 200."""
        stack, port = ExitStack(), self.ports[which]
        site = stack.enter_context(front.serving(self.database, self.data, workers=1, port=port, **SETTINGS))
        until(lambda: front.ask(port, "/readyz").status == 200, 120)
        self.stacks[which : which + 1], self.sites[which : which + 1] = [stack], [site]

    def stop(self, which: int) -> None:
        """End one with SIGTERM and wait for it."""
        self.stacks[which].close()


@pytest.fixture(scope="module")
def pair(database: str, ground: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """As the document has them."""
    data = tmp_path_factory.mktemp("site")
    manifest = data / "static" / MANIFESTS / staticfiles_storage.manifest_name
    manifest.parent.mkdir(parents=True)
    manifest.write_text('{"paths": {}, "version": "1.1", "hash": ""}')
    ports = free_port(), free_port()
    with proxy.running(ports[0], ground, upstream=upstream(ports)) as nginx:
        made = Pair(database, data, ports, nginx)
        for which in (0, 1):
            made.start(which)
        yield made
        for which in (0, 1):
            made.stop(which)


def upstream(ports: tuple[int, int], *, out: int | None = None) -> str:
    """The two processes as the document writes them for nginx, one of them taken out if given."""
    match = re.search(r"```nginx\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    assert match
    block = "\n".join(line.removeprefix("   ") for line in match[1].splitlines())
    for shown, ours in zip(("8000", "8001"), ports, strict=True):
        assert block.count(f"127.0.0.1:{shown} ") == 1
        block = block.replace(f"127.0.0.1:{shown} ", f"127.0.0.1:{ours} ")
    if out is not None:
        line = re.search(rf"server 127.0.0.1:{ports[out]} [^;]*", block)
        assert line
        block = block.replace(line[0], f"{line[0]} down")
    return block


def drafts(database: str) -> int:
    """How many are kept."""
    with psycopg.connect(database) as link:
        row = link.execute("SELECT count(*) FROM registration_draft WHERE sealed IS NOT NULL").fetchone()
        assert row
        return int(row[0])


def test_of_two_processes_one_after_the_other_is_replaced_and_nobody_notices(pair: Pair, database: str):
    before = drafts(database)
    with visiting(pair.nginx.secure) as visits:
        for which in (0, 1):
            pair.take_out(which)
            pair.stop(which)
            visits.more()
            pair.start(which)
            pair.put_back()
            visits.more()
    assert visits.failed == []
    assert drafts(database) - before == visits.kept > 0


def test_processes_of_the_same_folder_are_replaced_by_a_signal_and_nobody_notices(pair: Pair, database: str):
    before = drafts(database)
    with visiting(pair.nginx.secure) as visits:
        for which, site in enumerate(pair.sites):
            pair.take_out(which)
            workers = site.workers()
            site.process.send_signal(signal.SIGHUP)
            until(lambda site=site, old=workers: bool(site.workers()) and not site.workers() & old, 120)
            until(lambda port=site.port: front.answers(port, "/readyz"), 120)
            pair.put_back()
            visits.more()
    assert visits.failed == []
    assert drafts(database) - before == visits.kept > 0
