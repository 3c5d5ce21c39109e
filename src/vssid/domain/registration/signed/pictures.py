"""Scans and photos as pages: pictures drawn anew; of a scanned PDF what its pages look like."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vssid.infra.documents import pdf_pages
from vssid.infra.pictures import images

from ..errors import BadScan

MOST_PAGES = 20  # of one version
_PDF = b"%PDF-"


@dataclass(frozen=True, slots=True, repr=False)
class Page:
    """One page as a bare JPEG; `digest` tells the same upload again."""

    jpeg: bytes
    width: int
    height: int
    digest: bytes


def pages_of(files: Sequence[bytes]) -> list[Page]:
    """The pages of what was uploaded, in its order; a page given twice counts once.

    Raises BadScan: `reason` is one of the codes of images and of `pdf_pages.Problem`, or required, `place`
    the number of the file.
    """
    pages: dict[bytes, Page] = {}
    for place, data in enumerate(files, start=1):
        for picture in _pictures(data, place):
            page = _page(picture, place)
            pages.setdefault(page.digest, page)
            if len(pages) > MOST_PAGES:
                raise BadScan(reason="too_many_pages", place=place)
    if not pages:
        raise BadScan(reason="required", place=1)
    return list(pages.values())


def _pictures(data: bytes, place: int) -> Iterator[bytes]:
    if not data.startswith(_PDF):
        yield data
        return
    if len(data) > images.MAX_BYTES:
        raise BadScan(reason="too_big", place=place)
    try:
        yield from pdf_pages.pages(data, most=MOST_PAGES, long_side=images.LONG_SIDE)
    except pdf_pages.NotScanned as refused:
        raise BadScan(reason=refused.problem.value, place=place) from None


def _page(data: bytes, place: int) -> Page:
    try:
        image = images.decode(data)
    except images.CannotDecode as refused:
        raise BadScan(reason=refused.problem.value, place=place) from None
    digest = hashlib.sha256(data).digest()
    return Page(images.encode(image), image.width, image.height, digest)
