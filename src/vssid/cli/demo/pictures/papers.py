"""A synthetic birth certificate as a phone would take it; it says that it is a specimen."""

from __future__ import annotations

from html import escape
from pathlib import Path
from random import Random

from ..cast import DemoPerson
from . import camera, card_art

_WIDTH, _HEIGHT = 840, 594
_PIXELS = 2600


def draw_birth(child: DemoPerson, parent: DemoPerson, path: Path, *, seed: int) -> None:
    """Write a JPEG of the child's birth certificate on a table."""
    rng = Random(f"birth:{seed}")  # noqa: S311  # drawing, not a secret
    paper = card_art.render(_certificate(child, parent), (_WIDTH, _HEIGHT), _PIXELS)
    camera.photograph(
        camera.lay_card(camera.table(rng), paper, rng), path, rng, blurred=False, dark=False, orientation=1
    )


def _certificate(child: DemoPerson, parent: DemoPerson) -> str:
    lines = (
        ("Họ, chữ đệm, tên", child.full_name),
        ("Ngày, tháng, năm sinh", f"{child.birth_date:%d/%m/%Y}"),
        ("Giới tính", "Nữ" if child.sex == 2 else "Nam"),
        ("Số định danh cá nhân", child.id_number),
        ("Họ, chữ đệm, tên cha hoặc mẹ", parent.full_name),
        ("Nơi cư trú", parent.address),
    )
    rows = "".join(
        f'<text x="70" y="{190 + at * 58}" font-size="19" fill="#3d5a55">{escape(label)}</text>'
        f'<text x="350" y="{190 + at * 58}" font-size="24" fill="#1b1b1f">{escape(value)}</text>'
        for at, (label, value) in enumerate(lines)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" '
        f'height="{_HEIGHT}" font-family="Libertinus Serif"><rect width="{_WIDTH}" height="{_HEIGHT}" '
        'fill="#f6efe0"/><rect x="24" y="24" width="792" height="546" fill="none" stroke="#b3261e" '
        'stroke-width="3"/><text x="420" y="96" font-size="34" fill="#b3261e" text-anchor="middle">'
        'TRÍCH LỤC KHAI SINH</text><text x="420" y="132" font-size="20" fill="#b3261e" '
        f'text-anchor="middle">BẢN MẪU, KHÔNG CÓ GIÁ TRỊ</text>{rows}</svg>'
    )
