"""What `test_bad_input` leaves out hangs on this: what is looked at of a request is noted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.http.multipartparser import MultiPartParserError
from django.test import Client, RequestFactory
from django.urls import resolve

from tests.journeys.looks import WatchedRequest, watch

FORM = "application/x-www-form-urlencoded"


def sent(content_type: str = FORM) -> WatchedRequest:
    made = RequestFactory().generic("POST", "/?b=2", b"a=1", content_type, HTTP_COOKIE="c=3; d=4; e=5")
    return WatchedRequest(made.environ)


@pytest.mark.parametrize(
    ("look", "parts"),
    [
        (lambda request: request.method, set()),
        (lambda request: request.GET["b"], {"query"}),
        (lambda request: request.POST["a"], {"form"}),
        (lambda request: request.FILES, {"form"}),
        (lambda request: request.body, {"body"}),
        (lambda request: request.read(2), {"body"}),
        (lambda request: request.content_type, {"type"}),
        (lambda request: (request.POST, request.body, request.GET), {"query", "form", "body"}),
    ],
)
def test_each_part_that_is_looked_at_is_noted(look: Callable[[Any], Any], parts: set[str]) -> None:
    request = sent()
    assert request.looked_at == set()
    assert look(request) is not None
    assert request.looked_at == parts


def test_a_form_that_cannot_be_taken_apart_was_looked_at() -> None:
    request = sent("multipart/form-data")
    with pytest.raises(MultiPartParserError):
        _ = request.POST
    assert request.looked_at == {"form"}


def test_cookies_that_are_asked_for_are_noted_once_there_is_a_view() -> None:
    request = sent()
    assert request.COOKIES.get("c") == "3"
    assert request.cookies_looked_at == set()
    request.resolver_match = resolve("/")
    assert (request.COOKIES.get("c"), request.COOKIES.get("x"), "d" in request.COOKIES) == ("3", None, True)
    assert request.cookies_looked_at == {"c", "x", "d"}
    assert request.COOKIES["e"] in dict(request.COOKIES.items()).values()
    assert request.cookies_looked_at == {"c", "x", "d", "e"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "address", "parts"),
    [
        ("GET", "/", set()),
        ("GET", "/tra-cuu/co-so-kham-chua-benh", {"query"}),
        ("POST", "/dang-nhap", {"query", "form"}),
        ("POST", "/dang-nhap/khoa-truy-cap", {"body"}),
        ("PUT", "/dang-nhap", set()),
    ],
)
def test_it_is_noted_of_real_views(
    method: str, address: str, parts: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    watch(monkeypatch)
    answer = Client().generic(method, address, b"a=1", FORM)
    assert answer.wsgi_request.resolver_match is not None
    assert answer.wsgi_request.looked_at == parts
