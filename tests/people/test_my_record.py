"""One contract for both ways to /api/v1/me/record: the short path and the view behind Django's middleware."""

from __future__ import annotations

import gzip
import io
import json
import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.utils import timezone
from structlog.stdlib import ProcessorFormatter

from tests.making.registrations import make_officer_account
from tests.making.staff import session_of
from vssid.config import short_path
from vssid.domain.accounts.models.accounts import Account, Session
from vssid.domain.accounts.sign_in import sessions
from vssid.infra.database.prepared import Prepared, Unavailable
from vssid.web.citizen.tests import cast

pytestmark = [pytest.mark.contract, pytest.mark.django_db(transaction=True)]
PATH = "/api/v1/me/record"


@dataclass
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def code(self) -> str:
        assert self.headers["Content-Type"] == "application/problem+json"
        said = json.loads(self.body)
        assert said["status"] == self.status
        return str(said["code"])

    @property
    def lasting(self) -> dict[str, str]:
        """The headers without the one that differs each time."""
        return {name: value for name, value in self.headers.items() if name != "X-Request-ID"}


class Site:
    """A WSGI application and what it is asked."""

    def __init__(self, application: Callable[..., Any]) -> None:
        self.application = application

    def get(self, token: str = "", path: str = PATH, method: str = "GET", **environ: str) -> Reply:
        told: dict[str, Any] = {}

        def start_response(status: str, headers: list[tuple[str, str]]) -> None:
            told.update(status=int(status.split()[0]), headers=dict(headers))
            assert len(headers) == len(dict(headers)), "a header is sent twice"

        given = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "HTTP_HOST": "testserver",
            "REMOTE_ADDR": "203.0.113.7",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
        }
        if token:
            given["HTTP_COOKIE"] = f"vssid-theme=dark; vssid-session={token}"
        given |= environ
        answer = self.application(given, start_response)
        body = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
        return Reply(told["status"], told["headers"], body)


class Django(Site):
    """Without the short path; it counts its requests."""

    def __init__(self) -> None:
        self.handler = WSGIHandler()
        self.asked = 0
        super().__init__(self._ask)

    def _ask(self, environ: Any, start_response: Any) -> Any:
        self.asked += 1
        return self.handler(environ, start_response)


@pytest.fixture
def django(settings: Any) -> Django:
    settings.SECURE_HSTS_SECONDS = 3600  # said only over https
    return Django()


@pytest.fixture
def short(django: Django) -> Iterator[Site]:
    opened: list[Prepared] = []
    short_path._frame.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(short_path, "Prepared", lambda given: opened.append(Prepared(given)) or opened[0])
        yield Site(short_path.around(django.application))
    opened[0].close()
    short_path._frame.cache_clear()


@pytest.fixture(params=["short path", "view"])
def site(request: pytest.FixtureRequest, short: Site, django: Django) -> Site:
    return short if request.param == "short path" else django


@pytest.fixture
def lan() -> int:
    return cast.make_worker()


def signed_in(person_id: int, *, ago: timedelta = timedelta()) -> str:
    return sessions.start(person_id, device="test", proved_at=None, now=timezone.now() - ago)


def rows(token: str) -> Any:
    person_id, session_id, _secret = token.split(".")
    return Session.objects.filter(person_id=int(person_id), id=session_id)


def test_the_short_path_and_the_view_answer_alike(lan, short, django):
    token = signed_in(lan)
    plain, long = short.get(token), django.get(token)
    assert django.asked == 1, "the short path answered the first alone"
    assert (plain.status, plain.body) == (200, long.body)
    assert plain.lasting == long.lasting


@pytest.mark.parametrize(
    "environ",
    [
        {"HTTP_ACCEPT_ENCODING": "gzip, deflate, br"},
        {"HTTP_ACCEPT_ENCODING": "gzip;q=0, br"},
        {"HTTP_IF_NONE_MATCH": "*"},
        {"HTTP_IF_NONE_MATCH": '"another", W/"and another"'},
        {"wsgi.url_scheme": "https"},
        {"HTTP_HOST": "localhost:8000"},
        {"QUERY_STRING": "a=b"},
    ],
    ids=lambda environ: str(environ),
)
def test_they_answer_alike_to(environ, lan, short, django):
    token = signed_in(lan)
    plain, long = short.get(token, **environ), django.get(token, **environ)
    assert django.asked == 1
    assert (plain.status, plain.body, plain.lasting) == (long.status, long.body, long.lasting)
    assert ("Strict-Transport-Security" in plain.headers) == ("wsgi.url_scheme" in environ)


