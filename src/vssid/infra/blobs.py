"""Files by key: a local folder by default; S3, GCS or Azure by the address in settings.BLOBS_URL.

What is stored is sealed before it comes here; keys hold no personal data. A store that does not answer is
given up after half a minute, with what it is tried again.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

import obstore
from django.conf import settings
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import LocalStore, from_url

from .outside import require_no_transaction

CONNECT, REQUEST, ALL = timedelta(seconds=5), timedelta(seconds=15), timedelta(seconds=15)
TRIES_AGAIN = 2
PREFIXES = {"s3": "AWS", "s3a": "AWS", "gs": "GOOGLE", "az": "AZURE", "azure": "AZURE"}
CLIENT_OPTIONS = ("allow_http", "allow_invalid_certificates", "proxy_url", "proxy_ca_certificate")
FULL = {errno.ENOSPC, errno.EDQUOT}
T = TypeVar("T")


class NotStored(Exception):
    """There is nothing under the key."""


class Away(Exception):
    """The store did not do it: it does not answer, refuses us, or has no room (`is_full`)."""

    def __init__(self, *, is_full: bool) -> None:
        super().__init__("full" if is_full else "away")
        self.is_full = is_full


@lru_cache(maxsize=4)
def _open(url: str) -> Any:
    parts = urlsplit(url)
    if parts.scheme == "file":
        folder = Path(unquote(parts.path))
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return LocalStore(prefix=folder)
    options: Any = {"connect_timeout": CONNECT, "timeout": REQUEST, **_said_of(parts.scheme)}
    return from_url(
        url,
        client_options=options,
        # No try begins after ALL, so the last one ends within ALL and REQUEST.
        retry_config={"max_retries": TRIES_AGAIN, "retry_timeout": ALL},
    )


def _said_of(scheme: str) -> dict[str, Any]:
    """What the environment says of the way to the store (AWS_ALLOW_HTTP and others): obstore reads that by
    itself only where it is given no options of ours.
    """
    said = {name: os.environ.get(f"{PREFIXES.get(scheme, '')}_{name.upper()}", "") for name in CLIENT_OPTIONS}
    words: dict[str, Any] = {"true": True, "1": True, "false": False, "0": False}
    return {name: words.get(value.lower(), value) for name, value in said.items() if value}


def _asked(what: str, ask: Callable[[Any], T]) -> T:
    """The store's answer. Raises FileNotFoundError, FileExistsError, or Away for whatever else it says."""
    require_no_transaction(f"blobs.{what}")
    try:
        return ask(_open(settings.BLOBS_URL))
    except FileNotFoundError:
        raise
    except AlreadyExistsError as error:
        raise FileExistsError("the key exists") from error
    except (BaseError, OSError) as error:
        raise Away(is_full=_is_full(error)) from error


def _is_full(error: BaseException) -> bool:
    """obstore says in words alone which error the system gave."""
    return getattr(error, "errno", None) in FULL or any(f"(os error {code})" in str(error) for code in FULL)


def put(key: str, data: bytes) -> None:
    """Store under the key, replacing what was there. Raises Away."""
    _asked("put", lambda store: obstore.put(store, key, data))


def put_new(key: str, data: bytes) -> None:
    """Store under a key that is free. Raises FileExistsError (what lies there stays) or Away."""
    _asked("put", lambda store: obstore.put(store, key, data, mode="create"))


def get(key: str) -> bytes:
    """What is stored under the key. Raises NotStored or Away."""
    try:
        return _asked("get", lambda store: bytes(obstore.get(store, key).bytes()))
    except FileNotFoundError:
        raise NotStored from None


def delete(key: str) -> None:
    """Remove what is stored under the key; nothing there is fine. Raises Away."""
    try:
        _asked("delete", lambda store: obstore.delete(store, key))
    except FileNotFoundError:
        return


def stored_under(prefix: str) -> Iterator[tuple[str, datetime]]:
    """Every key under a folder with the moment it was last written. Raises Away."""
    batches = _asked("list", lambda store: iter(obstore.list(store, prefix)))
    while (batch := _asked("list", lambda _store: next(batches, None))) is not None:
        for item in batch:
            yield item["path"], item["last_modified"]
