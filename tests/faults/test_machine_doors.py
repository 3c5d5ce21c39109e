"""Receipts, health and metrics have a door for programs of this machine; nginx shuts it to the outside."""

from __future__ import annotations

import shutil
import signal
import subprocess
import threading
import uuid
from http.server import BaseHTTPRequestHandler, HTTPServer

import psutil
import pytest
from django.core.files.storage import storages
from django.db import connection

from tests.environment import ROOT
from tests.faults.machines import front, proxy
from tests.faults.machines.machine import until
from tests.ports import free_port
from vssid.domain.notifications.outbox import receipts
from vssid.infra.sms import kannel
from vssid.infra.static_files.storage import MANIFESTS

pytestmark = [pytest.mark.faults, pytest.mark.django_db]
needs_nginx = [
    pytest.mark.nginx,
    pytest.mark.skipif(not proxy.NGINX, reason="no nginx here"),
]
PUBLIC = {
    "VSSID_BASE_URL": f"https://{proxy.NAME}",
    "VSSID_ALLOWED_HOSTS": proxy.NAME,
    "VSSID_TRUSTED_PROXIES": "1",
    "VSSID_SMS_GATEWAY": "kannel",
}
HEALTH = ["/healthz", "/readyz", "/workerz", "/metrics"]


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """A copy of the program that a test may change, with what is compiled of it."""
    folder = tmp_path_factory.mktemp("opt")
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("tests"))
    (folder / "locale").symlink_to(ROOT / "locale")
    return folder / "src"


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker, tmp_path_factory, source):
    """A web process as the documents set it up."""
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:  # of tests before this file
            cursor.execute("TRUNCATE procrastinate_workers CASCADE")
        known = connection.settings_dict
        url = f"postgresql://{known['USER']}@/{known['NAME']}?host={known['HOST']}"
        with front.serving(url, tmp_path_factory.mktemp("site"), source=source, **PUBLIC) as served:
            # Where `./vssid migrate` says that the static files of this version lie.
            manifest = served.data / "static" / MANIFESTS / storages["staticfiles"].manifest_name
            manifest.parent.mkdir(parents=True)
            manifest.write_text('{"paths": {}, "version": "1.1", "hash": ""}')
            yield served


@pytest.fixture(scope="module")
def ports(site, ground):
    """nginx before it."""
    with proxy.before(site.port, ground) as proxy_ports:
        yield proxy_ports


def receipt(token: str | None = None) -> str:
    """A receipt for a message that nobody knows any more, with the right token unless another is given."""
    named = uuid.uuid4()
    right = receipts.token(7, named, 1)
    return (
        receipts.PATH.format(subject_id=7, message_id=named, attempt=1, token=token or right)
        + f"?{kannel.RECEIPT_FIELD}=1"
    )


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "web"])
def test_a_program_of_this_machine_is_let_in_where_the_documents_say(site, name):
    token = f"Bearer {front.METRICS_TOKEN}"
    answered = {path: front.ask(site.port, path, Host=name, Authorization=token).status for path in HEALTH}
    assert answered == {"/healthz": 200, "/readyz": 200, "/workerz": 503, "/metrics": 200}
    assert front.ask(site.port, receipt(), Host=name).status == 200
    assert front.ask(site.port, receipt("wrong"), Host=name).status == 404


def test_totals_outlive_workers_that_are_killed_and_replaced(site):
    for _ in range(20):
        front.ask(site.port, "/tro-giup", Host=proxy.NAME)
    before, workers = site.total("vssid_requests_total"), site.workers()
    assert before >= 20
    psutil.Process(min(workers)).kill()
    until(lambda: len(site.workers() - workers) == 1 and front.answers(site.port))
    assert site.total("vssid_requests_total") >= before
    owners = {path.stem.rsplit("_", 1)[-1] for path in (site.data / "metrics").glob("*.db")}
    assert str(min(workers)) not in owners


def test_a_reload_brings_the_new_code_and_loses_no_request(site, source):
    """What `systemctl reload` does (SIGHUP): workers are replaced one after the other while others answer."""
    door = source / "vssid/infra/edge/door.py"
    door.write_text(door.read_text().replace('b"ok\\n"', 'b"of the new version\\n"'))
    answered = set()
    site.process.send_signal(signal.SIGHUP)

    def answers_anew() -> bool:
        answer = front.ask(site.port, "/healthz")
        answered.add((answer.status, answer.body))
        return len(answered) > 1

    until(answers_anew)
    assert answered == {(200, b"ok\n"), (200, b"of the new version\n")}
    assert site.process.poll() is None


class TestNginx:
    pytestmark = needs_nginx

    def ask(self, ports, path: str, **headers: str) -> front.Answer:
        return front.ask(ports[0], path, secure=True, **{"Host": proxy.NAME} | headers)

    def test_the_shipped_file_is_one_that_this_nginx_takes(self, tmp_path):
        file = proxy.laid_down(tmp_path, site=8000, secure=free_port(), plain=free_port())
        done = subprocess.run([proxy.NGINX, "-t", "-c", file], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    def test_pages_come_through_and_plain_http_is_sent_to_https(self, ports):
        page = self.ask(ports, "/tro-giup")
        assert page.status == 200
        assert "strict-transport-security" in page.headers
        moved = front.ask(ports[1], "/tro-giup?a=1", Host=proxy.NAME)
        assert (moved.status, moved.headers["location"]) == (308, f"https://{proxy.NAME}/tro-giup?a=1")

    @pytest.mark.parametrize(
        "disguise",
        [
            lambda path: path,
            lambda path: f"/{path}",
            lambda path: f"/.{path}",
            lambda path: f"/x/..{path}",
            lambda path: path[:2] + f"%{ord(path[2]):x}" + path[3:],
            lambda path: path + "?x=1",
            lambda path: path + "#x",
        ],
    )
    def test_the_doors_of_machines_are_shut_to_the_outside(self, ports, site, disguise):
        """However the address is written; our own 404 would carry a number of the request."""
        for path in [*HEALTH, receipt(), receipt("wrong")]:
            answer = self.ask(ports, disguise(path), X_Forwarded_For="127.0.0.1")
            assert "x-request-id" not in answer.headers, path
            assert answer.status == 404

    def test_who_claims_to_be_this_machine_is_not_believed(self, ports):
        for claimed in ({"X_Forwarded_For": "127.0.0.1"}, {"Forwarded": "for=127.0.0.1"}):
            assert self.ask(ports, "/tro-giup", **claimed).status == 200
        assert self.ask(ports, "/tro-giup", Host="127.0.0.1").status == 400

    def test_nginx_puts_what_it_sees_in_place_of_what_a_client_claims(self, tmp_path_factory):
        folder, seen = tmp_path_factory.mktemp("claims"), []
        folder.chmod(0o755)

        class Echo(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                seen.append(self.headers.get_all("X-Forwarded-For"))
                self.send_response(204)
                self.end_headers()

        with HTTPServer(("127.0.0.1", 0), Echo) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            with proxy.before(server.server_port, folder) as ports:
                assert self.ask(ports, "/the", X_Forwarded_For="10.9.8.7").status == 204
            server.shutdown()
        assert seen == [["127.0.0.1"]]
