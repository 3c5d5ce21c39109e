"""PDFs as document scanners write them, made byte by byte: no scanner's own file is kept here.

Pictures are drawn by Pillow; it codes JPEG and CCITT G4. JBIG2 wraps the G4 code as a generic region of the
kind MMR, or codes the pixels by `jbig2_coding` as most encoders do; layers lie over each other as in compact
PDFs.
"""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import dataclass, field

from PIL import Image, ImageChops, ImageDraw, TiffImagePlugin

from .jbig2_coding import coded

A4 = (595, 842)  # points


@dataclass(frozen=True)
class Part:
    """A picture of a page: its dictionary without the length, and its bytes."""

    facts: str
    content: bytes
    within: str = ""  # where it is drawn, as a matrix; the whole page when it is empty
    colour: str = ""  # of a mask
    mask: Part | None = None


@dataclass(frozen=True)
class Sheet:
    """A page: pictures over each other, its size in points, and what else stands in its dictionary."""

    parts: tuple[Part, ...]
    size: tuple[float, float] = A4
    facts: str = ""
    before: bytes = b""
    after: bytes = b""


@dataclass
class _File:
    objects: list[bytes] = field(default_factory=list)

    def add(self, content: bytes) -> int:
        self.objects.append(content)
        return len(self.objects)

    def stream(self, facts: str, content: bytes) -> int:
        head = f"<< {facts} /Length {len(content)} >>\nstream\n".encode()
        return self.add(head + content + b"\nendstream")


