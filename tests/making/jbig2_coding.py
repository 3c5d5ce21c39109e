"""The arithmetic coder of JBIG2 (ITU-T T.88, annex E) for a generic region of template 0."""

from __future__ import annotations

from PIL import Image

# (probability, next when more probable, next when less probable, switch) of each state.
_STATES = [
    (0x5601, 1, 1, 1), (0x3401, 2, 6, 0), (0x1801, 3, 9, 0), (0x0AC1, 4, 12, 0), (0x0521, 5, 29, 0),
    (0x0221, 38, 33, 0), (0x5601, 7, 6, 1), (0x5401, 8, 14, 0), (0x4801, 9, 14, 0), (0x3801, 10, 14, 0),
    (0x3001, 11, 17, 0), (0x2401, 12, 18, 0), (0x1C01, 13, 20, 0), (0x1601, 29, 21, 0), (0x5601, 15, 14, 1),
    (0x5401, 16, 14, 0), (0x5101, 17, 15, 0), (0x4801, 18, 16, 0), (0x3801, 19, 17, 0), (0x3401, 20, 18, 0),
    (0x3001, 21, 19, 0), (0x2801, 22, 19, 0), (0x2401, 23, 20, 0), (0x2201, 24, 21, 0), (0x1C01, 25, 22, 0),
    (0x1801, 26, 23, 0), (0x1601, 27, 24, 0), (0x1401, 28, 25, 0), (0x1201, 29, 26, 0), (0x1101, 30, 27, 0),
    (0x0AC1, 31, 28, 0), (0x09C1, 32, 29, 0), (0x08A1, 33, 30, 0), (0x0521, 34, 31, 0), (0x0441, 35, 32, 0),
    (0x02A1, 36, 33, 0), (0x0221, 37, 34, 0), (0x0141, 38, 35, 0), (0x0111, 39, 36, 0), (0x0085, 40, 37, 0),
    (0x0049, 41, 38, 0), (0x0025, 42, 39, 0), (0x0015, 43, 40, 0), (0x0009, 44, 41, 0), (0x0005, 45, 42, 0),
    (0x0001, 45, 43, 0), (0x5601, 46, 46, 0),
]  # fmt: skip
# The pixels before that a pixel is guessed from, the nearest last: rows above, then its own.
_AROUND = (
    [(-2, dx) for dx in (-2, -1, 0, 1, 2)]
    + [(-1, dx) for dx in range(-3, 4)]
    + [(0, dx) for dx in range(-4, 0)]
)


class _Coder:
    def __init__(self) -> None:
        self.out, self.a, self.c, self.ct, self.b = bytearray(), 0x8000, 0, 12, -1
        self.states: dict[int, tuple[int, int]] = {}

    def bit(self, context: int, value: int) -> None:
        state, likely = self.states.get(context, (0, 0))
        chance, more, less, switch = _STATES[state]
        self.a -= chance
        if value == likely:
            if self.a & 0x8000:
                self.c += chance
                return
            if self.a < chance:
                self.a = chance
            else:
                self.c += chance
            self.states[context] = (more, likely)
        else:
            if self.a < chance:
                self.c += chance
            else:
                self.a = chance
            self.states[context] = (less, likely ^ switch)
        self._renormalize()

    def _renormalize(self) -> None:
        while True:
            self.a, self.c, self.ct = self.a << 1, self.c << 1, self.ct - 1
            if self.ct == 0:
                self._byte_out()
            if self.a & 0x8000:
                return

    def _byte_out(self) -> None:
        if self.b != 0xFF and self.c >= 0x8000000:
            self.b += 1
            if self.b == 0xFF:
                self.c &= 0x7FFFFFF
        if self.b == 0xFF:
            self._emit()
            self.b, self.c, self.ct = self.c >> 20, self.c & 0xFFFFF, 7
        else:
            self._emit()
            self.b, self.c, self.ct = (self.c >> 19) & 0xFF, self.c & 0x7FFFF, 8

    def _emit(self) -> None:
        if self.b >= 0:
            self.out.append(self.b)

    def flush(self) -> bytes:
        upper = self.c + self.a
        self.c |= 0xFFFF
        if self.c >= upper:
            self.c -= 0x8000
        for _ in range(2):
            self.c <<= self.ct
            self._byte_out()
        self._emit()
        return bytes(self.out) + b"\xff\xac"


def coded(picture: Image.Image) -> bytes:
    """The code of a black and white picture; black is 1."""
    bilevel = picture.convert("1")
    width, height = bilevel.size
    blank = [0] * (width + 8)
    rows = [blank, blank]
    pixels = bilevel.convert("L").tobytes()
    coder = _Coder()
    for top in range(height):
        row = [0] * 4 + [int(value == 0) for value in pixels[top * width : (top + 1) * width]] + [0] * 4
        rows = [*rows[-2:], row]
        for left in range(4, width + 4):
            context = 0
            for dy, dx in _AROUND:
                context = context << 1 | rows[2 + dy][left + dx]
            coder.bit(context, row[left])
    return coder.flush()
