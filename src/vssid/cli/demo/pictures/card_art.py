"""Synthetic identity cards, drawn flat: an SVG set by typst, whose wheel brings the fonts.

The layout follows the 2021 card in what programs read (QR, number, MRZ). It carries no emblem and no
security feature, and says on both sides that it is a specimen.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape

import segno
import typst
from PIL import Image as Pillow

from vssid.domain.identity import cccd_qr, mrz

from . import faces

WIDTH, HEIGHT = 856, 540  # tenths of a millimetre
_SERIF, _MONO = "Libertinus Serif", "DejaVu Sans Mono"
_INK, _LABEL, _RED = "#1b1b1f", "#3d5a55", "#b3261e"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CardPerson:
    """Whom a card belongs to. `sex` is 1 (Nam) or 2 (Nữ); `old_id_number` may be empty."""

    full_name: str
    birth_date: date
    sex: int
    id_number: str
    address: str
    issued_on: date
    old_id_number: str = ""
    expires_on: date | None = None


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    return typst.Compiler(font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=True))


def render(svg: str, size: tuple[int, int], pixels_wide: int) -> Pillow.Image:
    """An SVG of `size` units as an RGBA picture."""
    quoted = svg.replace("\\", "\\\\").replace('"', '\\"')
    source = (
        f"#set page(width: {size[0]}pt, height: {size[1]}pt, margin: 0pt, fill: none)\n"
        f'#image(bytes("{quoted}"), format: "svg", width: 100%)'
    )
    png = _compiler().compile(input=source.encode(), format="png", ppi=72 * pixels_wide / size[0])
    assert isinstance(png, bytes)
    return Pillow.open(io.BytesIO(png), formats=("PNG",)).convert("RGBA")


def front(person: CardPerson) -> str:
    """The front side as SVG: face, number, names, QR."""
    text = cccd_qr.compose(
        id_number=person.id_number,
        old_id_number=person.old_id_number,
        full_name=person.full_name,
        birth=person.birth_date.strftime("%d%m%Y"),
        sex=person.sex,
        address=person.address,
        issued_on=person.issued_on,
    )
    expires = f"{person.expires_on:%d/%m/%Y}" if person.expires_on else "Không thời hạn"
    sex = {1: "Nam", 2: "Nữ"}[person.sex]
    return _card(
        _heading(),
        f'<svg x="40" y="180" width="205" height="273" viewBox="0 0 {faces.WIDTH} {faces.HEIGHT}">'
        f'<rect width="300" height="400" fill="#dfe9f2"/>{faces.bust(person.id_number, person.sex)}</svg>',
        _text(142, 484, "Có giá trị đến / Date of expiry:", 15, _LABEL, anchor="middle"),
        _text(142, 508, expires, 20, _INK, anchor="middle"),
        _qr(text, x=690, y=32, side=132),
        _text(270, 236, "Số / No.:", 19, _LABEL),
        _text(356, 240, person.id_number, 38, _RED, weight=700),
        _field(270, 276, "Họ và tên / Full name:", person.full_name.upper(), 30),
        _field(270, 340, "Ngày sinh / Date of birth:", f"{person.birth_date:%d/%m/%Y}", 26),
        _field(560, 340, "Giới tính / Sex:", sex, 26),
        _field(720, 340, "Quốc tịch:", "Việt Nam", 22),
        _field(270, 404, "Nơi thường trú / Place of residence:", person.address, 22),
    )


def back(person: CardPerson) -> str:
    """The back side as SVG: issue date, chip, MRZ."""
    lines = mrz.compose(
        id_number=person.id_number,
        birth_date=person.birth_date,
        sex=person.sex,
        expires_on=person.expires_on,
        full_name=person.full_name,
    )
    return _card(
        _text(44, 62, "Đặc điểm nhân dạng / Personal identification:", 19, _LABEL),
        _text(44, 90, "Vẽ bằng chương trình / Drawn by a program", 21, _INK),
        _field(44, 124, "Ngày, tháng, năm / Date, month, year:", f"{person.issued_on:%d/%m/%Y}", 24),
        _text(44, 206, "CƠ QUAN CẤP MẪU", 20, _INK, weight=700),
        _chip(96, 230),
        _finger(520, 40, "Ngón trỏ trái"),
        _finger(680, 40, "Ngón trỏ phải"),
        _mrz(lines),
    )


def _card(*parts: str) -> str:
    waves = "".join(
        f'<path d="M0 {y} C214 {y - 60} 428 {y + 60} 856 {y - 20}" fill="none" stroke="#5aa79a" '
        'stroke-width="1.2" opacity="0.22"/>'
        for y in range(20, 600, 14)
    )
    stamp = (
        '<g transform="translate(560 300) rotate(-18)" opacity="0.16">'
        + _text(0, 0, "MẪU · SYNTHETIC", 74, _RED, weight=700, anchor="middle")
        + "</g>"
    )
    note = _text(648, 30, "MẪU · SYNTHETIC", 18, _RED, weight=700, anchor="end")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        f'height="{HEIGHT}">'
        '<defs><linearGradient id="g" x2="1" y2="1"><stop offset="0" stop-color="#dff0ea"/>'
        '<stop offset="0.5" stop-color="#f4efdc"/><stop offset="1" stop-color="#d9ebe6"/></linearGradient>'
        f'<clipPath id="c"><rect width="{WIDTH}" height="{HEIGHT}" rx="32"/></clipPath></defs>'
        f'<g clip-path="url(#c)"><rect width="{WIDTH}" height="{HEIGHT}" fill="url(#g)"/>{waves}{stamp}'
        f"{''.join(parts)}{note}</g></svg>"
    )


def _heading() -> str:
    return (
        '<circle cx="100" cy="92" r="48" fill="none" stroke="#b3261e" stroke-width="4"/>'
        + _text(100, 103, "MẪU", 30, _RED, weight=700, anchor="middle")
        + _text(420, 62, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 24, _INK, weight=700, anchor="middle")
        + _text(420, 90, "Độc lập - Tự do - Hạnh phúc", 20, _INK, weight=700, anchor="middle")
        + _text(420, 150, "CĂN CƯỚC CÔNG DÂN", 42, _RED, weight=700, anchor="middle")
        + _text(420, 178, "Citizen Identity Card", 20, _RED, anchor="middle")
    )


def _text(
    x: float, y: float, text: str, size: float, fill: str, *, weight: int = 400, anchor: str = "start"
) -> str:
    return (
        f'<text x="{x}" y="{y}" font-family="{_SERIF}" font-size="{size}" font-weight="{weight}" '
        f'fill="{fill}" '
        f'text-anchor="{anchor}">{escape(text)}</text>'
    )


def _field(x: float, y: float, label: str, value: str, size: float) -> str:
    lines = _wrapped(value, 46)
    values = "".join(_text(x, y + 28 + i * 26, line, size, _INK, weight=600) for i, line in enumerate(lines))
    return _text(x, y, label, 17, _LABEL) + values


def _wrapped(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _qr(text: str, *, x: float, y: float, side: float) -> str:
    code = segno.make(text, error="m", micro=False, boost_error=False)
    rows = [bytes(row) for row in code.matrix]
    unit = side / len(rows)
    dark = ((x0, y0) for y0, row in enumerate(rows) for x0, module in enumerate(row) if module)
    path = "".join(f"M{column} {line}h1v1h-1z" for column, line in dark)
    edge = 3 * unit
    return (
        f'<rect x="{x - edge}" y="{y - edge}" width="{side + 2 * edge}" height="{side + 2 * edge}" '
        'fill="#ffffff"/>'
        f'<path transform="translate({x} {y}) scale({unit})" d="{path}" fill="#101014"/>'
    )


def _chip(x: float, y: float) -> str:
    return (
        f'<rect x="{x}" y="{y}" width="110" height="90" rx="14" fill="#d9b65a" stroke="#9c7d2c" '
        'stroke-width="2"/>'
        f'<path d="M{x + 36} {y}v90M{x + 74} {y}v90M{x} {y + 30}h36M{x} {y + 60}h36M{x + 74} {y + 30}h36'
        f'M{x + 74} {y + 60}h36" stroke="#9c7d2c" stroke-width="2" fill="none"/>'
    )


def _finger(x: float, y: float, label: str) -> str:
    rings = "".join(
        f'<ellipse cx="{x + 60}" cy="{y + 118}" rx="{r}" ry="{r * 1.35}" fill="none" stroke="#4a4a52" '
        'stroke-width="2.5" opacity="0.6"/>'
        for r in range(6, 56, 7)
    )
    return (
        f'<rect x="{x}" y="{y + 24}" width="120" height="180" fill="#ffffff" opacity="0.7"/>{rings}'
        + _text(x + 60, y + 12, label, 16, _LABEL, anchor="middle")
    )


def _mrz(lines: Sequence[str]) -> str:
    band = '<rect x="0" y="336" width="856" height="204" fill="#fbfaf4" opacity="0.85"/>'
    return band + "".join(
        f'<text x="46" y="{398 + 52 * i}" font-family="{_MONO}" font-size="42.2" fill="#141418" '
        f'xml:space="preserve">{escape(line)}</text>'
        for i, line in enumerate(lines)
    )
