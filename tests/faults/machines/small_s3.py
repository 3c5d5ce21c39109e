"""A small S3 on a folder: objects by key, to be ended, stalled and started again.

`python -m tests.faults.machines.small_s3 PORT FOLDER`

It takes any signature: who may ask is not what is tried.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote, urlsplit
from xml.sax.saxutils import escape, unescape

MISSING = b"<Error><Code>NoSuchKey</Code><Message>nothing there</Message></Error>"


class Objects(BaseHTTPRequestHandler):
    """PUT, GET, HEAD and DELETE of an object, and the list of a bucket (ListObjectsV2)."""

    protocol_version = "HTTP/1.1"
    folder: Path

    def do_PUT(self) -> None:
        """Store whole or not at all: written beside, then renamed."""
        data = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        path = self._path()
        if self.headers.get("If-None-Match") == "*" and path.exists():
            self._answer(412, b"<Error><Code>PreconditionFailed</Code></Error>")
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.{os.getpid()}.{id(self)}")
        beside.write_bytes(data)
        beside.replace(path)
        self._answer(200, headers={"ETag": _tag(data)})

    def do_GET(self) -> None:
        """An object, or the list."""
        parts = urlsplit(self.path)
        if "list-type" in parse_qs(parts.query):
            self._answer(200, self._listed(parse_qs(parts.query).get("prefix", [""])[0]))
        else:
            self._object()

    do_HEAD = do_GET  # noqa: N815

    def do_POST(self) -> None:
        """DeleteObjects: several keys at once; nothing there is fine."""
        asked = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        keys = [unescape(key) for key in re.findall("<Key>(.*?)</Key>", asked)]
        for key in keys:
            (self._path() / key).unlink(missing_ok=True)
        gone = "".join(f"<Deleted><Key>{escape(key)}</Key></Deleted>" for key in keys)
        self._answer(200, f"<DeleteResult>{gone}</DeleteResult>".encode())

    def _object(self) -> None:
        try:
            data = self._path().read_bytes()
        except OSError:
            self._answer(404, MISSING)
            return
        written = formatdate(self._path().stat().st_mtime, usegmt=True)
        self._answer(200, data, {"ETag": _tag(data), "Last-Modified": written})

    def _listed(self, prefix: str) -> bytes:
        bucket = self.folder / unquote(urlsplit(self.path).path).strip("/")
        rows = []
        for path in sorted(bucket.rglob("*")):
            key = path.relative_to(bucket).as_posix()
            if path.is_file() and not path.name.startswith(".") and key.startswith(prefix):
                rows.append(
                    f"<Contents><Key>{escape(quote(key))}</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified>"
                    f'<ETag>"0"</ETag><Size>{path.stat().st_size}</Size></Contents>'
                )
        return (
            '<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">'
            f"<KeyCount>{len(rows)}</KeyCount><IsTruncated>false</IsTruncated>{''.join(rows)}</ListBucketResult>"
        ).encode()

    def _path(self) -> Path:
        inside = unquote(urlsplit(self.path).path).strip("/")
        assert ".." not in inside.split("/")
        return self.folder / inside

    def _answer(self, status: int, body: bytes = b"", headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of each request."""


def _tag(data: bytes) -> str:
    return f'"{hashlib.md5(data, usedforsecurity=False).hexdigest()}"'


def server(folder: Path, port: int = 0) -> ThreadingHTTPServer:
    """The store of a folder (each folder in it is a bucket), not yet serving."""
    objects = type("ObjectsOfFolder", (Objects,), {"folder": folder})
    made = ThreadingHTTPServer(("127.0.0.1", port), objects)
    made.daemon_threads = True
    return made


if __name__ == "__main__":
    server(Path(sys.argv[2]), int(sys.argv[1])).serve_forever()