def page_of(width: int = 600, height: int = 850, mode: str = "L") -> Image.Image:
    """A sheet of paper: dark at the top left, some lines, and light everywhere else."""
    picture = Image.new("RGB", (width, height), (246, 244, 238))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((width // 20, height // 20, width // 3, height // 5), fill=(20, 20, 90))
    for line in range(6, 18):
        top = height * line // 20
        draw.rectangle((width // 10, top, width * 9 // 10, top + max(1, height // 200)), fill=(30, 30, 30))
    return picture.convert(mode)


def jpeg(picture: Image.Image) -> Part:
    """As most scanners write colour and grey."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    space = {"L": "/DeviceGray", "RGB": "/DeviceRGB", "CMYK": "/DeviceCMYK"}[picture.mode]
    # Pillow writes the four colours the other way round, as Adobe's programs do.
    decode = " /Decode [1 0 1 0 1 0 1 0]" if picture.mode == "CMYK" else ""
    facts = f"{_size(picture)} /ColorSpace {space} /BitsPerComponent 8 /Filter /DCTDecode{decode}"
    return Part(facts, out.getvalue())


def plain(picture: Image.Image) -> Part:
    """Bare samples: one bit, grey or colour."""
    bits = 1 if picture.mode == "1" else 8
    space = "/DeviceRGB" if picture.mode == "RGB" else "/DeviceGray"
    facts = f"{_size(picture)} /ColorSpace {space} /BitsPerComponent {bits} /Filter /FlateDecode"
    return Part(facts, zlib.compress(picture.tobytes()))


def fax(picture: Image.Image, *, mask: bool = False) -> Part:
    """CCITT G4, as black and white is written; a mask has no colour of its own."""
    settings = f"/DecodeParms << /K -1 /Columns {picture.width} /Rows {picture.height} >>"
    return Part(f"{_bilevel(picture, mask)} /Filter /CCITTFaxDecode {settings}", _g4(picture))


def jbig2(picture: Image.Image, *, mask: bool = False, arithmetic: bool = False) -> Part:
    """JBIG2, one generic region; `arithmetic`: by the coder that most programs use."""
    kind, code = (
        (b"\x00\x03\xff\xfd\xff\x02\xfe\xfe\xfe", coded(picture)) if arithmetic else (b"\1", _g4(picture))
    )
    width, height = picture.size
    region = struct.pack(">IIIIB", width, height, 0, 0, 0) + kind + code
    page = struct.pack(">IIIIBH", width, height, 0, 0, 0, 0)
    segments = _segment(0, 48, page) + _segment(1, 38, region)
    return Part(f"{_bilevel(picture, mask)} /Filter /JBIG2Decode", segments)


def layered(width: int = 1240, height: int = 1754) -> tuple[Part, ...]:
    """A compact PDF: coarse paper as JPEG, letters as a sharp mask in ink, a stamp as JPEG behind a mask."""
    paper = Image.new("RGB", (width // 6, height // 6), (250, 246, 235))
    letters = page_of(width, height).point(lambda value: 255 * (value > 128)).convert("1")
    stamp, hole = Image.new("RGB", (60, 60), (200, 20, 30)), Image.new("L", (240, 240), 0)
    ImageDraw.Draw(hole).ellipse((10, 10, 230, 230), fill=255)
    red = jpeg(stamp)
    return (
        jpeg(paper),
        Part(**{**vars(jbig2(letters, mask=True)), "colour": "0.1 0.1 0.3 rg"}),
        Part(red.facts, red.content, within="120 0 0 120 400 80", mask=plain(hole)),
    )


def pdf(*sheets: Sheet, catalogue: str = "", more: tuple[bytes, ...] = ()) -> bytes:
    """A file of these pages; `more` are objects that `catalogue` names, the first of them number 3."""
    file = _File([b"", b""])
    for content in more:
        file.add(content)
    pages = [_sheet(file, sheet) for sheet in sheets]
    kids = " ".join(f"{number} 0 R" for number in pages)
    file.objects[0] = f"<< /Type /Catalog /Pages 2 0 R {catalogue} >>".encode()
    file.objects[1] = f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode()
    return _written(file.objects)


def scanned(*pictures: Part, size: tuple[float, float] = A4, facts: str = "") -> bytes:
    """A file with a page for each picture."""
    return pdf(*(Sheet((picture,), size, facts) for picture in pictures))


def _sheet(file: _File, sheet: Sheet) -> int:
    drawn, names = sheet.before, []
    for place, part in enumerate(sheet.parts):
        matrix = part.within or f"{sheet.size[0]} 0 0 {sheet.size[1]} 0 0"
        drawn += f"q {part.colour} {matrix} cm /P{place} Do Q\n".encode()
        names.append(f"/P{place} {_part(file, part)} 0 R")
    content = file.stream("", drawn + sheet.after)
    font = "/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
    box = f"[0 0 {sheet.size[0]} {sheet.size[1]}]"
    resources = f"<< /XObject << {' '.join(names)} >> {font} >>"
    own = f"/MediaBox {box} /Resources {resources} /Contents {content} 0 R {sheet.facts}"
    return file.add(f"<< /Type /Page /Parent 2 0 R {own} >>".encode())


def _part(file: _File, part: Part) -> int:
    mask = f" /SMask {_part(file, part.mask)} 0 R" if part.mask else ""
    return file.stream(f"/Type /XObject /Subtype /Image {part.facts}{mask}", part.content)


def _written(objects: list[bytes]) -> bytes:
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.6\n%\xe2\xe3\xcf\xd3\n")
    for number, content in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start, count = out.tell(), len(objects) + 1
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % count)
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, start))
    return out.getvalue()


def _size(picture: Image.Image) -> str:
    return f"/Width {picture.width} /Height {picture.height}"


def _bilevel(picture: Image.Image, mask: bool) -> str:
    kind = "/ImageMask true" if mask else "/ColorSpace /DeviceGray"
    return f"{_size(picture)} {kind} /BitsPerComponent 1"


def _g4(picture: Image.Image) -> bytes:
    """The code of a black and white picture, of its one strip in a TIFF file."""
    out = io.BytesIO()
    # Pillow codes its 0, which is black, as the white of a fax.
    ImageChops.invert(picture.convert("1")).save(
        out, "TIFF", compression="group4", tiffinfo={278: picture.height}
    )
    with TiffImagePlugin.TiffImageFile(io.BytesIO(out.getvalue())) as tiff:
        (start,), (length,) = tiff.tag_v2[273], tiff.tag_v2[279]
    return out.getvalue()[start : start + length]


def _segment(number: int, kind: int, data: bytes) -> bytes:
    return struct.pack(">IBBBI", number, kind, 0, 1, len(data)) + data
