"""Which places have a word: sets of places, made from the index, kept in PostgreSQL and, once read, here.

A set is a bitmap of the ranks of its places; ranks go by weight, so the lowest are those to show first, and
words together are one AND (docs/adr/0011). Names of sets: `bach` for a
word, `b*` and `ba*` for its beginnings, `=kind:office` for what one filters by. Longer beginnings are put
together from the words that begin so.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import accumulate
from typing import Any

from django.db import connection
from pyroaring import BitMap

from vssid.infra.database import prepared

SHORT = 2  # letters of the beginnings that are kept
CODES = 500  # of so many codes that begin alike nobody looks for one
BYTES_KEPT = 32_000_000
LIVE = "(valid_from IS NULL OR valid_from <= %(day)s) AND (valid_until IS NULL OR valid_until >= %(day)s)"
_EDITION = "SELECT number FROM directory_edition"
_READ = """
SELECT edition.number, posting.word, posting.places
FROM directory_edition edition LEFT JOIN directory_posting posting ON posting.word = ANY(%(names)s::varchar[])
UNION ALL
SELECT edition.number, wanted.start || '*', posting.places
FROM directory_edition edition CROSS JOIN unnest(%(starts)s::varchar[]) wanted(start)
JOIN directory_posting posting
    ON posting.word ~>=~ wanted.start AND posting.word ~<~ (wanted.start || chr(127))
"""
_CODES = """
SELECT edition.number, rank.ordinal FROM directory_edition edition
CROSS JOIN LATERAL (SELECT ordinal FROM directory_rank
    WHERE code ~>=~ %(start)s AND code ~<~ (%(start)s || chr(127))
    ORDER BY code USING ~<~ LIMIT %(most)s) rank
"""
_DEAD = (
    "SELECT edition.number, rank.ordinal FROM directory_edition edition CROSS JOIN directory_place place "  # noqa: S608
    "JOIN directory_rank rank USING (kind, code) WHERE (valid_from IS NOT NULL OR valid_until IS NOT NULL) "
    f"AND NOT ({LIVE})"
)


class IndexChanged(Exception):
    """The index was made anew meanwhile; what was read before goes with the old one."""


class Sets:
    """Sets of one version of the index, read when first wanted."""

    def __init__(self, version: int) -> None:
        self.version = version
        self._kept: dict[str, BitMap] = {}
        self._bytes = 0

    def read(self, names: Iterable[str]) -> None:
        """Have these sets at hand, by one statement. Raises IndexChanged."""
        missing = [name for name in dict.fromkeys(names) if name not in self._kept]
        if not missing:
            return
        starts = [name[:-1] for name in missing if name.endswith("*") and len(name) > SHORT + 1]
        # As numbers first: a beginning is put together from hundreds of words.
        bits_by_name = dict.fromkeys(missing, 0)
        rows = prepared.rows(
            _READ, {"names": [name for name in missing if name[:-1] not in starts], "starts": starts}
        )
        for edition, name, places in rows:
            self._same(edition)
            if name is not None:
                bits_by_name[name] |= bits_of(places)
        self._keep({name: of_bits(bits) for name, bits in bits_by_name.items()})

    def check(self) -> None:
        """Raise IndexChanged when these sets are of an older edition; who finds nothing asks."""
        row = prepared.row(_EDITION, {})
        self._same(row[0] if row else 0)

    def codes(self, start: str) -> BitMap:
        """Places whose code begins so, as many as one may look for. Raises IndexChanged."""
        return self._of_rows(f"#{start}", _CODES, {"start": start.upper(), "most": CODES})

    def dead(self, day: date) -> BitMap:
        """Places that do not exist yet or any more on a day. Raises IndexChanged."""
        return self._of_rows(f"!{day}", _DEAD, {"day": day})

    def __getitem__(self, name: str) -> BitMap:
        if name not in self._kept:
            self.read([name])
        return self._kept[name]

    def _of_rows(self, name: str, statement: str, facts: Mapping[str, Any]) -> BitMap:
        if name not in self._kept:
            rows = prepared.rows(statement, dict(facts))
            for edition, _ in rows:
                self._same(edition)
            self._keep({name: BitMap([rank for _, rank in rows])})
        return self._kept[name]

    def _same(self, version: int) -> None:
        if version != self.version:
            raise IndexChanged

    def _keep(self, sets: Mapping[str, BitMap]) -> None:
        if self._bytes > BYTES_KEPT:
            self._kept, self._bytes = {}, 0
        self._kept |= sets
        self._bytes += sum(len(places.serialize()) + 100 for places in sets.values())


_current = Sets(0)


def current() -> Sets:
    """The sets of this process."""
    return _current


def newest() -> Sets:
    """Those of the newest version of the index."""
    global _current
    row = prepared.row(_EDITION, {})
    _current = Sets(row[0] if row else 0)
    return _current


def packed(places: BitMap) -> bytes:
    """A set as it is kept: bit n for rank n, least first, zlib."""
    import numpy as np  # a fifth of a second to read, which only who makes or reads sets pays

    bits = np.zeros(places.max() + 1 if places else 0, dtype=np.uint8)
    bits[places.to_array()] = 1
    return zlib.compress(np.packbits(bits, bitorder="little").tobytes())


def unpacked(kept: bytes) -> BitMap:
    """The set that was kept so."""
    return of_bits(bits_of(kept))


def bits_of(kept: bytes) -> int:
    """The set that was kept so, as a number: bit n for rank n."""
    return int.from_bytes(zlib.decompress(kept), "little")


def of_bits(bits: int) -> BitMap:
    """The set of a number's bits.

    Written as the file format of roaring bitmaps (RoaringFormatSpec, without runs) and read by the library: a
    tenth of the time that adding tens of thousands of ranks takes.
    """
    octets = bits.to_bytes((bits.bit_length() + 7) // 8, "little")
    chunks = [octets[start : start + _CHUNK] for start in range(0, len(octets), _CHUNK)]
    counts = [int.from_bytes(chunk, "little").bit_count() for chunk in chunks]
    containers = [(key, count, _container(chunks[key], count)) for key, count in enumerate(counts) if count]
    head = struct.pack("<II", _WITHOUT_RUNS, len(containers))
    head += b"".join(struct.pack("<HH", key, count - 1) for key, count, _ in containers)
    at = len(head) + 4 * len(containers)
    starts = accumulate((len(container) for _, _, container in containers), initial=at)
    head += b"".join(struct.pack("<I", start) for start, _ in zip(starts, containers, strict=False))
    return BitMap.deserialize(head + b"".join(container for _, _, container in containers))


_CHUNK = 8192  # bytes of a container's bits
_FEW = 4096  # ranks up to which a container lists them
_WITHOUT_RUNS = 12346


def _container(chunk: bytes, count: int) -> bytes:
    """The bits themselves, or the few ranks as 16-bit numbers."""
    if count > _FEW:
        return chunk.ljust(_CHUNK, b"\0")
    import numpy as np

    octets = np.frombuffer(chunk, dtype=np.uint8)
    filled = octets.nonzero()[0]
    octet, bit = np.unpackbits(octets[filled, None], axis=1, bitorder="little").nonzero()
    return (filled[octet] * 8 + bit).astype("<u2").tobytes()


# Each place's words and what one filters by, with its rank.
_NAMES = """
SELECT listed.name, array_agg(rank.ordinal)
FROM directory_place place JOIN directory_rank rank USING (kind, code)
CROSS JOIN LATERAL (
    SELECT unnest(place.words) UNION ALL SELECT '=service:' || unnest(place.services)
    UNION ALL SELECT '=commune:' || unnest(place.served)
    UNION ALL VALUES ('=kind:' || place.kind), ('=province:' || place.province_code)) listed(name)