def test_they_say_the_language_alike(lan, short, django):
    cookie = {"HTTP_COOKIE": f"vssid-session={signed_in(lan)}; vssid-lang=en"}
    assert short.get(**cookie).headers["Content-Language"] == "en"
    assert short.get(**cookie).lasting == django.get(**cookie).lasting


def test_behind_a_proxy_they_answer_alike(lan, short, django, settings):
    settings.TRUSTED_PROXIES = 1
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    token = signed_in(lan)
    environ = {"HTTP_X_FORWARDED_PROTO": "https", "HTTP_X_REQUEST_ID": "from-the-proxy-1"}
    plain = short.get(token, **environ)
    assert plain.headers == django.get(token, **environ).headers
    assert plain.headers["X-Request-ID"] == "from-the-proxy-1"
    assert "Strict-Transport-Security" in plain.headers


def test_the_record_is_the_persons_own(lan, site):
    tuan = cast.make_citizen(cast.TUAN)
    mine, his = (json.loads(site.get(signed_in(person_id)).body) for person_id in (lan, tuan))
    assert mine["person"]["bhxh_code"] == cast.LAN
    assert mine["card"]["object_code"] == "DN"
    assert len(mine["participation"]["bhxh"]["periods"]) == 2
    assert his["person"] is None, "the register does not know him, and he sees nothing of hers"
    assert (his["card"], his["coverage"], his["participation"]["bhxh"]["periods"]) == (None, [], [])


def test_nothing_sealed_is_in_the_record(lan, site):
    said = site.get(signed_in(lan)).body.decode()
    assert not re.search(r"id_number|phone|email|street|0912345678|Số 12", said)
    person = cast.REGISTERED
    assert person.id_number not in said


def test_no_cache_but_the_persons_own_may_keep_it(lan, site):
    got = site.get(signed_in(lan))
    assert got.headers["Cache-Control"] == "private, no-cache"
    assert {"Accept-Encoding", "Cookie"} <= set(got.headers["Vary"].split(", "))
    assert got.headers["Content-Type"] == "application/json"
    assert got.headers["Content-Length"] == str(len(got.body))
    assert re.fullmatch(r"[0-9a-f]{32}", got.headers["X-Request-ID"])
    for name in ("Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy"):
        assert name in got.headers


def test_who_has_the_record_gets_no_body(lan, site):
    token = signed_in(lan)
    tag = site.get(token).headers["ETag"]
    again = site.get(token, HTTP_IF_NONE_MATCH=f'"other", {tag}')
    assert (again.status, again.body, again.headers["ETag"]) == (304, b"", tag)
    assert "Content-Type" not in again.headers
    cast.add_coverage(lan, timezone.localdate() + timedelta(days=400), None)
    assert site.get(token, HTTP_IF_NONE_MATCH=tag).status == 200


def test_it_is_packed_for_who_asks(lan, site):
    token = signed_in(lan)
    packed = site.get(token, HTTP_ACCEPT_ENCODING="br, gzip")
    plain = site.get(token)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < len(plain.body) / 2
    assert packed.headers["ETag"] == plain.headers["ETag"]


def test_without_a_session_it_says_so(lan, site):
    token = signed_in(lan)
    person, session, secret = token.split(".")
    for wrong in ("", "no token", f"{person}.{session}.wrong", f"{int(person) + 1}.{session}.{secret}", "."):
        refused = site.get(wrong)
        assert (refused.status, refused.code) == (401, "not_signed_in")
        assert refused.headers["Cache-Control"] == "no-store, private"
        assert "WWW-Authenticate" in refused.headers


def test_an_ended_session_is_none(lan, site):
    token = signed_in(lan)
    assert site.get(token).status == 200
    sessions.end_all(lan)
    assert site.get(token).code == "not_signed_in"


