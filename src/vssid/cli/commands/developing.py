"""Measuring and testing the code."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer()


@app.command()
def bench(
    names: Annotated[list[str] | None, typer.Argument(help="Tên bài đo; bỏ trống: các bài nhanh.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Chỉ in JSON ra đầu ra chuẩn.")] = False,
    listing: Annotated[bool, typer.Option("--list", help="Liệt kê các bài đo.")] = False,
    rounds: Annotated[int | None, typer.Option(min=1, help="Số lượt (mặc định: tùy bài, 3 hoặc 5).")] = None,
    seconds: Annotated[float, typer.Option(min=0.05, help="Số giây của mỗi lần tạo tải.")] = 5,
    rows: Annotated[int, typer.Option(min=100, help="Số dòng của bài import.")] = 1_000_000,
    people: Annotated[
        int, typer.Option(min=50, max=9_000_000, help="Số người nhiều nhất của bài growth.")
    ] = 2_000_000,
    workers: Annotated[int, typer.Option(min=1, help="Số tiến trình của máy chủ được đo.")] = 2,
    folder: Annotated[Path | None, typer.Option(help="Nơi để dữ liệu đo (mặc định: .cache/bench).")] = None,
    keep: Annotated[bool, typer.Option("--keep", help="Giữ dữ liệu của bài growth.")] = False,
) -> None:
    """Đo các việc nặng so với mốc đo trong cùng lần chạy."""
    from vssid.cli import benching

    if listing:
        raise typer.Exit(benching.show())
    sizes = {"rounds": rounds, "seconds": seconds, "rows": rows, "people": people}
    raise typer.Exit(
        benching.run(names or [], as_json=as_json, folder=folder, workers=workers, keep=keep, **sizes)
    )


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}
)
def test(context: typer.Context) -> None:
    """Chạy kiểm thử: tên phần (lint, unit, browser …), tham số pytest, hoặc bỏ trống để chạy tất cả."""
    from vssid.cli import testing

    raise typer.Exit(testing.run(context.args))
