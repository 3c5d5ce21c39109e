"""Running the system, and what goes before it: the database, a copy that is adopted."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer()
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
    concurrency: Annotated[int, typer.Option(min=2, help="Số công việc chạy cùng lúc.")] = 4,
    queues: Annotated[
        str,
        typer.Option(
            help="Chỉ làm các hàng việc này (sms, email, push, imports, default), cách bằng dấu phẩy."
        ),
    ] = "",
) -> None:
    """Chạy tiến trình nền: gửi tin nhắn, nhắc hạn, hết hạn, dọn dẹp."""
    from vssid.cli import working

    working.run(concurrency=concurrency, queues=queues)


@app.command()
def migrate() -> None:
    """Cập nhật cấu trúc cơ sở dữ liệu và gom tệp tĩnh; chạy lại nhiều lần không ảnh hưởng."""
    from vssid.cli import migrating

    migrating.run()


@app.command("upgrade-database")
def upgrade_database(
    data: Annotated[Path | None, typer.Option(help="Thư mục dữ liệu, như của `demo`.")] = None,
    programs: Annotated[
        Path | None,
        typer.Option(
            file_okay=False,
            help="Thư mục chứa chương trình postgres của bản cũ, ví dụ /usr/lib/postgresql/16/bin.",
        ),
    ] = None,
) -> None:
    """Chuyển dữ liệu của PostgreSQL đi kèm bản cũ sang bản đang cài; bản cũ được giữ lại."""
    from vssid.cli import upgrading

    raise typer.Exit(upgrading.run(data=data, programs=programs))


@app.command()
def adopt(
    join: Annotated[
        bool, typer.Option("--join", help="Máy này là thêm một máy của hệ thống đang chạy.")
    ] = False,
    older: Annotated[
        int, typer.Option(min=0, max=8760, help="Bỏ tin tạo trước đây hơn số giờ này; 0 là bỏ tất cả.")
    ] = 1,
    yes: Annotated[bool, typer.Option("--yes", help="Đồng ý, không hỏi.")] = False,
) -> None:
    """Nhận một bản sao (khôi phục từ bản sao lưu) làm hệ thống chính thức; cho xem trước những gì sẽ gửi."""
    from vssid.cli import adopting

    raise typer.Exit(adopting.run(join=join, older=older, yes=yes))
