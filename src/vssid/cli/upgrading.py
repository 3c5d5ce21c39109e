"""`./vssid upgrade-database`: the data of an older embedded PostgreSQL, for the programs installed now."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from .boot import default_data

console = Console(markup=False, highlight=False, soft_wrap=True)


def run(*, data: Path | None, programs: Path | None) -> int:
    """0 when carried over or not needed, 1 when refused; the old data is kept in any case."""
    from vssid.infra.embedded import postgres, upgrading

    cluster = (data or default_data()).absolute() / "pg"
    try:
        kept = upgrading.upgrade(cluster, programs=programs, say=console.print)
    except upgrading.NothingToDo:
        console.print(f"Không cần nâng cấp: {cluster} dùng được với bản đang cài, hoặc chưa có.")
        return 0
    except postgres.CannotStart as refused:
        console.print(str(refused))
        return 1
    console.print(
        f"Đã nâng cấp {cluster}. Bản cũ được giữ tại {kept}; xem lại dữ liệu mới rồi hãy xóa: rm -r {kept}"
    )
    return 0
