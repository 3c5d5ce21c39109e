"""Uploads stay in memory: what a person sends must not lie on the disk in clear, not even for a moment.

Files too large for that, of the few who may send such (`DiskUploadHandler`), lie in a folder that only this
process may read, and are gone when the request ends.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import IO, Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, MemoryFileUploadHandler, StopUpload

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


class DiskUploadHandler(FileUploadHandler):
    """Writes one file to where `make(name)` says; over `most` bytes the file is left out.

    The fields of the form are kept then, and `request.too_large` says why there is no file.
    """

    def __init__(self, request: Any, *, make: Callable[[str], IO[bytes]], most: int) -> None:
        super().__init__(request)
        self._make, self._most = make, most
        self._file: IO[bytes] | None = None
        self._size = 0
        self._is_whole = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin the file; a second one in the same form is left out."""
        super().new_file(*args, **kwargs)
        if self._file is not None:
            raise StopUpload(connection_reset=False)
        self._file = self._make(self.file_name or "")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a piece, or end the reading when it is too much."""
        assert self._file is not None
        self._size += len(raw_data)
        if self._size > self._most:
            self._close()
            self.request.too_large = True  # type: ignore[union-attr]
            raise StopUpload(connection_reset=False)
        self._file.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile[Any]:
        """The whole file; Django closes it with the request, and so it goes."""
        assert self._file is not None
        self._is_whole = True
        self._file.flush()
        self._file.seek(0)
        return UploadedFile(
            self._file, self.file_name, self.content_type, file_size, self.charset, self.content_type_extra
        )

    def upload_interrupted(self) -> None:
        """The sender went away."""
        self._close()

    def drop_unfinished(self) -> None:
        """A form that broke off within the file leaves nothing; one that is whole goes with the request."""
        if not self._is_whole:
            self._close()

    def _close(self) -> None:
        if self._file is not None:
            self._file.close()
