"""The pages of a scanned PDF as pictures, read in a process beside within limits of memory and time.

What is taken is the one picture that a page consists of, as document scanners write it; text, scripts, forms
and attachments are never looked at. A page of anything else is refused.
"""

from __future__ import annotations

import base64
import io
import struct
import sys
from collections.abc import Iterator
from typing import Any

from PIL import Image as Pillow

from vssid.infra import confined

MEMORY = 1 << 30  # bytes
SECONDS = 20
DEEPEST = 20  # of the tree of pages
MOST_PIXELS = 50_000_000
_MODES = {("/DeviceGray", 8): "L", ("/DeviceRGB", 8): "RGB", ("/DeviceGray", 1): "1"}


class NotScanned(Exception):
    """`reason`: pdf_unreadable, pdf_not_scanned, too_many_pages."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def pages(data: bytes, *, most: int) -> Iterator[bytes]:
    """Each page as the bytes of a picture, in order. Raises NotScanned."""
    try:
        for answer in confined.ask(__name__, str(most), memory=MEMORY, seconds=SECONDS, data=data):
            if "refused" in answer:
                raise NotScanned(answer["refused"])
            yield base64.b64decode(answer["picture"])
    except confined.Exceeded:
        raise NotScanned("pdf_unreadable") from None


def main(most: str) -> Iterator[dict[str, str]]:
    """In the process: the pages of the PDF at the standard input, or why they are refused."""
    try:
        for picture in _pictures(sys.stdin.buffer.read(), int(most)):
            yield {"picture": base64.b64encode(picture).decode()}
    except NotScanned as refused:
        yield {"refused": refused.reason}
    # A reader of hostile bytes raises whatever it likes; the answer is always the same.
    except Exception:
        yield {"refused": "pdf_unreadable"}


def _pictures(data: bytes, most: int) -> Iterator[bytes]:
    from pyhanko.pdf_utils.reader import PdfFileReader

    reader = PdfFileReader(io.BytesIO(data), strict=False)
    if reader.encrypted:
        raise NotScanned("pdf_unreadable")
    for place, page in enumerate(_leaves(reader.root["/Pages"], {}, 0), start=1):
        if place > most:
            raise NotScanned("too_many_pages")
        yield _picture(page)


def _leaves(node: Any, inherited: dict[str, Any], depth: int) -> Iterator[dict[str, Any]]:
    """The pages below a node, with what they inherit."""
    if depth > DEEPEST:
        raise NotScanned("pdf_unreadable")
    own = inherited | {name: node[name] for name in ("/Resources", "/Rotate") if name in node}
    if "/Kids" not in node:
        yield own
        return
    for kid in node["/Kids"]:
        yield from _leaves(kid.get_object() if hasattr(kid, "get_object") else kid, own, depth + 1)


def _picture(page: dict[str, Any]) -> bytes:
    """The picture of a page, turned as the page is."""
    drawn = page.get("/Resources", {}).get("/XObject", {})
    pictures = [part for name in drawn if (part := drawn[name]).get("/Subtype") == "/Image"]
    if len(pictures) != 1:
        raise NotScanned("pdf_not_scanned")
    turn = -int(page.get("/Rotate", 0)) % 360
    picture = pictures[0]
    filters = picture.get("/Filter", "")
    names = [str(name) for name in filters] if isinstance(filters, list) else [str(filters)]
    if names == ["/DCTDecode"]:
        jpeg = bytes(picture.encoded_data)
        return _turned(Pillow.open(io.BytesIO(jpeg), formats=["JPEG"]), turn) if turn else jpeg
    drawn_picture = _fax(picture) if names == ["/CCITTFaxDecode"] else _plain(picture, names)
    return _turned(drawn_picture, turn)


def _plain(picture: Any, names: list[str]) -> Pillow.Image:
    """A picture of bare samples, as some scanners write black and white."""
    width, height = int(picture["/Width"]), int(picture["/Height"])
    mode = _MODES.get((str(picture.get("/ColorSpace", "")), int(picture.get("/BitsPerComponent", 0))))
    if names != ["/FlateDecode"] or mode is None or width * height > MOST_PIXELS:
        raise NotScanned("pdf_not_scanned")
    return Pillow.frombytes(mode, (width, height), bytes(picture.data))


def _fax(picture: Any) -> Pillow.Image:
    """A picture coded as fax machines do, which many scanners write for black and white: as a TIFF file.

    What it draws black is black, whatever the file says of it.
    """
    settings = picture.get("/DecodeParms", {})
    settings = settings[0] if isinstance(settings, list) else settings
    width, height = int(picture["/Width"]), int(picture["/Height"])
    if width * height > MOST_PIXELS or int(settings.get("/K", 0)) >= 0:
        raise NotScanned("pdf_not_scanned")
    coded = bytes(picture.encoded_data)
    tags = {256: width, 257: height, 258: 1, 259: 4, 262: 0, 273: 8, 277: 1, 278: height, 279: len(coded)}
    fields = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags.items())
    at = 8 + len(coded) + len(coded) % 2
    header = struct.pack("<2sHI", b"II", 42, at)
    tiff = (header + coded).ljust(at, b"\0") + struct.pack("<H", len(tags)) + fields + bytes(4)
    return Pillow.open(io.BytesIO(tiff), formats=["TIFF"]).convert("L")


def _turned(image: Pillow.Image, turn: int) -> bytes:
    out = io.BytesIO()
    image.rotate(turn, expand=True).convert("RGB").save(out, "JPEG", quality=92)
    return out.getvalue()
