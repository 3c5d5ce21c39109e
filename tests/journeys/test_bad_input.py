"""No input becomes a 500: every route, as every kind of visitor, with what no browser of ours would send."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import cycle, islice
from typing import Any, TypeVar
from urllib.parse import quote_from_bytes, urlencode

import pytest
from django.db import transaction
from django.test import Client, RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.architecture.urls import Route, routes
from tests.environment import ROOT
from tests.journeys import looks
from tests.making.employers import SAO_MAI, make_employers, make_hr
from tests.making.registrations import make_draft, make_ready
from tests.undone import of_test
from vssid.config.wsgi import application
from vssid.domain.employers.seats.roles import Role as HrRole
from vssid.domain.offices.rights import Role, rights_of
from vssid.domain.registration.models import Application
from vssid.domain.verification import limits
from vssid.web.citizen.tests import cast
from vssid.web.officer.imports.tests.data_desk import quang
from vssid.web.officer.tests.desk import PASSWORD, browser_of, minh
from vssid.web.public.registration import file_cookie

pytestmark = [pytest.mark.django_db, pytest.mark.journey]
T = TypeVar("T")

BEYOND_BIGINT = "99999999999999999999"
PARTS = {
    "int": ["0", "1", str(2**63 - 1), BEYOND_BIGINT, "9" * 5000],
    "slug": ["mat-truoc", "bhxh", "front", "x" * 300],
    "uuid": ["00000000-0000-4000-8000-000000000000"],
    "str": ["x", "%00", "%FF%FE", "x" * 300],
}
KINDS = re.compile(r"<(\w+):\w+>")
METHODS = ("GET", "HEAD", "OPTIONS", "PUT", "POST", "ODD")
# Every name that any form of the site reads.
FIELDS = (
    *("bhxh_code", "full_name", "birth_date", "sex", "id_kind", "id_number", "issued_on", "card_address"),
    *("phone", "email", "province_code", "commune_code", "street", "office_code", "commitment", "code", "go"),
    *("text", "photo", "number", "name", "username", "password", "now", "new", "again", "tiep", "id", "q"),
    *("reasons", "field", "loai", "ve", "lang", "theme", "value", "xem", "sap", "khac", "trang", "tinh"),
)
# And every name that the source asks a request for, so that a new one is tried without being written here.
ASKED_FOR = re.compile(r"""\b(?:POST|GET|FILES)(?:\.get|\.getlist)?[\[(]"([^"]{1,40})\"""")
NAMES = sorted(
    {
        *FIELDS,
        *("once", "ten", "credential", "thu-thach", "tong", "viec"),
        *(name for path in (ROOT / "src").rglob("*.py") for name in ASKED_FOR.findall(path.read_text())),
    }
)
TEXTS = {
    "nul": b"a\x00b",
    "only_nul": b"\x00",
    "huge": b"9" * 200_000,
    "surrogate": b"\xed\xa0\x80",
    "not_utf8": b"\xff\xfe\x80",
    "line_breaks": b"a\r\nSet-Cookie: x=1\r\n",
    "overlong_after_folding": "ß".encode() * 100,
    "odd_digits": "٣²½①".encode() * 3,
    "other_site": b"https://[::1",
    "own_page": b"/\t/evil.example",
}
COOKIES = ("vssid-session", "vssid-draft", "vssid-device", "vssid-phones", "vssid-tra-cuu", "vssid-tiep-tuc",
           "vssid-lang", "vssid-theme", "vssid-csrf")  # fmt: skip
CRUMBS = ("x", "1.", ".", "1.x.y", f"{BEYOND_BIGINT}.a.b", "-1.a", "\x00", "é.é", "a:b:c", "1.00.x" * 900,
          "999999999999999999.00000000000000000000000000000000.x",
          f"{BEYOND_BIGINT}.{'0' * 32}.x", "e30:1x:y")  # fmt: skip


REGISTRATION = [
    route.path for route in routes() if route.path.startswith("/dang-ky") and "<" not in route.path
]


@pytest.fixture(autouse=True)
def no_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits would end the test long before the last input."""
    monkeypatch.setattr(limits, "hit", lambda *_args, **_more: None)


