"""Synthetic photos of identity cards and people, as a phone would take them.

Everything is drawn; nothing is of a real person. One seed gives always the same picture.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Literal

from PIL import Image as Pillow

from . import camera, card_art, faces
from .card_art import CardPerson

__all__ = ["CardPerson", "Defect", "draw_back", "draw_front", "draw_portrait"]

Defect = Literal["blurred", "dark", "other_person", "not_a_card"]
_CARD_PIXELS = 2600


def draw_front(person: CardPerson, path: Path, *, seed: int, defect: Defect | None = None) -> None:
    """Write a 12-megapixel JPEG of the front of the person's card, on a table."""
    _draw_card(card_art.front, person, path, _rng("front", seed), defect)


def draw_back(person: CardPerson, path: Path, *, seed: int, defect: Defect | None = None) -> None:
    """Write a 12-megapixel JPEG of the back of the person's card, on a table."""
    _draw_card(card_art.back, person, path, _rng("back", seed), defect)


def draw_portrait(person: CardPerson, path: Path, *, seed: int, defect: Defect | None = None) -> None:
    """Write a 12-megapixel upright JPEG of the person's head and shoulders before a wall."""
    rng = _rng("portrait", seed)
    high = (camera.SIZE[1], camera.SIZE[0])
    tone = rng.randint(190, 222)
    wall = camera.surface((tone, tone + rng.randint(-6, 6), tone + rng.randint(-6, 12)), high, rng, grain=2)
    scene = wall.resize(high, Pillow.Resampling.BILINEAR)
    if defect != "not_a_card":
        figure = _figure(_shown(person, rng, defect))
        figure = figure.rotate(rng.uniform(-2.5, 2.5), Pillow.Resampling.BILINEAR, center=(675, 1800))
        figure = figure.resize((2700, 3600), Pillow.Resampling.BILINEAR)
        scene.paste(figure, (rng.randint(90, 210), 430), figure)
    _shoot(scene, path, rng, defect, orientation=6)


def _rng(what: str, seed: int) -> Random:
    return Random(f"{what}:{seed}")  # noqa: S311  # drawing, not a secret


def _draw_card(
    side: Callable[[CardPerson], str], person: CardPerson, path: Path, rng: Random, defect: Defect | None
) -> None:
    ground = camera.table(rng)
    if defect == "not_a_card":
        scene = camera.cup(ground, rng)
    else:
        svg = side(_shown(person, rng, defect))
        card = card_art.render(svg, (card_art.WIDTH, card_art.HEIGHT), _CARD_PIXELS)
        scene = camera.lay_card(ground, card, rng)
    _shoot(scene, path, rng, defect, orientation=rng.choice((1, 1, 6, 8, 3)))


def _shoot(scene: Pillow.Image, path: Path, rng: Random, defect: Defect | None, *, orientation: int) -> None:
    camera.photograph(
        scene, path, rng, blurred=defect == "blurred", dark=defect == "dark", orientation=orientation
    )


def _figure(person: CardPerson) -> Pillow.Image:
    size = (faces.WIDTH, faces.HEIGHT)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size[0]} {size[1]}" width="{size[0]}" '
        f'height="{size[1]}">{faces.bust(person.id_number, person.sex)}</svg>'
    )
    return card_art.render(svg, size, 1350)


def _shown(person: CardPerson, rng: Random, defect: Defect | None) -> CardPerson:
    """Who is on the card: the person, or somebody else who lives at the same place."""
    if defect != "other_person":
        return person
    birth = date(rng.randint(1960, 1999), rng.randint(1, 12), rng.randint(1, 28))
    sex = rng.choice((1, 2))
    number = f"031{sex - 1}{birth:%y}9{rng.randint(0, 99999):05d}"
    name = {1: "Phạm Văn Khác", 2: "Phạm Thị Khác"}[sex]
    return replace(person, full_name=name, birth_date=birth, sex=sex, id_number=number, old_id_number="")
