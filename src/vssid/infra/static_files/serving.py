"""Serving static files: of this version, of others that lie there, and never an error instead of a style."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.core.files.storage import storages
from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware

from .storage import HASHED

NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*")


class StaticFiles(WhiteNoiseMiddleware):  # type: ignore[misc]
    """WhiteNoise that looks into the folder when asked, not only when the server starts.

    A hashed name is answered from STATIC_ROOT, whichever version laid it there and when, and may be kept for
    good. A plain name is answered from the sources. Where a hashed file is not (two servers behind one
    address with folders of their own, a page older than a month) this version's file of the same plain name
    is given, which nobody may keep: a page in nearly its look rather than in none.
    """

    get_response: Callable[[HttpRequest], HttpResponse]
    serve: Callable[[Any, HttpRequest], HttpResponse]

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        super().__init__(get_response)
        self.storage = storages["staticfiles"]  # reads the manifest now, before another version is collected

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The file, or whatever the rest of the house answers."""
        address = request.path_info
        if not address.startswith(self.static_prefix) or not NAME.fullmatch(self._name(address)):
            return self.get_response(request)
        for find in (self.files.get, self._look):
            if (static_file := find(address)) is None:
                continue
            try:
                return self.serve(static_file, request)
            except FileNotFoundError:  # gone since it was found
                self.files.pop(address, None)
        return self._nearest(address, request) or self.get_response(request)

    def _name(self, address: str) -> str:
        return address.removeprefix(self.static_prefix)

    def _look(self, address: str) -> Any:
        try:
            static_file = self.find_file(address)
        except NotADirectoryError:
            return None
        if static_file is not None and self.immutable_file_test("", address):
            self.files[address] = static_file
        return static_file

    def _nearest(self, address: str, request: HttpRequest) -> HttpResponse | None:
        hashed = HASHED.fullmatch(self._name(address))
        if hashed is None:
            return None
        plain = hashed["stem"] + hashed["ending"]
        static_file = self._look(self.storage.url(plain)) or self._look(f"{self.static_prefix}{plain}")
        if static_file is None:
            return None
        response = self.serve(static_file, request)
        response["Cache-Control"] = "no-store"
        del response["ETag"], response["Last-Modified"]
        return response

    def immutable_file_test(self, path: str, url: str) -> bool:
        """Whether the name carries the hash of its content, in this version's manifest or in another's."""
        return HASHED.fullmatch(self._name(url)) is not None

    def candidate_paths_for_url(self, url: str) -> Iterator[str]:
        """Hashed names lie in STATIC_ROOT only, plain ones among the sources only."""
        hashed = self.immutable_file_test("", url)
        for path in super().candidate_paths_for_url(url):
            if Path(path).is_relative_to(self.static_root) == hashed:
                yield path
