"""Names of static files: each carries the hash of its content, and each version of the sources a manifest."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

MANIFESTS = "manifests"
HASHED = re.compile(r"(?P<stem>[^.].*)\.[0-9a-f]{12}(?P<ending>\.[A-Za-z0-9]+)")
log = structlog.get_logger("vssid.static")


class HashedStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hashed names, also inside JavaScript imports, of the version whose sources lie beside this code.

    The manifest is read once and named by the content of the sources: a process that runs on while another
    version is collected keeps its own names, and one that starts before its files are collected does not
    take the names of another version. It answers with plain names then, which StaticFiles serves from the
    sources.
    """

    support_js_module_import_aggregation = True

    def __init__(self, location: Any = None, base_url: Any = None) -> None:
        self.manifest_name = f"{sources_digest()}.json"
        self._told: set[str] = set()
        manifests = FileSystemStorage(location=Path(location or settings.STATIC_ROOT) / MANIFESTS)
        super().__init__(location, base_url, manifest_storage=manifests)

    def stored_name(self, name: str) -> str:
        """The hashed name; the plain one, told in the log, of a file that this version did not collect."""
        try:
            return str(super().stored_name(name))
        except ValueError:
            if self.hashed_files and name not in self._told:
                self._told.add(name)
                log.error("static_file_not_collected", name=name)
            return name


def sources_digest() -> str:
    """The hash of all sources of static files, the same on every machine that holds this version."""
    digest = hashlib.sha256()
    listed = {
        (getattr(storage, "prefix", "") or "", path): storage
        for finder in get_finders()
        for path, storage in finder.list(None)
    }
    for prefix, path in sorted(listed):
        with listed[prefix, path].open(path) as source:
            content = hashlib.sha256(source.read()).hexdigest()
        digest.update(f"{prefix}/{path}:{content}\n".encode())
    return digest.hexdigest()[:16]