def test_a_session_idle_too_long_is_ended(lan, site):
    token = signed_in(lan, ago=timedelta(days=31))
    assert site.get(token).code == "not_signed_in"
    assert not rows(token).exists()


def test_a_session_of_a_frozen_account_is_ended(lan, site):
    token = signed_in(lan)
    assert site.get(token).status == 200
    # As a session would be that was opened in the very moment of freezing.
    Account.objects.filter(person_id=lan).update(frozen_at=timezone.now())
    assert site.get(token).code == "not_signed_in"
    assert not rows(token).exists()
    Account.objects.filter(person_id=lan).update(frozen_at=None)
    assert site.get(token).code == "not_signed_in"


def test_staff_have_no_record_here(site):
    token = session_of(make_officer_account("minh"))
    assert (site.get(token).status, site.get(token).code) == (401, "not_a_citizen")


def test_who_must_set_a_password_does_that_first(site):
    person_id, _password = cast.make_activating()
    assert site.get(signed_in(person_id)).code == "must_set_password"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_it_is_only_read(method, lan, site):
    refused = site.get(signed_in(lan), method=method)
    assert (refused.status, refused.code) == (405, "method_not_allowed")
    assert refused.headers["Allow"] == "GET, HEAD"


def test_a_foreign_host_is_refused(lan, site):
    assert site.get(signed_in(lan), HTTP_HOST="evil.example").status == 400


def test_reading_is_being_seen_once_a_minute(lan, site):
    token = signed_in(lan, ago=timedelta(hours=1))
    assert site.get(token).status == 200
    seen = rows(token).get().seen_at
    assert timezone.now() - seen < timedelta(minutes=1)
    assert site.get(token).status == 200
    assert rows(token).get().seen_at == seen


def test_an_old_secret_is_replaced_when_the_new_one_is_used_and_good_for_two_more_minutes(lan, site):
    token = signed_in(lan, ago=timedelta(hours=25))
    fresh = site.get(token)
    assert fresh.status == 200
    new = fresh.headers["Set-Cookie"].split("vssid-session=")[1].split(";")[0]
    assert new != token
    for good in (new, token):
        again = site.get(good)
        assert (again.status, "Set-Cookie" in again.headers) == (200, False)
    rows(token).update(rotated_at=timezone.now() - timedelta(minutes=3))
    assert site.get(token).code == "not_signed_in"
    assert site.get(new).status == 200


def test_one_line_of_log_tells_neither_path_nor_person(lan, site):
    token = signed_in(lan)
    handler = structured_handler()
    written = io.StringIO()
    before = handler.setStream(written)
    try:
        got = site.get(token, QUERY_STRING="code=0100000001")
    finally:
        handler.setStream(before)
    (line,) = written.getvalue().splitlines()
    told = json.loads(line)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", told.pop("timestamp"))
    assert told.pop("ms") >= 0
    assert told == {
        "event": "request",
        "method": "GET",
        "route": "my-record",
        "status": 200,
        "request_id": got.headers["X-Request-ID"],
        "level": "info",
        "logger": "vssid.web",
    }


def structured_handler() -> Any:
    """The handler that writes the process's log."""
    (handler,) = (
        each for each in logging.getLogger().handlers if isinstance(each.formatter, ProcessorFormatter)
    )
    return handler


def test_a_database_that_does_not_answer_there_is_left_to_django(lan, short, django, monkeypatch):
    def refuse(*_given: Any) -> None:
        raise Unavailable

    monkeypatch.setattr(Prepared, "row", refuse)
    assert short.get(signed_in(lan)).status == 200
    assert django.asked == 1


def test_a_broken_connection_is_replaced(lan, short, django):
    from django.db import connection

    token = signed_in(lan)
    assert short.get(token).status == 200
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    assert short.get(token).status == 200
    assert django.asked == 1
    assert short.get(token).status == 200
    assert django.asked == 1


def test_the_short_path_can_be_switched_off(django, settings):
    settings.SHORT_PATH = False
    assert short_path.around(django.application) == django.application
