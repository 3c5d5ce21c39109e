"""What a file has and none of its copies: the number and the moment that its file system gave it.

A copy by cp, rsync, tar or a backup gets both anew; renaming the file or a folder above keeps both. A clone
of the whole file system (a snapshot of a machine) has both too: nothing in a file tells that one.
"""

from __future__ import annotations

import ctypes
import os
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_AT_FDCWD, _WANT_BIRTH = -100, 0x800
_SIZE, _MASK_AT, _BIRTH_AT = 256, 0, 80  # struct statx of Linux


@dataclass(frozen=True, slots=True)
class Birthmark:
    """The inode's number, and the birth in nanoseconds; 0 where the file system does not keep it."""

    number: int
    born: int

    def is_of(self, other: Birthmark) -> bool:
        """Is it the same file? Numbers are given again to others, moments are not: these decide if known."""
        if self.born and other.born:
            return self.born == other.born
        return self.number == other.number


def of(path: Path) -> Birthmark:
    """The birthmark of a file that is there. Raises OSError."""
    return Birthmark(path.stat().st_ino, _born(path))


def _born(path: Path) -> int:
    statx: Any = getattr(ctypes.CDLL(None), "statx", None)
    if statx is None:
        return int(getattr(path.stat(), "st_birthtime", 0) * 1_000_000_000)
    buffer = ctypes.create_string_buffer(_SIZE)
    if statx(_AT_FDCWD, os.fsencode(path), 0, _WANT_BIRTH, buffer):
        return 0
    (mask,) = struct.unpack_from("=I", buffer, _MASK_AT)
    seconds, nanoseconds = struct.unpack_from("=qI", buffer, _BIRTH_AT)
    return seconds * 1_000_000_000 + nanoseconds if mask & _WANT_BIRTH else 0
