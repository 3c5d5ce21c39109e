"""Uploads stay in memory: what a person sends must not lie on the disk in clear, not even for a moment."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import MemoryFileUploadHandler

MEGABYTE = 1024 * 1024
# Three photos of 10 MB and the fields around them.
MOST = 3 * 10 * MEGABYTE + 2 * MEGABYTE


class CappedUploadHandler(MemoryFileUploadHandler):
    """Keeps files in memory and refuses a body over MOST bytes before reading it (page 413)."""

    received = 0

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # noqa: N803 - Django's name
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> None:
        """Refuse early by the announced length."""
        if content_length > MOST:
            raise RequestDataTooBig
        self.activated = True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Refuse a body that is longer than announced."""
        self.received += len(raw_data)
        if self.received > MOST:
            raise RequestDataTooBig
        return super().receive_data_chunk(raw_data, start)
