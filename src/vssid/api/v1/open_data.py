"""Open data as files: made ahead by a job, packed, and the same bytes for everybody.

What a file holds is as old as its making, an hour at most; it says its version and day itself. Parameters
change nothing.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from threading import Lock

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

from vssid.infra import blobs

from . import public_data

FOLDER = "open-data"
LOOKED_AT = 60.0  # seconds a process uses a file before it looks for a newer one
LEVEL = 6
TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


@dataclass(frozen=True, slots=True)
class Listing:
    """A file: the name of its list in JSON, its rows for JSON and for CSV, columns and day."""

    name: str
    rows: Callable[[], Iterator[public_data.Row]]
    lines: Callable[[], Iterator[public_data.Row]]
    columns: Sequence[str]
    as_of: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Made:
    """A packed file and its mark."""

    packed: bytes
    etag: str
    looked_at: float


LISTINGS: dict[str, Listing] = {}
_kept: dict[str, Made] = {}
_lock = Lock()


def make_all() -> None:
    """Make every file anew; call it outside a transaction."""
    for name in LISTINGS:
        make(name)


def make(name: str) -> None:
    """Make the files of one listing anew; readers have the old ones until then."""
    listing = LISTINGS[name]
    as_of = listing.as_of()
    texts = {
        "csv": public_data.csv_text(listing.lines(), listing.columns, as_of),
        "json": public_data.json_text(listing.rows(), listing.name, as_of),
    }
    for form, text in texts.items():
        blobs.put(_key(name, form), _packed(text))


def file(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """The answer with a file; Http404 for a listing that there is not."""
    if name not in LISTINGS:
        raise Http404
    return _answer(request, _made(name, form), TYPES[form])


def _answer(request: HttpRequest, made: Made, content_type: str) -> HttpResponse:
    takes_packed = "gzip" in request.headers.get("Accept-Encoding", "")
    body = made.packed if takes_packed else gzip.decompress(made.packed)
    response = HttpResponse(body, content_type=content_type)
    if takes_packed:
        response["Content-Encoding"] = "gzip"
    etag = f'"{made.etag}{"-gzip" if takes_packed else ""}"'
    response["ETag"] = etag
    patch_vary_headers(response, ["Accept-Encoding"])
    return public_data.shared(get_conditional_response(request, etag=etag, response=response) or response)


def _made(name: str, form: str) -> Made:
    key, now = _key(name, form), time.monotonic()
    kept = _kept.get(key)
    if kept is not None and now - kept.looked_at < LOOKED_AT:
        return kept
    with _lock:  # one of many readers looks
        kept = _kept.get(key)
        if kept is None or now - kept.looked_at >= LOOKED_AT:
            packed = _stored(name, form)
            _kept[key] = kept = Made(packed, hashlib.sha256(packed).hexdigest()[:32], now)
    return kept


def _stored(name: str, form: str) -> bytes:
    """The file; where the job has never run yet its first reader has it made, once."""
    try:
        return blobs.get(_key(name, form))
    except blobs.NotStored:
        make(name)
    return blobs.get(_key(name, form))


def _packed(text: Iterable[str]) -> bytes:
    out = io.BytesIO()
    # Without the time, so that the same rows are the same bytes.
    with gzip.GzipFile(fileobj=out, mode="wb", compresslevel=LEVEL, mtime=0) as packing:
        for part in text:
            packing.write(part.encode())
    return out.getvalue()


def _key(name: str, form: str) -> str:
    return f"{FOLDER}/{name}.{form}.gz"
