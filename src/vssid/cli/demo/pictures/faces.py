"""Drawn faces: an SVG bust that is always the same for one key and differs from key to key."""

from __future__ import annotations

import random
from dataclasses import dataclass

FEMALE = 2
WIDTH, HEIGHT = 300, 400

_SKINS = ("#f1cfae", "#e8bd95", "#dcab80", "#cf9b6e", "#f6d9bd")
_HAIRS = ("#1d1714", "#2a211d", "#3a2a20", "#16161a", "#46382e")
_SHIRTS = ("#f4f6f8", "#cfdcea", "#e9e2d2", "#34506e", "#5a6b58", "#7c4a4a")


@dataclass(frozen=True, slots=True)
class _Look:
    skin: str
    hair: str
    shirt: str
    wide: float  # half the width of the face
    jaw: float
    eyes: float  # distance of the eyes from the middle
    eye_size: float
    brow: float  # slant
    nose: float
    mouth: float
    style: int
    glasses: bool


def _look(key: str) -> _Look:
    rng = random.Random(f"face:{key}")  # noqa: S311  # drawing, not a secret
    return _Look(
        skin=rng.choice(_SKINS),
        hair=rng.choice(_HAIRS),
        shirt=rng.choice(_SHIRTS),
        wide=rng.uniform(66, 80),
        jaw=rng.uniform(34, 52),
        eyes=rng.uniform(28, 36),
        eye_size=rng.uniform(6.5, 9),
        brow=rng.uniform(-4, 4),
        nose=rng.uniform(26, 36),
        mouth=rng.uniform(18, 28),
        style=rng.randrange(3),
        glasses=rng.random() < 0.25,
    )


def bust(key: str, sex: int) -> str:
    """SVG elements of a head and shoulders in a box of 300 × 400, without the background."""
    look = _look(key)
    return "".join(
        (
            _long_hair(look) if sex == FEMALE else "",
            _body(look),
            _head(look),
            _features(look),
            _fringe(look) if sex == FEMALE else _short_hair(look),
            _glasses(look) if look.glasses else "",
        )
    )


def _body(look: _Look) -> str:
    return (
        f'<path d="M10 400 Q20 318 105 304 L195 304 Q280 318 290 400 Z" fill="{look.shirt}"/>'
        '<path d="M108 304 L150 352 L192 304 L180 292 L120 292 Z" fill="#ffffff" stroke="#9aa4ae" '
        'stroke-width="2"/>'
        f'<path d="M121 250 L121 300 Q150 330 179 300 L179 250 Z" fill="{look.skin}"/>'
        '<path d="M121 268 Q150 304 179 268 L179 256 L121 256 Z" fill="#000000" opacity="0.14"/>'
    )


def _head(look: _Look) -> str:
    left, right = 150 - look.wide, 150 + look.wide
    chin_left, chin_right = 150 - look.jaw, 150 + look.jaw
    ears = "".join(f'<ellipse cx="{x}" cy="186" rx="11" ry="20" fill="{look.skin}"/>' for x in (left, right))
    return (
        f'{ears}<path d="M{left} 160 C{left} 70 {right} 70 {right} 160 C{right} 225 {chin_right + 12} '
        "262 150 278 "
        f'C{chin_left - 12} 262 {left} 225 {left} 160 Z" fill="{look.skin}"/>'
        f'<path d="M{right} 160 C{right} 225 {chin_right + 12} 262 150 278 C190 240 {right - 24} 210 '
        f'{right} 160 Z" '
        'fill="#000000" opacity="0.07"/>'
    )


def _features(look: _Look) -> str:
    eyes = "".join(
        f'<ellipse cx="{x}" cy="182" rx="{look.eye_size * 1.7}" ry="{look.eye_size}" fill="#ffffff"/>'
        f'<circle cx="{x}" cy="182" r="{look.eye_size * 0.85}" fill="#2b1d16"/>'
        f'<circle cx="{x + 2}" cy="179.5" r="{look.eye_size * 0.25}" fill="#ffffff"/>'
        f'<path d="M{x - 16} {163 + sign * look.brow} Q{x} {154} {x + 16} {163 - sign * look.brow}" '
        'fill="none" '
        f'stroke="{look.hair}" stroke-width="6" stroke-linecap="round"/>'
        for x, sign in ((150 - look.eyes, 1), (150 + look.eyes, -1))
    )
    nose_end = 186 + look.nose
    return eyes + (
        f'<path d="M148 188 Q140 {nose_end - 6} 142 {nose_end} Q150 {nose_end + 6} 158 {nose_end}" '
        'fill="none" '
        'stroke="#8a5a3c" stroke-width="3" stroke-linecap="round" opacity="0.7"/>'
        f'<path d="M{150 - look.mouth} 243 Q150 {250 + look.mouth / 4} {150 + look.mouth} 243 '
        f'Q150 {236} {150 - look.mouth} 243 Z" fill="#a9544f"/>'
    )


def _short_hair(look: _Look) -> str:
    left, right = 150 - look.wide - 3, 150 + look.wide + 3
    parting = (110, 150, 188)[look.style]
    return (
        f'<path d="M{left} 168 C{left - 10} 62 {right + 10} 62 {right} 168 '
        f"Q{right - 6} 132 {right - 22} 122 Q{parting} {136 - look.style * 8} {left + 20} 122 "
        f'Q{left + 6} 134 {left} 168 Z" fill="{look.hair}"/>'
    )


def _fringe(look: _Look) -> str:
    left, right = 150 - look.wide - 3, 150 + look.wide + 3
    parting = (120, 150, 180)[look.style]
    return (
        f'<path d="M{left} 190 C{left - 12} 58 {right + 12} 58 {right} 190 Q{right - 8} 130 {parting} 112 '
        f'Q{left + 8} 130 {left} 190 Z" fill="{look.hair}"/>'
    )


def _long_hair(look: _Look) -> str:
    left, right = 150 - look.wide - 18, 150 + look.wide + 18
    low = (290, 330, 372)[look.style]
    return f'<path d="M{left} {low} C{left - 20} 40 {right + 20} 40 {right} {low} Z" fill="{look.hair}"/>'


def _glasses(look: _Look) -> str:
    lenses = "".join(
        f'<rect x="{x - 23}" y="168" width="46" height="32" rx="12" fill="#ffffff" fill-opacity="0.15" '
        'stroke="#2c2c30" stroke-width="4"/>'
        for x in (150 - look.eyes, 150 + look.eyes)
    )
    left, right = 150 - look.eyes + 23, 150 + look.eyes - 23
    return f'{lenses}<path d="M{left} 182 L{right} 182" stroke="#2c2c30" stroke-width="4"/>'
