"""With the database away every page says so in words, and nothing that was typed is lost."""

from __future__ import annotations

import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.architecture.urls import routes
from tests.faults.machines import servers
from vssid.infra.embedded import postgres

pytestmark = pytest.mark.faults
MACHINES = ("/healthz", "/readyz", "/workerz", "/metrics")  # tests/faults/test_read_only_database.py
SESSION = f"7.{uuid.UUID(int=7).hex}.secret"


@pytest.fixture(autouse=True)
def gone(django_db_blocker, tmp_path):
    """Nobody listens where the database should be."""
    with django_db_blocker.unblock(), servers.used(f"postgresql://postgres@/n?host={tmp_path}"):
        yield


@pytest.fixture
def lan():
    client = Client(raise_request_exception=False)
    client.cookies["vssid-session"] = SESSION
    return client


def words(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def plain_paths() -> list[str]:
    return [route.path for route in routes() if "<" not in route.path and route.path not in MACHINES]


@pytest.mark.parametrize("method", ["get", "post"])
def test_whoever_is_signed_in_gets_503_at_every_address(lan, method):
    for path in [*plain_paths(), "/khong-co-trang-nay"]:
        answer = getattr(lan, method)(path, {"a": "b"})
        assert (path, answer.status_code, answer["Retry-After"]) == (path, 503, "30")
        assert answer["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_gets_a_page_or_503_at_every_address(method):
    met = set()
    for path in plain_paths():
        answer = getattr(Client(raise_request_exception=False), method)(path, {"a": "b"})
        assert answer.status_code < 500 or answer.status_code == 503, path
        met.add(answer.status_code)
    assert {503} < met


def test_the_page_says_what_happened_and_how_to_go_on(lan):
    page = words(lan.get("/the?trang=2"))
    assert "Hệ thống tạm thời gián đoạn" in page
    assert 'href="/the?trang=2"' in page
    assert "1900 9068" in page


def test_it_is_said_in_english_to_who_chose_english(lan):
    lan.cookies["vssid-lang"] = "en"
    assert "temporarily unavailable" in words(lan.get("/the"))


def test_a_program_is_told_in_its_own_words(lan):
    answer = lan.get("/api/v1/me/record")
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "unavailable"


def test_the_session_of_who_comes_back_is_not_forgotten(lan):
    answer = lan.get("/the")
    assert "vssid-session" not in answer.cookies
    assert "X-Offline" not in answer


def test_what_was_typed_is_on_the_page_to_be_sent_again(lan):
    typed = {"noi-dung": 'Nhà số 7 "ngõ" <b>', "ghi-chu": ["một", "hai"]}
    answer = lan.post("/ca-nhan/gui?buoc=2", typed)
    page = words(answer)
    assert answer.status_code == 503
    assert "Gửi lại" in page
    assert 'action="/ca-nhan/gui?buoc=2"' in page
    assert "Nhà số 7 &quot;ngõ&quot; &lt;b&gt;" in page
    assert page.count('name="ghi-chu"') == 2


@pytest.mark.parametrize(
    "typed",
    [
        {"login": "0912345678", "password": "a secret word"},
        {"a": "b", "anh": SimpleUploadedFile("a.jpg", b"jpg", "image/jpeg")},
        {"a": "b" * 300_000},
    ],
    ids=["a password", "a file", "much"],
)
def test_passwords_files_and_long_texts_are_left_to_the_browser(lan, typed):
    answer = lan.post("/ca-nhan", typed)
    assert answer.status_code == 503
    assert "tải lại trang này" in words(answer)
    assert "a secret word" not in words(answer)
    assert "Gửi lại" not in words(answer)


def test_a_form_of_another_site_is_not_handed_back_with_a_token_of_ours():
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    client.cookies["vssid-session"] = SESSION
    answer = client.post("/ca-nhan", {"phone": "0987654321"}, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 503
    assert "0987654321" not in words(answer)


def test_the_log_names_the_cause_and_neither_path_nor_traceback(lan, capfd, caplog):
    lan.post("/con/0912345678?sdt=0912345678", {"phone": "0912345678"})
    said = "".join(capfd.readouterr()) + caplog.text
    assert "database_away" in said
    assert "0912345678" not in said
    assert "Traceback" not in said


def test_a_server_that_stops_and_comes_back_is_met_without_a_restart(ground):
    client = Client(raise_request_exception=False)
    client.cookies["vssid-session"] = SESSION
    with servers.running(ground / "pg") as server, servers.used(server.url("postgres")) as ours:
        ours.ensure_connection()
        postgres.stop(ground / "pg")
        assert client.get("/the").status_code == 503
        postgres.start(ground / "pg", settings=postgres.THROWAWAY)
        ours.close_if_unusable_or_obsolete()  # as the next request begins
        assert client.get("/readyz").json()["checks"]["database"] is True
