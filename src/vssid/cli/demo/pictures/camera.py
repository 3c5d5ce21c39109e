"""A pretended phone camera: a table, something on it, light, lens, sensor, file."""

from __future__ import annotations

import math
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow
from PIL import ImageChops, ImageDraw, ImageFilter

SIZE = (4000, 3000)
_COARSE = 8  # tables, shadows and light are made this many times smaller
_TABLES = ((150, 112, 80), (118, 104, 94), (88, 96, 104), (166, 140, 108), (72, 62, 56), (110, 122, 104))
_RINGS = ((130, (206, 204, 198)), (96, (232, 230, 224)), (84, (74, 46, 30)), (60, (92, 60, 40)))
_BILINEAR = Pillow.Resampling.BILINEAR

# EXIF orientation: how the upright picture is turned to lie as the sensor saw it.
_AS_SENSOR = {3: Pillow.Transpose.ROTATE_180, 6: Pillow.Transpose.ROTATE_90, 8: Pillow.Transpose.ROTATE_270}
_GPS_IFD = 0x8825

Points = list[tuple[float, float]]


def table(rng: Random) -> Pillow.Image:
    """A small picture of a table top with grain; `photograph` enlarges it."""
    return surface(rng.choice(_TABLES), SIZE, rng, grain=9)


