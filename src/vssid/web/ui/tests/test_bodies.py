"""Who may send is looked at before what they send."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client, RequestFactory

from tests.architecture.urls import routes
from vssid.infra.edge.door import Plan
from vssid.web.officer.imports.tests.data_desk import quang
from vssid.web.officer.tests.desk import minh
from vssid.web.ui import bodies, cookies

pytestmark = pytest.mark.django_db
CSRF = f"vssid-csrf={'a' * 32}"
VALUES = {"int": "1", "slug": "a", "str": "a", "uuid": "0" * 8 + "-0000-0000-0000-" + "0" * 12}


class NeverRead:
    """A body that must not be looked at."""

    def read(self, *_args: Any) -> bytes:
        raise AssertionError("the body was read")

    readline = read


MULTIPART = {"CONTENT_LENGTH": "5000000", "CONTENT_TYPE": "multipart/form-data; boundary=x"}


def environ(path: str, cookie: str) -> dict[str, Any]:
    environment: dict[str, Any] = RequestFactory().post(path).environ
    return environment | MULTIPART | {"wsgi.input": NeverRead(), "HTTP_COOKIE": cookie}


def send(path: str, cookie: str) -> int:
    client = Client(enforce_csrf_checks=True)
    return client.generic("POST", path, **environ(path, cookie)).status_code


def filled(path: str) -> str:
    return re.sub(r"<(\w+):\w+>", lambda match: VALUES[match[1]], path)


def test_no_page_of_a_role_reads_what_a_stranger_sends():
    for route in routes():
        if route.access in {"citizen", "officer"}:
            path = filled(route.path)
            assert send(path, CSRF) in {302, 401, 405}, path
            assert bodies.plan(environ(path, CSRF)) is Plan.REFUSE, path


def test_the_page_of_data_officers_reads_nothing_of_other_staff():
    client = minh()
    cookie = f"{CSRF}; {cookies.SESSION}={client.cookies[cookies.SESSION].value}"
    assert send("/can-bo/nhap-lieu", cookie) == 403
    assert bodies.plan(environ("/can-bo/nhap-lieu", cookie)) is Plan.REFUSE


def test_what_staff_with_the_right_send_is_read():
    reviewer, loader = minh(), quang()
    for client, path, plan in (
        (reviewer, "/can-bo/ho-so/1/tu-choi", Plan.KEEP),
        (loader, "/can-bo/nhap-lieu", Plan.STREAM),
        (loader, "/can-bo/ho-so/1/tu-choi", Plan.REFUSE),
    ):
        cookie = f"{CSRF}; {cookies.SESSION}={client.cookies[cookies.SESSION].value}"
        assert bodies.plan(environ(path, cookie)) is plan, path


@pytest.mark.parametrize(
    ("path", "cookie", "plan"),
    [
        ("/nowhere", CSRF, Plan.REFUSE),
        ("/dang-nhap", "", Plan.REFUSE),  # nothing of ours, so its form is refused whatever it holds
        ("/dang-nhap", CSRF, Plan.KEEP),
    ],
)
def test_a_stranger_may_send_a_large_body_to_an_open_page_with_a_form_of_ours(path, cookie, plan):
    assert bodies.plan(environ(path, cookie)) is plan
