"""The pages of a scanned PDF as pictures, drawn by PDFium in a process beside (`confined`).

What is kept is what a page looks like. That process opens no file and no connection, and nothing of the PDF
is run. What is no bare scan is refused with its reason, since what would be left out must not go in silence.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from enum import StrEnum

from vssid.infra import confined

DRAWING = "vssid.infra.documents.pdf_drawing"
MEMORY = 1 << 30  # bytes
SECONDS = 30  # for each page


class Problem(StrEnum):
    """Why a PDF is no scan for us; stable codes."""

    UNREADABLE = "pdf_unreadable"
    LOCKED = "pdf_locked"
    EMPTY = "pdf_empty"
    ACTIVE = "pdf_active"
    MARKED = "pdf_marked"
    NOT_SCANNED = "pdf_not_scanned"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_MANY_PIXELS = "too_many_pixels"


class NotScanned(Exception):
    """The file is refused; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.value)
        self.problem = problem


def pages(data: bytes, *, most: int, long_side: int) -> Iterator[bytes]:
    """Each page as a JPEG, its long side at most `long_side` pixels, in order. Raises NotScanned."""
    arguments = (str(most), str(long_side))
    try:
        for answer in confined.ask(DRAWING, *arguments, memory=MEMORY, seconds=SECONDS, data=data):
            if "refused" in answer:
                raise NotScanned(Problem(answer["refused"]))
            yield base64.b64decode(answer["picture"])
    except confined.Exceeded:
        raise NotScanned(Problem.UNREADABLE) from None
