"""In the process beside (`pdf_pages`): draw the pages of the PDF at the standard input, or say why not.

PDFium draws; the catalogue is read besides, for what a scanner never writes: scripts, files, forms that move.
"""

from __future__ import annotations

import base64
import io
import sys
from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium
from PIL import Image as Pillow
from PIL import JpegImagePlugin
from pyhanko.pdf_utils.reader import PdfFileReader
from pypdfium2 import raw

from vssid.infra import confined

from .pdf_pages import NotScanned, Problem

DEEPEST = 20  # of the tree of pages
FINEST = 300 / 72  # pixels for each point of a page: what a scan of an office needs
COVERED = 0.5  # of a page by pictures, where letters are to be seen besides
TOUCHED = 0.01  # where there are none: compact files leave out what is white
MOST_PIXELS = 100_000_000  # of one picture: a sheet of A3 at 600 dots an inch has 70 million
QUALITY = 92
# Actions that lead to a place in the document do nothing else.
_HARMLESS = frozenset({"/GoTo"})
_LINKS = frozenset({raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP})


def main(most: str, long_side: str) -> Iterator[dict[str, str]]:
    """The pictures of the pages, or the reason of the refusal."""
    data = sys.stdin.buffer.read()
    # Loaded now: afterwards there is nothing to load it from.
    Pillow.preinit()
    confined.shut()
    try:
        for picture in pictures(data, int(most), int(long_side)):
            yield {"picture": base64.b64encode(picture).decode()}
    except NotScanned as refused:
        yield {"refused": refused.problem.value}
    # A reader of hostile bytes raises whatever it likes; the answer is always the same.
    except Exception:
        yield {"refused": Problem.UNREADABLE.value}


def pictures(data: bytes, most: int, long_side: int) -> Iterator[bytes]:
    """Each page as a JPEG, in order. Raises NotScanned, and for hostile bytes whatever the readers raise."""
    _refuse_active(data)
    document = _opened(data)
    if len(document) > most:
        raise NotScanned(Problem.TOO_MANY_PAGES)
    for page in document:
        _refuse_other_than_scans(page)
        _refuse_unreadable(page)
        yield _drawn(page, long_side)
        page.close()


def _opened(data: bytes) -> pdfium.PdfDocument:
    document = pdfium.PdfDocument(data)
    if raw.FPDF_GetSecurityHandlerRevision(document) != -1:
        raise NotScanned(Problem.LOCKED)
    return document


def _refuse_active(data: bytes) -> None:
    """Scripts, actions, files within, forms that are programs: none is run here, none belongs to a scan."""
    reader = PdfFileReader(io.BytesIO(data), strict=False)
    if reader.encrypted:
        raise NotScanned(Problem.LOCKED)
    root = reader.root
    names, form, parts = root.get("/Names", {}), root.get("/AcroForm", {}), list(_leaves(root["/Pages"], 0))
    if not parts:
        raise NotScanned(Problem.EMPTY)
    within = "/JavaScript" in names or "/EmbeddedFiles" in names or "/XFA" in form
    if within or _acts(root.get("/OpenAction")) or any("/AA" in part for part in (root, *parts)):
        raise NotScanned(Problem.ACTIVE)


def _acts(action: Any) -> bool:
    return isinstance(action, dict) and str(action.get("/S", "")) not in _HARMLESS


def _leaves(node: Any, depth: int) -> Iterator[Any]:
    if depth > DEEPEST:
        raise NotScanned(Problem.UNREADABLE)
    for kid in node.get("/Kids", ()):
        page = kid.get_object() if hasattr(kid, "get_object") else kid
        yield page
        yield from _leaves(page, depth + 1)


def _refuse_other_than_scans(page: pdfium.PdfPage) -> None:
    """Marks laid over the page would be left out; a page of letters and lines was never on paper."""
    if any(_kind_of_mark(page, place) not in _LINKS for place in range(raw.FPDFPage_GetAnnotCount(page))):
        raise NotScanned(Problem.MARKED)
    boxes, is_written = [], False
    for part in page.get_objects(max_depth=1):
        if _has_picture(part):
            boxes.append(part.get_bounds())
        is_written = is_written or _is_seen_text(part)
    if _covered(page, boxes) < (COVERED if is_written else TOUCHED):
        raise NotScanned(Problem.NOT_SCANNED)


def _refuse_unreadable(page: pdfium.PdfPage) -> None:
    """A picture that cannot be decoded would be left out of the page in silence."""
    for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
        width, height = picture.get_px_size()
        if width * height > MOST_PIXELS:
            raise NotScanned(Problem.TOO_MANY_PIXELS)
        if not (decoded := raw.FPDFImageObj_GetBitmap(picture)):
            raise NotScanned(Problem.UNREADABLE)
        raw.FPDFBitmap_Destroy(decoded)


def _kind_of_mark(page: pdfium.PdfPage, place: int) -> int:
    mark = raw.FPDFPage_GetAnnot(page, place)
    try:
        return int(raw.FPDFAnnot_GetSubtype(mark))
    finally:
        raw.FPDFPage_CloseAnnot(mark)


def _has_picture(part: pdfium.PdfObject) -> bool:
    """A picture, or a group with one in it."""
    if part.type == raw.FPDF_PAGEOBJ_FORM:
        groups = part.page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], form=part, level=1)
        return next(groups, None) is not None
    return bool(part.type == raw.FPDF_PAGEOBJ_IMAGE)


def _is_seen_text(part: pdfium.PdfObject) -> bool:
    """Letters to be seen; those that text recognition lays over or under a scan are invisible."""
    if part.type != raw.FPDF_PAGEOBJ_TEXT:
        return False
    return bool(raw.FPDFTextObj_GetTextRenderMode(part) != raw.FPDF_TEXTRENDERMODE_INVISIBLE)


def _covered(page: pdfium.PdfPage, boxes: list[tuple[float, float, float, float]]) -> float:
    """How much of the page the pictures take up; what lies over each other counts twice."""
    left, bottom, right, top = page.get_cropbox()
    whole = max(1.0, (right - left) * (top - bottom))
    areas = [
        max(0.0, min(right, box[2]) - max(left, box[0])) * max(0.0, min(top, box[3]) - max(bottom, box[1]))
        for box in boxes
    ]
    return float(sum(areas) / whole)


def _drawn(page: pdfium.PdfPage, long_side: int) -> bytes:
    width, height = page.get_size()
    if min(width, height) < 1:
        raise NotScanned(Problem.UNREADABLE)
    scale = min(FINEST, long_side / max(width, height))
    drawn = page.render(scale=scale, draw_annots=False, may_draw_forms=False).to_pil()
    out = io.BytesIO()
    drawn.convert("RGB").save(out, JpegImagePlugin.JpegImageFile.format, quality=QUALITY)
    return out.getvalue()
