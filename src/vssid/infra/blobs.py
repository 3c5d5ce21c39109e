"""Files by key: a local folder by default; S3, GCS or Azure by the address in settings.BLOBS_URL.

What is stored is sealed before it comes here; keys hold no personal data.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import obstore
from django.conf import settings
from obstore.store import LocalStore, from_url


class NotStored(Exception):
    """There is nothing under the key."""


@lru_cache(maxsize=4)
def _open(url: str) -> Any:
    parts = urlsplit(url)
    if parts.scheme == "file":
        folder = Path(unquote(parts.path))
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return LocalStore(prefix=folder)
    return from_url(url)


def _store() -> Any:
    return _open(settings.BLOBS_URL)


def put(key: str, data: bytes) -> None:
    """Store under the key, replacing what was there."""
    obstore.put(_store(), key, data)


def put_new(key: str, data: bytes) -> None:
    """Store under a key that is free. Raises FileExistsError: what lies there stays."""
    obstore.put(_store(), key, data, mode="create")


def get(key: str) -> bytes:
    """What is stored under the key. Raises NotStored."""
    try:
        return bytes(obstore.get(_store(), key).bytes())
    except FileNotFoundError:
        raise NotStored from None


def delete(key: str) -> None:
    """Remove what is stored under the key; nothing there is fine."""
    try:
        obstore.delete(_store(), key)
    except FileNotFoundError:
        return


def stored_under(prefix: str) -> Iterator[tuple[str, datetime]]:
    """Every key under a folder with the moment it was last written."""
    for batch in obstore.list(_store(), prefix):
        for item in batch:
            yield item["path"], item["last_modified"]
