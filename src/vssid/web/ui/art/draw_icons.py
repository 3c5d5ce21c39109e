"""Draw the PNG icons of the app; run after a change of the mark:

python src/vssid/web/ui/art/draw_icons.py
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from PIL import Image, ImageDraw

HERE = Path(__file__).parents[1] / "static/ui/icons"
BLUE, WHITE = (11, 87, 164), (255, 255, 255)
SCALE = 4  # drawn larger, then reduced, for smooth edges


Point = tuple[float, float]
Colour = tuple[int, int, int]


def curve(a: Point, b: Point, c: Point, d: Point) -> Iterator[Point]:
    """Points of a cubic Bézier curve."""
    for step in range(25):
        t = step / 24
        u = 1 - t
        weights = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
        points = (a, b, c, d)
        x, y = (sum(w * p[axis] for w, p in zip(weights, points, strict=True)) for axis in (0, 1))
        yield x, y


SHIELD = [
    (16, 1.5), (28, 5.8), (28, 15.2),
    *curve((28, 15.2), (28, 22.5), (23, 27.9), (16, 30.5)),
    *curve((16, 30.5), (9, 27.9), (4, 22.5), (4, 15.2)),
    (4, 5.8),
]  # fmt: skip
TICK = [(10, 16), (14.5, 20.5), (22.5, 11.5)]


def draw(size: int, *, ground: Colour | None, shield: Colour, tick: Colour, fill: float) -> Image.Image:
    """The mark, `fill` of the width, on `ground` or on nothing."""
    side = size * SCALE
    image = Image.new("RGBA", (side, side), (*ground, 255) if ground else (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    unit, shift = side * fill / 32, side * (1 - fill) / 2

    def place(points: Iterable[Point]) -> list[Point]:
        return [(shift + x * unit, shift + y * unit) for x, y in points]

    pen.polygon(place(SHIELD), fill=shield)
    pen.line(place(TICK), fill=tick, width=round(2.6 * unit), joint="curve")
    for x, y in place(TICK)[::2]:
        pen.ellipse((x - 1.3 * unit, y - 1.3 * unit, x + 1.3 * unit, y + 1.3 * unit), fill=tick)
    return image.resize((size, size), Image.Resampling.LANCZOS).quantize(64)


FILES: tuple[tuple[str, int, Colour | None, Colour, Colour, float], ...] = (
    ("icon-192", 192, None, BLUE, WHITE, 0.94),
    ("icon-512", 512, None, BLUE, WHITE, 0.94),
    ("maskable-512", 512, BLUE, WHITE, BLUE, 0.58),
    ("apple-touch-icon", 180, BLUE, WHITE, BLUE, 0.66),
)

if __name__ == "__main__":
    for name, size, ground, shield, tick, fill in FILES:
        drawing = draw(size, ground=ground, shield=shield, tick=tick, fill=fill)
        drawing.save(HERE / f"{name}.png", optimize=True)