@pytest.fixture(autouse=True)
def watched(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a view does not look at need not be sent to it in all ways."""
    looks.watch(monkeypatch)


def nobody() -> Client:
    return Client()


def with_draft() -> Client:
    client = Client()
    client.cookies[file_cookie.COOKIE] = make_draft()
    return client


def with_file() -> Client:
    client = with_draft()
    assert client.post("/dang-ky/gui").status_code == 302
    return client


def activating() -> Client:
    person_id, _password = cast.make_activating()
    return browser_of(person_id)


def citizen() -> Client:
    return browser_of(cast.make_worker())


def officer() -> Client:
    make_ready()
    return minh()


# Who asks, and the pages they get beyond a redirect to the sign-in.
def hr() -> Client:
    """Who administers an employer."""
    make_employers()
    return browser_of(make_hr("Trần Tuấn", (SAO_MAI, HrRole.ADMINISTRATOR)))


VISITORS: dict[str, tuple[Callable[[], Client], Callable[[Route], bool]]] = {
    "nobody": (nobody, lambda route: route.access in {"public", "token"}),
    "with_draft": (with_draft, lambda route: route.path.startswith("/dang-ky")),
    "with_file": (with_file, lambda route: route.path.startswith("/dang-ky")),
    "activating": (activating, lambda route: "mat-khau" in route.path),
    "citizen": (citizen, lambda route: route.access == "citizen"),
    "hr": (hr, lambda route: route.access in {"employer", "employer_member"}),
    "officer": (officer, lambda route: route.path.startswith("/can-bo")),
    "data_officer": (
        quang,
        lambda route: bool(route.rights) and rights_of(Role.DATA).issuperset(route.rights),
    ),
}


@dataclass
class Visitor:
    """A browser and the routes that matter to it. Counts each answer that is a 5xx."""

    client: Client
    routes: list[Route]
    broken: list[str] = field(default_factory=list)

    def send(self, method: str, address: str, **request: Any) -> Any:
        """One request, of which nothing stays: whoever signs out by it is signed in again."""
        cookies = self.client.cookies
        self.client.cookies = copy.deepcopy(cookies)
        with of_test():
            answer = self.client.generic(method, address, **request)
            transaction.set_rollback(True)
        self.client.cookies = cookies
        # They say 503 of the worker and the static files, which no test of these has: to any input.
        own = answer.status_code == 503 and address.startswith(("/workerz", "/readyz"))
        if answer.status_code >= 500 and not own:
            self.broken.append(f"{method} {address[:80]} {answer.status_code}")
        return answer

    def looks_at(self, method: str, address: str, **request: Any) -> set[looks.Part]:
        """Send one request: what was looked at of it."""
        return set(self.send(method, address, **request).wsgi_request.looked_at)


@pytest.fixture(params=VISITORS)
def visitor(request: pytest.FixtureRequest) -> Visitor:
    """Each kind of visitor in turn; gets the page of an error and not the error."""
    arrive, matters = VISITORS[request.param]
    client = arrive()
    client.raise_request_exception = False
    return Visitor(client, [route for route in routes() if matters(route)])


def addresses(route: Route) -> dict[str, str]:
    """The route with every odd value for its first parameter, by the value; where it names a file, also with
    one that is there."""
    kinds = KINDS.findall(route.path)
    if not kinds:
        return {"": route.path}
    first = [*PARTS[kinds[0]], *([an_application()] if "application_id" in route.path else [])]
    return {value: _filled(route.path, [value, *(PARTS[kind][0] for kind in kinds[1:])]) for value in first}


def proper(route: Route) -> str:
    """The address of a route that leads to its view; where it names a file, to one that is there."""
    kinds = KINDS.findall(route.path)
    values = ["1" if kind == "int" else PARTS[kind][0] for kind in kinds]
    if "application_id" in route.path:
        values[0] = an_application()
    return _filled(route.path, values)


def _filled(path: str, values: list[str]) -> str:
    for value in values:
        path = re.sub(r"<\w+:\w+>", lambda _match, value=value: value, path, count=1)  # type: ignore[misc]
    return path


def an_application() -> str:
    """The id of the file that the officer's visitor may open."""
    return str(Application.objects.values_list("id", flat=True).first() or 1)


@lru_cache(maxsize=2 * len(TEXTS) + 3)
def form(value: bytes) -> bytes:
    names = FIELDS if len(value) > 10_000 else NAMES
    return "&".join(f"{name}={quote_from_bytes(value)}" for name in names).encode()


FORM = "application/x-www-form-urlencoded"


def turned(values: Sequence[T], by: int) -> list[T]:
    """All of them, beginning with another one."""
    return list(islice(cycle(values), by, by + len(values)))


def test_no_method_and_no_address_breaks_a_route(visitor: Visitor) -> None:
    """A method that a view refuses at one address it refuses at each; what answers GET answers HEAD.
    Addresses without a view are answered by the same code: each value that leads nowhere, whatever is before
    it, is asked for in all ways once."""
    nowhere: set[str] = set()
    for route in visitor.routes:
        methods = METHODS
        for value, address in addresses(route).items():
            first = visitor.send("GET", address)
            if first.wsgi_request.resolver_match is None and value in nowhere:
                continue
            statuses = {
                method: visitor.send(method, address).status_code for method in methods if method != "GET"
            }
            if first.wsgi_request.resolver_match is None:
                nowhere.add(value)
            else:
                methods = tuple(
                    method for method in methods if statuses.get(method) != 405 and method != "HEAD"
                )
    assert visitor.broken == []


def test_no_text_breaks_a_form_or_a_query(visitor: Visitor) -> None:
    """Where a text is not looked at, the others are not sent: each view begins with another text."""
    for number, route in enumerate(visitor.routes):
        address = proper(route)
        texts = turned(list(TEXTS.values()), number)
        for text in texts:
            parts = visitor.looks_at("POST", address, data=form(text), content_type=FORM)
            if parts.isdisjoint({"form", "body"}):
                break
        for text in texts:
            if "query" not in visitor.looks_at("GET", f"{address}?{form(text[:3000]).decode()}"):
                break
    assert visitor.broken == []


PARTED = "multipart/form-data; boundary=x"
FORMS = (FORM, "multipart/form-data")
END = b"--x--\r\n"


def _part(about: bytes, body: bytes, more: bytes = b"") -> bytes:
    return b"--x\r\nContent-Disposition: form-data; %s\r\n%s\r\n%s\r\n" % (about, more, body)


BODIES: list[tuple[str, bytes]] = [
    ("application/json", b"[" * 100_000),
    ("application/json", b'{"a":' * 50_000),
    (
        "application/json",
        b'{"once": "\\u0000", "id": "\\ud800", "name": "\\u0000", "rawId": 1, "response": []}',
    ),
    ("application/json", b'{"once": 1e999, "id": ' + b"9" * 5000 + b"}"),
    ("application/json", b"\xff\x00"),
    ("application/json", b'{"code": [1, {"a": null}]}'),
    ("", b"code=1"),
    ("multipart/form-data", b"code=1"),
    ("multipart/form-data; boundary=\xff", b"code=1"),
    (PARTED, _part(b'name="code"', b"1")),
    (PARTED, _part(b"name*=hex''00; filename*=x''0", b"1") + END),
    (PARTED, _part(b'name="photo"; filename="a"', b"!", b"Content-Transfer-Encoding: base64\r\n") + END),
    (PARTED, _part(b'name="photo"; filename="\0"', b"\0") + END),
    (FORM, b"&".join(b"a%d=1" % number for number in range(2000))),
    (FORM, b"&".join(form(value) for value in (b"1", b"2", b""))),
    (FORM, b'{"code": 1}&code[]=1&code[a][b]=2&=&&;'),
    (FORM, b"photo=x&go=scan"),
]


def test_no_body_breaks_a_form(visitor: Visitor) -> None:
    """A view that looks at nothing gets the first. Of bodies that are no form, one that looks at forms alone
    gets the first of each type, as none is taken apart."""
    for route in visitor.routes:
        address, passed_over = proper(route), set[str]()
        for content_type, data in BODIES:
            kind = content_type.partition(";")[0]
            if kind in passed_over:
                continue
            parts = visitor.looks_at("POST", address, data=data, content_type=content_type)
            if not parts & {"form", "type", "body"}:
                break
            if parts.isdisjoint({"type", "body"}) and kind not in FORMS:
                passed_over.add(kind)
    assert visitor.broken == []


ODD_HEADERS = {
    "HTTP_REFERER": "http://[x",
    "HTTP_USER_AGENT": "\x00\xff" * 200,
    "HTTP_ACCEPT": "\x00",
    "HTTP_AUTHORIZATION": "Bearer \xff",
    "HTTP_IF_MODIFIED_SINCE": "x",
    "HTTP_RANGE": "bytes=-9999999999",
}
# These refuse what is sent by themselves and stand alone there, so that they hide no other.
ODD_ORIGIN = {"HTTP_ORIGIN": "http://[x"}
ODD_HOSTS = [{"HTTP_HOST": "evil.example"}, {"HTTP_HOST": "testserver:99999999"}]


def test_no_header_breaks_a_page(visitor: Visitor) -> None:
    """A host that is refused before there is a view is refused so whatever the method."""
    for route in visitor.routes:
        address = proper(route)
        visitor.send("GET", address, **ODD_HEADERS, **ODD_ORIGIN)
        visitor.send("POST", address, **ODD_HEADERS)
        visitor.send("POST", address, **ODD_ORIGIN)
        for host in ODD_HOSTS:
            if visitor.send("GET", address, **host).wsgi_request.resolver_match is not None:
                visitor.send("POST", address, **host)
    assert visitor.broken == []


def test_an_odd_browser_may_sign_in(visitor: Visitor) -> None:
    typed = {"username": "minh", "password": PASSWORD}
    for header in (ODD_HEADERS, ODD_ORIGIN, *ODD_HOSTS):
        visitor.send("POST", "/can-bo/dang-nhap", data=urlencode(typed).encode(), content_type=FORM, **header)
    assert visitor.broken == []


@pytest.mark.parametrize("name", COOKIES)
def test_no_cookie_breaks_a_page(name: str) -> None:
    """At the first address each crumb is tried; where no view looks at the cookie, one: another at each."""
    visitor = Visitor(Client(raise_request_exception=False), [])
    for number, address in enumerate(("/", "/the", "/can-bo", "/dang-nhap", *REGISTRATION)):
        for crumb in turned(CRUMBS, number):
            # Past the client's own jar, which would quote what a hostile browser does not.
            answer = visitor.send("GET", address, HTTP_COOKIE=f"{name}={crumb}")
            if number and name not in answer.wsgi_request.cookies_looked_at:
                break
    assert visitor.broken == []


TYPES = (
    "a/b; a*=x''y",
    "a/b; a*=punycode''%ff",
    *(f"{FORM}; charset={name}" for name in ("hex", "rot13", "utf-16", "idna", "x" * 500, "\x00")),
    *(f"multipart/form-data; charset={name}; boundary=x" for name in ("utf-7", "unicode_escape", "rot13")),
)


@pytest.mark.django_db(transaction=True)
def test_no_content_type_breaks_the_server() -> None:
    """Through the application granian serves: some types fail before Django could answer."""
    escapes = b"\\ud800+2AA-"
    parts = b"".join(_part(b'name="%s"' % name.encode(), escapes) for name in FIELDS) + END
    secret, statuses = "a" * 32, []
    headers = {"cookie": f"vssid-csrf={secret}", "x-csrftoken": secret}
    ask = RequestFactory().generic
    for path in ("/dang-ky/ban-than", "/dang-ky/tra-cuu", "/dang-nhap", "/ngon-ngu"):
        for kind in TYPES:
            for body in (parts, form(b"41")):
                request = ask("POST", path, data=body, content_type="a/b", headers=headers)
                environ = request.environ | {"CONTENT_TYPE": kind}
                list(application(environ, lambda status, _headers: statuses.append(status)))
    assert len(statuses) == 4 * 2 * len(TYPES)
    assert [status for status in statuses if status.startswith(("5", "403"))] == []


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    address=st.sampled_from(REGISTRATION),
    typed=st.dictionaries(
        st.sampled_from(FIELDS), st.text(max_size=120).map(lambda text: text.encode("utf-8", "surrogatepass"))
    ),
)
def _type(visitor: Visitor, address: str, typed: dict[str, bytes]) -> None:
    body = "&".join(f"{name}={quote_from_bytes(value)}" for name, value in typed.items()).encode()
    visitor.send("POST", address, data=body, content_type=FORM)
    assert visitor.broken == []


def test_nothing_anybody_types_breaks_the_registration() -> None:
    visitor = Visitor(with_draft(), [])
    visitor.client.raise_request_exception = False
    _type(visitor)


def test_a_refusal_with_a_nul_in_its_words_is_recorded() -> None:
    client, number = officer(), an_application()
    answer = client.post(f"/can-bo/ho-so/{number}/tu-choi", {"reasons": ["other"], "text": "Ảnh\x00 mờ"})
    assert answer.status_code == 302
    assert Application.objects.get().reason_text == "Ảnh mờ"