def surface(
    colour: tuple[int, int, int], size: tuple[int, int], rng: Random, *, grain: float
) -> Pillow.Image:
    """A coarse picture of one material, long drawn out in one direction like wood or cloth."""
    wide, high = size[0] // _COARSE, size[1] // _COARSE
    noise = np.random.default_rng(rng.getrandbits(32))
    tone = np.zeros((high, wide), np.float32)
    for step_x, step_y, weight in ((64, 4, 1.0), (16, 2, 0.6), (4, 1, 0.5), (1, 1, 0.25)):
        patch = noise.normal(0, grain * weight, (high // step_y + 2, wide // step_x + 2)).astype(np.float32)
        layer = Pillow.fromarray(patch).resize((wide, high), Pillow.Resampling.BICUBIC)
        tone += np.asarray(layer)
    pixels = np.clip(np.array(colour, np.float32) + tone[..., None], 0, 255).astype(np.uint8)
    return Pillow.fromarray(pixels)


def lay_card(ground: Pillow.Image, card: Pillow.Image, rng: Random) -> Pillow.Image:
    """The card on the ground, tilted and seen from slightly aside, with its shadow; full size."""
    corners = _corners(card.width / card.height, rng)
    _shadow(ground, corners, rng)
    scene = ground.resize(SIZE, _BILINEAR)
    left, top = (int(min(point[axis] for point in corners)) for axis in (0, 1))
    right, bottom = (int(max(point[axis] for point in corners)) + 1 for axis in (0, 1))
    moved = [(x - left, y - top) for x, y in corners]
    flat: Points = [(0, 0), (card.width, 0), (card.width, card.height), (0, card.height)]
    seen = card.transform(
        (right - left, bottom - top), Pillow.Transform.PERSPECTIVE, _perspective(moved, flat), _BILINEAR
    )
    scene.paste(seen, (left, top), seen)
    return scene


def cup(ground: Pillow.Image, rng: Random) -> Pillow.Image:
    """A cup of coffee from above, instead of a card; full size."""
    draw = ImageDraw.Draw(ground)
    x, y = ground.width * rng.uniform(0.4, 0.6), ground.height * rng.uniform(0.45, 0.55)
    for radius, colour in _RINGS:
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)
    draw.rounded_rectangle((x + 90, y - 16, x + 150, y + 16), 12, fill=(226, 224, 218))
    return ground.filter(ImageFilter.GaussianBlur(1.2)).resize(SIZE, _BILINEAR)


def photograph(
    scene: Pillow.Image, path: Path, rng: Random, *, blurred: bool, dark: bool, orientation: int
) -> None:
    """Light the scene, look through the lens, add the sensor's noise and write a JPEG with EXIF."""
    if blurred:
        small = scene.resize((scene.width // 4, scene.height // 4), Pillow.Resampling.BOX)
        scene = small.filter(ImageFilter.GaussianBlur(rng.uniform(3.5, 4.5))).resize(scene.size, _BILINEAR)
    lit = ImageChops.multiply(scene, _light(scene.size, rng, 0.16 if dark else 1.0))
    seen = ImageChops.add(lit, _noise(lit.size, rng), 1, -8)
    turn = _AS_SENSOR.get(orientation)
    sensor = seen.transpose(turn) if turn is not None else seen
    sensor.save(path, "JPEG", quality=82, exif=_exif(orientation))


def _corners(ratio: float, rng: Random) -> Points:
    half_wide = rng.uniform(1230, 1420)
    half_high = half_wide / ratio
    angle = math.radians(rng.uniform(-6, 6))
    middle = (SIZE[0] / 2 + rng.uniform(-120, 120), SIZE[1] / 2 + rng.uniform(-120, 120))
    lean = rng.uniform(-0.035, 0.035), rng.uniform(-0.035, 0.035)
    points = []
    for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        near = 1 + x * lean[0] + y * lean[1]
        dx, dy = x * half_wide * near, y * half_high * near
        points.append(
            (
                middle[0] + dx * math.cos(angle) - dy * math.sin(angle),
                middle[1] + dx * math.sin(angle) + dy * math.cos(angle),
            )
        )
    return points


def _perspective(seen: Points, flat: Points) -> tuple[float, ...]:
    """The eight numbers that tell for each point seen which point of the flat card it is."""
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(seen, flat, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y])
    target = [value for point in flat for value in point]
    solved: NDArray[np.float64] = np.linalg.solve(np.array(rows), np.array(target))
    return tuple(solved.tolist())


def _shadow(ground: Pillow.Image, corners: Points, rng: Random) -> None:
    mask = Pillow.new("L", ground.size, 0)
    shift = rng.uniform(2, 5)
    ImageDraw.Draw(mask).polygon([(x / _COARSE + shift, y / _COARSE + shift) for x, y in corners], fill=130)
    ground.paste((14, 12, 12), mask=mask.filter(ImageFilter.GaussianBlur(5)))


def _light(size: tuple[int, int], rng: Random, strength: float) -> Pillow.Image:
    """Brighter to one side, as by a window, and darker to the corners, as by a lens."""
    across, down = np.meshgrid(np.linspace(-1, 1, 64), np.linspace(-1, 1, 48))
    angle = rng.uniform(0, 2 * math.pi)
    window = 0.86 + 0.14 * (across * math.cos(angle) + down * math.sin(angle))
    light = window * (1 - 0.06 * (across**2 + down**2)) * strength
    warmth = np.array([1.0, rng.uniform(0.95, 1.0), rng.uniform(0.86, 0.98)])
    pixels = np.clip(light[..., None] * warmth * 255, 0, 255).astype(np.uint8)
    return Pillow.fromarray(pixels).resize(size, _BILINEAR)


def _noise(size: tuple[int, int], rng: Random) -> Pillow.Image:
    """Grey noise around 8. One tile is enough: nobody looks for its repetition."""
    tile = np.random.default_rng(rng.getrandbits(32)).normal(8, 2.6, (500, 500, 1))
    grey = np.repeat(np.clip(tile, 0, 16).astype(np.uint8), 3, axis=2)
    return Pillow.fromarray(np.tile(grey, (size[1] // 500, size[0] // 500, 1)))


def _exif(orientation: int) -> Pillow.Exif:
    """What a phone tells of itself. The place is Null Island, so that nobody lives there."""
    exif = Pillow.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112] = "Synthetic", "Drawn by vssid", orientation
    exif[0x0132] = "2026:01:01 08:00:00"
    exif[_GPS_IFD] = {1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)}
    return exif
