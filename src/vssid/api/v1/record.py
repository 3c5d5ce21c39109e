"""GET /api/v1/me/record: the signed-in citizen's own record as JSON.

Two ways lead here and give the same answer: the short path (config/short_path.py) for the plain case, and
this view behind Django's middleware for every other.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import parse_etags
from django.views.decorators.csrf import csrf_exempt

from vssid.domain.record import statement as records

from ..problems import problem

PATH = "api/v1/me/record"
ROUTE = "my-record"
# The same on every answer that gives a record: nobody else's cache may keep it, one's own must ask.
FIXED = {"Content-Type": "application/json", "Cache-Control": "private, no-cache", "Vary": "Accept-Encoding"}
WORTH_PACKING = 1024  # bytes
_GZIP = re.compile(
    r"(?:^|,)\s*(?:x-)?gzip\s*(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$))[\d.]+\s*)?(?:,|$)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent: 200 with the record, or 304 without; `varying` are the headers beside FIXED."""

    status: int
    varying: dict[str, str]
    body: bytes


def answer(record: str, *, if_none_match: str, accept_encoding: str) -> Answer:
    """Tag the record, leave it out for who has it, pack it for who can unpack it."""
    body = record.encode()
    # Weak: packed and plain are the same record.
    etag = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    if if_none_match and _has(etag, if_none_match):
        return Answer(304, {"ETag": etag}, b"")
    if accept_encoding and len(body) >= WORTH_PACKING and _GZIP.search(accept_encoding):
        return Answer(
            200, {"ETag": etag, "Content-Encoding": "gzip"}, gzip.compress(body, compresslevel=1, mtime=0)
        )
    return Answer(200, {"ETag": etag}, body)


def _has(etag: str, if_none_match: str) -> bool:
    opaque = etag.removeprefix("W/")
    return any(tag == "*" or tag.removeprefix("W/") == opaque for tag in parse_etags(if_none_match))


@csrf_exempt  # it changes nothing; another method is told so, not that a token is missing
def record(request: HttpRequest) -> HttpResponse:
    """The view. 401 with `code` not_signed_in, not_a_citizen or must_set_password; 405 but for GET, HEAD."""
    if request.method not in {"GET", "HEAD"}:
        return problem(405, "method_not_allowed", {"Allow": "GET, HEAD"})
    session: Any = request.session_view  # type: ignore[attr-defined]
    refused = _refusal(session)
    if refused:
        return problem(401, refused, {"WWW-Authenticate": 'Cookie realm="vssid"'})
    made = answer(
        records.of(session.person_id, now=timezone.now()),
        if_none_match=request.headers.get("If-None-Match", ""),
        accept_encoding=request.headers.get("Accept-Encoding", ""),
    )
    return response(made)


def response(made: Answer) -> HttpResponse:
    """An answer as Django's response."""
    http_response = HttpResponse(made.body, status=made.status, headers=FIXED | made.varying)
    if made.status == HTTPStatus.NOT_MODIFIED:
        del http_response["Content-Type"]
    return http_response


def _refusal(session: Any) -> str:
    if session is None:
        return "not_signed_in"
    if session.kind != "citizen":
        return "not_a_citizen"
    return "must_set_password" if session.must_set_password else ""


# Views are closed without a mark (web/ui/access.py); programs are refused with 401 here, not sent to a page.
record.access = "citizen"  # type: ignore[attr-defined]
