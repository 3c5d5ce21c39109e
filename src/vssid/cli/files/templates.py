"""`./vssid template`: an empty file of a kind, to be filled in and imported."""

from __future__ import annotations

import sys
from pathlib import Path

from vssid.cli import boot


def run(kind: str, out: Path) -> int:
    """Write the template; its form follows the ending of `out`. 2: no such kind or ending."""
    boot.django()
    from vssid.domain.imports.registry import importers
    from vssid.domain.imports.templates import MAKERS

    known, make = importers(), MAKERS.get(out.suffix.lstrip(".").lower())
    if kind not in known:
        print(f"Không có loại dữ liệu “{kind}”. Các loại: {', '.join(sorted(known))}.", file=sys.stderr)
        return 2
    if make is None:
        print("Tên tệp mẫu phải kết thúc bằng .csv hoặc .xlsx.", file=sys.stderr)
        return 2
    out.write_bytes(make(known[kind]))
    print(f"Đã ghi {out}.")
    return 0