GROUP BY listed.name
"""
_AT_ONCE = 100


def make(cursor: Any) -> list[str]:
    """Rank all places and make their sets; a new edition. Returns every word. Call it in a transaction."""
    cursor.execute("DELETE FROM directory_rank")
    cursor.execute(
        "INSERT INTO directory_rank (ordinal, kind, code, folded, weight) SELECT "
        "row_number() OVER (ORDER BY weight DESC, kind, code) - 1, kind, code, folded, weight "
        "FROM directory_place"
    )
    cursor.execute("ANALYZE directory_rank")
    made = _made()
    cursor.execute("DELETE FROM directory_posting")
    with cursor.copy("COPY directory_posting (word, places) FROM STDIN") as copy:
        for name, places in made.items():
            copy.write_row((name, packed(places)))
    # By the clock, so that no number comes twice, also not after a backup was put back.
    cursor.execute(
        "INSERT INTO directory_edition (id, number) "
        "VALUES (1, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint) "
        "ON CONFLICT (id) DO UPDATE SET number = excluded.number"
    )
    return [name for name in made if name.isalnum()]


def _made() -> dict[str, BitMap]:
    made: dict[str, BitMap] = {}
    with connection.chunked_cursor() as cursor:
        cursor.execute(_NAMES)
        while rows := cursor.fetchmany(_AT_ONCE):
            made |= {name: BitMap(ranks) for name, ranks in rows}
    for start, places in _beginnings(made):
        made[start] = made.get(start, BitMap()) | places
    return made


def _beginnings(made: Mapping[str, BitMap]) -> Sequence[tuple[str, BitMap]]:
    return [
        (f"{word[:length]}*", places)
        for word, places in made.items()
        if word.isalnum()
        for length in range(1, min(SHORT, len(word)) + 1)
    ]
