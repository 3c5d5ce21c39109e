"""Scanned PDFs of every kind an office's scanner writes become pictures; what is no bare scan is told why."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from dataclasses import replace

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from tests.making.scanned_pdfs import (
    Part,
    Sheet,
    fax,
    jbig2,
    jpeg,
    layered,
    page_of,
    pdf,
    plain,
    scanned,
)
from vssid.infra.documents import pdf_drawing, pdf_pages
from vssid.infra.documents.pdf_pages import NotScanned, Problem

LONG_SIDE = 600
SHEET = Sheet((jpeg(page_of()),))
SIGNED = b"BT /F 12 Tf 50 700 Td (Signed) Tj ET\n"


def bilevel(width: int = 620, height: int = 877) -> Image.Image:
    return page_of(width, height).point(lambda value: 255 * (value > 128)).convert("1")


def drawn(data: bytes, *, most: int = 20) -> list[Image.Image]:
    pages = pdf_drawing.pictures(data, most, LONG_SIDE)
    return [Image.open(io.BytesIO(page)).convert("L") for page in pages]


def grey_at(picture: Image.Image, x: float, y: float) -> int:
    """The grey of the spot at these parts of width and height."""
    spot = picture.convert("L").crop((int(picture.width * x), int(picture.height * y), *picture.size))
    return spot.tobytes()[0]


def looks_like_the_sheet(picture: Image.Image) -> bool:
    """Dark at the top left, light at the other corners, and lines between."""
    light = min(grey_at(picture, x, y) for x, y in ((0.9, 0.1), (0.04, 0.95), (0.95, 0.95)))
    between = picture.crop((picture.width // 8, picture.height // 4, picture.width // 2, picture.height - 60))
    return grey_at(picture, 1 / 6, 1 / 8) < 110 and light > 200 and min(between.tobytes()) < 128


KINDS: dict[str, Callable[[], bytes]] = {
    "JPEG, colour": lambda: scanned(jpeg(page_of(mode="RGB"))),
    "JPEG, grey": lambda: scanned(jpeg(page_of())),
    "JPEG, CMYK": lambda: scanned(jpeg(page_of(mode="CMYK"))),
    "1 bit, bare": lambda: scanned(plain(bilevel())),
    "colour, bare": lambda: scanned(plain(page_of(mode="RGB"))),
    "CCITT G4": lambda: scanned(fax(bilevel())),
    "JBIG2, MMR": lambda: scanned(jbig2(bilevel())),
    "JBIG2, arithmetic": lambda: scanned(jbig2(bilevel(155, 219), arithmetic=True)),
    "600 dpi, CCITT G4": lambda: scanned(fax(bilevel(4961, 7016))),
    "layers": lambda: pdf(Sheet(layered())),
    "with recognised text over it": lambda: pdf(replace(SHEET, after=b"BT 3 Tr" + SIGNED[2:])),
    "with recognised text under it": lambda: pdf(replace(SHEET, before=SIGNED)),
    "a link and a place to open at": lambda: pdf(
        replace(SHEET, facts="/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] >>]"),
        catalogue="/OpenAction << /S /GoTo /D [4 0 R /Fit] >>",
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_scan_of_every_kind_becomes_a_picture(kind: str) -> None:
    (picture,) = drawn(KINDS[kind]())
    assert picture.size == (424, LONG_SIDE)
    assert looks_like_the_sheet(picture)


def test_the_stamp_of_a_layered_page_shows_through_its_mask_and_the_paper_around_it() -> None:
    (page,) = pdf_drawing.pictures(pdf(Sheet(layered())), 1, LONG_SIDE)
    red, green, _blue = Image.open(io.BytesIO(page)).split()
    within, beside = (460 / 595, 702 / 842), (404 / 595, 758 / 842)
    assert grey_at(red, *within) > 150 > grey_at(green, *within)
    assert grey_at(green, *beside) > 200


@pytest.mark.parametrize(
    ("turn", "back"),
    [
        (90, Image.Transpose.ROTATE_90),
        (180, Image.Transpose.ROTATE_180),
        (270, Image.Transpose.ROTATE_270),
    ],
)
def test_a_page_that_is_turned_is_drawn_as_it_is_shown(turn: int, back: Image.Transpose) -> None:
    (picture,) = drawn(scanned(jpeg(page_of()), facts=f"/Rotate {turn}"))
    assert looks_like_the_sheet(picture.transpose(back))


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((842, 595), (600, 424)),
        ((1191, 842), (600, 425)),
        ((14400, 14400), (600, 600)),
        ((102, 144), (426, 600)),  # at 300 dots an inch
        ((51, 72), (213, 300)),
    ],
    ids=["A4 across", "A3", "five metres", "two inches", "an inch"],
)
def test_a_page_of_any_size_fits_the_limit_and_none_is_blown_up(
    size: tuple[int, int], expected: tuple[int, int]
) -> None:
    (picture,) = drawn(scanned(jpeg(page_of()), size=size))
    assert picture.size == expected
    assert looks_like_the_sheet(picture)


def test_pages_come_in_their_order_and_only_so_many() -> None:
    pictures = [jpeg(page_of()), jpeg(page_of(850, 600))]
    first, second = drawn(scanned(*pictures, size=(500, 500)), most=2)
    assert first.tobytes() != second.tobytes()
    with pytest.raises(NotScanned) as refused:
        drawn(scanned(*pictures, SHEET.parts[0]), most=2)
    assert refused.value.problem == Problem.TOO_MANY_PAGES


def locked(password: str) -> bytes:
    writer, out = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(SHEET)))), io.BytesIO()
    writer.encrypt(password, "owner")
    writer.write(out)
    return out.getvalue()


def samples(width: int, height: int, content: bytes) -> bytes:
    facts = f"/Width {width} /Height {height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode"
    return scanned(Part(facts, content))


def named(kind: str) -> str:
    return f"/Names << /{kind} << /Names [(x) 3 0 R] >> >>"


SCRIPT = b"<< /S /JavaScript /JS (x) >>"
STAMP = "/Annots [<< /Type /Annot /Subtype /Stamp /Rect [0 0 90 90] >>]"
LOGO = replace(SHEET.parts[0], within="50 0 0 50 10 10")
REFUSED: dict[str, tuple[Problem, Callable[[], bytes]]] = {
    "not a PDF": (Problem.UNREADABLE, lambda: b"%PDF-1.4 nothing"),
    "cut off": (Problem.UNREADABLE, lambda: pdf(SHEET)[:-300]),
    "a broken picture": (
        Problem.UNREADABLE,
        lambda: scanned(replace(SHEET.parts[0], content=b"\xff\xd8nothing")),
    ),
    "a picture of a kind nobody knows": (
        Problem.UNREADABLE,
        lambda: scanned(Part("/Width 600 /Height 850 /ColorSpace /DeviceRGB /Filter /JPXDecode", b"xx")),
    ),
    "ten thousand million pixels": (
        Problem.TOO_MANY_PIXELS,
        lambda: samples(100_000, 100_000, zlib.compress(bytes(1 << 20))),
    ),
    "locked to read": (Problem.LOCKED, lambda: locked("secret")),
    "locked to change": (Problem.LOCKED, lambda: locked("")),
    "no page": (Problem.EMPTY, pdf),
    "a script on opening": (
        Problem.ACTIVE,
        lambda: pdf(SHEET, catalogue="/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"),
    ),
    "a script by name": (Problem.ACTIVE, lambda: pdf(SHEET, catalogue=named("JavaScript"), more=(SCRIPT,))),
    "a script of a page": (
        Problem.ACTIVE,
        lambda: pdf(replace(SHEET, facts="/AA << /O 3 0 R >>"), more=(SCRIPT,)),
    ),
    "a program to start": (
        Problem.ACTIVE,
        lambda: pdf(SHEET, catalogue="/OpenAction << /S /Launch /F (x) >>"),
    ),
    "a file within": (
        Problem.ACTIVE,
        lambda: pdf(SHEET, catalogue=named("EmbeddedFiles"), more=(b"<< /Type /Filespec /F (x) >>",)),
    ),
    "a form that is a program": (
        Problem.ACTIVE,
        lambda: pdf(SHEET, catalogue="/AcroForm << /Fields [] /XFA (x) >>"),
    ),
    "a stamp over the page": (Problem.MARKED, lambda: pdf(replace(SHEET, facts=STAMP))),
    "letters alone": (Problem.NOT_SCANNED, lambda: pdf(Sheet((), after=SIGNED))),
    "letters with a logo": (Problem.NOT_SCANNED, lambda: pdf(Sheet((LOGO,), after=SIGNED))),
    "nothing on it": (Problem.NOT_SCANNED, lambda: pdf(Sheet(()))),
    "a picture that is not to be seen": (
        Problem.NOT_SCANNED,
        lambda: pdf(Sheet((replace(SHEET.parts[0], within="0 0 0 0 10 10"),))),
    ),
}


def problem_of(data: bytes) -> Problem | None:
    """Why it is refused; what a reader of hostile bytes raises is told as unreadable by `main`."""
    try:
        drawn(data)
    except NotScanned as refused:
        return refused.problem
    except Exception:
        return Problem.UNREADABLE
    return None


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_bare_scan_is_refused_with_its_reason(kind: str) -> None:
    problem, make = REFUSED[kind]
    assert problem_of(make()) == problem


@pytest.mark.process
def test_pages_and_refusals_come_back_from_the_process_beside() -> None:
    (page,) = pdf_pages.pages(pdf(Sheet(layered(), after=b"")), most=1, long_side=LONG_SIDE)
    assert looks_like_the_sheet(Image.open(io.BytesIO(page)).convert("L"))
    for data, problem in ((b"%PDF-1.4 nothing", Problem.UNREADABLE), (pdf(), Problem.EMPTY)):
        with pytest.raises(NotScanned) as refused:
            list(pdf_pages.pages(data, most=1, long_side=LONG_SIDE))
        assert refused.value.problem == problem


@pytest.mark.process
def test_a_page_that_needs_more_memory_than_it_may_ends_only_its_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf_pages, "MEMORY", 160 << 20)
    facts = "/Width 9000 /Height 9000 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode"
    with pytest.raises(NotScanned) as refused:
        list(
            pdf_pages.pages(scanned(Part(facts, zlib.compress(bytes(9000 * 9000 * 3)))), most=1, long_side=9)
        )
    assert refused.value.problem == Problem.UNREADABLE
