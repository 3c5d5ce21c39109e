"""`python -m vssid.cli`: the commands and their options. Each command loads what it needs when it runs."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="vssid: đăng ký giao dịch điện tử và thẻ BHYT số. Bắt đầu bằng `./vssid demo`.",
)
Port = Annotated[int, typer.Option(min=1, max=65535, help="Cổng TCP.")]
Host = Annotated[str, typer.Option(help="Địa chỉ lắng nghe.")]


@app.command()
def demo(
    port: Port = 8000,
    host: Host = "127.0.0.1",
    data: Annotated[Path | None, typer.Option(help="Thư mục dữ liệu (mặc định: data/ trong dự án).")] = None,
    people: Annotated[int, typer.Option(min=50, max=200_000, help="Số người tham gia giả lập.")] = 2000,
) -> None:
    """Chạy bản trình diễn đầy đủ với dữ liệu giả lập của Hải Phòng."""
    from vssid.cli.demo import command

    raise typer.Exit(command.run(host=host, port=port, data=data, people=people))


@app.command()
def serve(
    port: Port = 8000,
    host: Host = "127.0.0.1",
    workers: Annotated[int, typer.Option(min=1, help="Số tiến trình phục vụ.")] = 2,
    threads: Annotated[int, typer.Option(min=1, help="Số luồng mỗi tiến trình.")] = 4,
) -> None:
    """Chạy máy chủ web."""
    from vssid.cli import serving

    serving.run(host=host, port=port, workers=workers, threads=threads)


@app.command()
def worker(
    concurrency: Annotated[int, typer.Option(min=1, help="Số công việc chạy cùng lúc.")] = 4,
) -> None:
    """Chạy tiến trình nền: gửi tin nhắn, nhắc hạn, hết hạn, dọn dẹp."""
    from vssid.cli import working

    working.run(concurrency=concurrency)


@app.command()
def migrate() -> None:
    """Cập nhật cấu trúc cơ sở dữ liệu và gom tệp tĩnh; chạy lại không hại gì."""
    from vssid.cli import migrating

    migrating.run()


@app.command("import")
def import_(
    kind: Annotated[str, typer.Argument(help="Loại dữ liệu, ví dụ: people, participation.")],
    files: Annotated[
        list[Path], typer.Argument(exists=True, dir_okay=False, help="Tệp CSV, nén gzip cũng được.")
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Chỉ kiểm tra, không ghi.")] = False,
    sender: Annotated[str, typer.Option(help="Nơi gửi dữ liệu, ghi vào nhật ký nạp.")] = "cli",
) -> None:
    """Nạp dữ liệu từ tệp CSV hoặc CSV nén gzip; dòng lỗi được ghi ra tệp riêng."""
    from vssid.cli import importing

    raise typer.Exit(importing.run(kind, files, sender=sender, dry_run=dry_run))


@app.command()
def template(
    kind: Annotated[str, typer.Argument(help="Loại dữ liệu, ví dụ: people, participation.")],
    out: Annotated[Path, typer.Option(dir_okay=False, help="Tệp sẽ ghi, tên kết thúc bằng .csv hoặc .xlsx.")],
) -> None:
    """Ghi tệp mẫu trống của một loại dữ liệu để điền rồi nạp bằng `./vssid import`."""
    from vssid.cli import templating

    raise typer.Exit(templating.run(kind, out))


@app.command()
def generate(
    out: Annotated[Path, typer.Option(file_okay=False, help="Thư mục ghi các tệp.")],
    people: Annotated[int, typer.Option(min=50, max=9_000_000, help="Số người giả lập.")] = 100_000,
    seed: Annotated[int, typer.Option(help="Cùng số này và cùng ngày thì tệp luôn giống nhau.")] = 1,
    errors: Annotated[float, typer.Option(min=0, max=0.9, help="Tỷ lệ dòng sai trong mỗi tệp.")] = 0.0,
    day: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Tính đến ngày (hôm nay).")
    ] = None,
    directory: Annotated[
        bool, typer.Option("--directory", help="Chỉ cơ quan, cơ sở KCB và điểm thu của cả nước.")
    ] = False,
) -> None:
    """Sinh tệp dữ liệu giả lập thuộc mọi loại để nạp bằng `./vssid import`."""
    from vssid.cli import generating

    if directory:
        raise typer.Exit(generating.run_directory(seed=seed, out=out))
    until = day.date() if day else date.today()  # noqa: DTZ011  # the machine's own day will do
    raise typer.Exit(generating.run(people=people, seed=seed, out=out, errors=errors, day=until))


@app.command()
def check(
    what: Annotated[
        str,
        typer.Argument(
            help="Bỏ trống: cấu hình; audit: chuỗi nhật ký; card: mã QR ký số của thẻ, từ đầu vào chuẩn."
        ),
    ] = "",
    keys: Annotated[
        Path | None, typer.Option(help="Với card: tệp danh sách khoá đã tải; bỏ trống: khoá của máy này.")
    ] = None,
) -> None:
    """Kiểm tra cấu hình, chuỗi nhật ký kiểm toán, hoặc mã ký số của thẻ BHYT (card < chữ-hoặc-ảnh)."""
    from vssid.cli import checking

    raise typer.Exit(checking.run(what, keys=keys))


@app.command()
def keys(
    what: Annotated[
        str, typer.Argument(help="list: xem; announce: công bố khoá mới; switch: chuyển; withdraw: rút bỏ.")
    ] = "list",
    kid: Annotated[str, typer.Argument(help="Với withdraw: mã khoá.")] = "",
    early: Annotated[bool, typer.Option("--early", help="Với switch: không chờ đến ngày hẹn.")] = False,
) -> None:
    """Xem và thay khoá ký mã QR của thẻ BHYT."""
    from vssid.cli import card_keys

    raise typer.Exit(card_keys.run(what, kid=kid, early=early))


@app.command()
def bench(
    names: Annotated[list[str] | None, typer.Argument(help="Tên bài đo; bỏ trống: các bài nhanh.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Chỉ in JSON ra đầu ra chuẩn.")] = False,
    listing: Annotated[bool, typer.Option("--list", help="Kể tên các bài đo.")] = False,
    rounds: Annotated[int | None, typer.Option(min=1, help="Số lượt (mặc định: tùy bài, 3 hoặc 5).")] = None,
    seconds: Annotated[int, typer.Option(min=1, help="Độ dài mỗi lần bắn tải.")] = 5,
    rows: Annotated[int, typer.Option(min=100, help="Số dòng của bài import.")] = 1_000_000,
    people: Annotated[
        int, typer.Option(min=50, max=9_000_000, help="Sổ lớn nhất của bài growth.")
    ] = 2_000_000,
    folder: Annotated[Path | None, typer.Option(help="Nơi để dữ liệu đo (mặc định: .cache/bench).")] = None,
    keep: Annotated[bool, typer.Option("--keep", help="Giữ dữ liệu của bài growth.")] = False,
) -> None:
    """Đo các việc nặng so với mốc đo trong cùng lần chạy."""
    from vssid.cli import benching

    if listing:
        raise typer.Exit(benching.show())
    sizes = {"rounds": rounds, "seconds": seconds, "rows": rows, "people": people, "keep": keep}
    raise typer.Exit(benching.run(names or [], as_json=as_json, folder=folder, **sizes))


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}
)
def test(context: typer.Context) -> None:
    """Chạy kiểm thử: tên phần (lint, unit, browser …), tham số pytest, hoặc bỏ trống để chạy tất cả."""
    from vssid.cli import testing

    raise typer.Exit(testing.run(context.args))


def main() -> None:
    """Run a command; an unreachable database is told in a sentence, not in a traceback."""
    try:
        app(prog_name="vssid")
    except Exception as error:
        from django.db import OperationalError

        if not isinstance(error, OperationalError) or "connection" not in str(error):
            raise
        print(
            "Không kết nối được cơ sở dữ liệu; hãy kiểm tra VSSID_DATABASE_URL"
            " hoặc chạy `./vssid demo` trước.",
            file=sys.stderr,
        )
        sys.exit(1)


if __name__ == "__main__":
    main()
