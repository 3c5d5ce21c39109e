"""Senders who are slow, many or strangers, and a server whose master was killed."""

from __future__ import annotations

import json
import os
import signal
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psutil
import pytest
from django.db import connection

from tests.faults.machines import front, proxy
from tests.faults.machines.front import ask
from tests.faults.machines.machine import until
from tests.faults.machines.senders import FOREVER, begun, status

pytestmark = [pytest.mark.django_db, pytest.mark.faults]
PHOTO, FILE = 5_000_000, 200_000_000
SIGN_IN, FILES = "/dang-nhap", "/can-bo/nhap-lieu"


@contextmanager
def served(folder: Path) -> Iterator[front.Site]:
    """One process with four threads, as small as it is run."""
    known = connection.settings_dict
    url = f"postgresql://{known['USER']}@/{known['NAME']}?host={known['HOST']}"
    named = {
        "VSSID_BASE_URL": f"http://{proxy.NAME}",
        "VSSID_ALLOWED_HOSTS": f"127.0.0.1,{proxy.NAME}",
        "VSSID_TRUSTED_PROXIES": "1",
    }
    with front.serving(url, folder, workers=1, **named) as site:
        yield site


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[front.Site]:
    """What all tests share but the one that kills it."""
    with django_db_blocker.unblock(), served(tmp_path_factory.mktemp("site")) as shared:
        yield shared


@pytest.fixture(scope="module")
def port(site, ground: Path) -> Iterator[int]:
    """nginx before it, as it is shipped."""
    with proxy.before(site.port, ground) as (secure, _plain):
        yield secure


def test_twelve_slow_uploads_and_twelve_slow_forms_do_not_stop_the_site(site):
    with ExitStack() as slow:
        for _ in range(12):
            slow.enter_context(begun(site.port, SIGN_IN, length=PHOTO, body=b"--x\r\n"))
            slow.enter_context(begun(site.port, "/ngon-ngu", length=500, body=b"--x\r\n"))
        for path in (SIGN_IN, "/healthz"):
            assert ask(site.port, path).status == 200, path
        ready = json.loads(ask(site.port, "/readyz").body)["checks"]
        assert (ready["database"], ready["migrations"]) == (True, True)
        with begun(site.port, SIGN_IN, length=4, body=b"--x-") as quick:
            assert status(quick) == 403  # read and judged: it holds no token


@pytest.mark.parametrize("length", [PHOTO, FILE])
def test_a_stranger_is_sent_to_the_sign_in_before_anything_of_the_file_came(site, length):
    with begun(site.port, FILES, length=length) as link:
        assert status(link) == 302


@pytest.mark.nginx
@pytest.mark.skipif(not proxy.NGINX, reason="no nginx here")
class TestBehindNginx:
    def begun(self, port: int, path: str, length: int, body: bytes = b""):
        return begun(port, path, length=length, body=body, host=proxy.NAME, secure=True)

    def test_a_strangers_file_is_refused_before_it_came(self, port):
        with self.begun(port, FILES, FILE) as link:
            assert status(link) == 302

    @pytest.mark.parametrize(("path", "refusal"), [(SIGN_IN, 403), (FILES, 302)])
    def test_a_photo_whose_form_lost_its_token_is_refused_in_words(self, port, path, refusal):
        """All of it was sent before the answer: a server that does not take it would cut the line."""
        body = b"--x\r\n" + b"a" * (PHOTO - 5)
        with self.begun(port, path, PHOTO, body) as link:
            assert status(link) == refusal

    def test_one_address_has_so_many_files_on_their_way(self, ground):
        """Before a server that answers none of them."""
        folder = ground / "counted"
        folder.mkdir(mode=0o755)
        with ExitStack() as slow:
            silent = slow.enter_context(socket.create_server(("127.0.0.1", 0)))
            silent.settimeout(FOREVER)
            secure, _plain = slow.enter_context(proxy.before(silent.getsockname()[1], folder))
            for _ in range(4):
                slow.enter_context(self.begun(secure, FILES, FILE, b"--x\r\n"))
                slow.enter_context(silent.accept()[0])
            with self.begun(secure, FILES, FILE) as fifth:
                assert status(fifth) == 429

    def test_slow_senders_hold_nothing(self, port, site):
        with ExitStack() as slow:
            for _ in range(4):
                slow.enter_context(self.begun(port, FILES, FILE, b"--x\r\n"))
                slow.enter_context(self.begun(port, SIGN_IN, PHOTO, b"--x\r\n"))
            assert ask(port, SIGN_IN, secure=True, Host=proxy.NAME).status == 200


def test_the_workers_of_a_killed_master_end(tmp_path):
    """Nobody could end them, and they would go on with an old version."""
    with served(tmp_path) as site:
        workers = [psutil.Process(worker) for worker in site.workers()]
        assert workers
        os.kill(site.process.pid, signal.SIGKILL)
        until(
            lambda: (
                not any(worker.is_running() and worker.status() != psutil.STATUS_ZOMBIE for worker in workers)
            )
        )
        assert not front.answers(site.port)
