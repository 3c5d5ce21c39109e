"""Files of data: reading them in, taking that back, templates, made-up ones."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer()


@app.command("import")
def import_(
    kind: Annotated[str, typer.Argument(help="Loại dữ liệu, ví dụ: people, participation.")],
    files: Annotated[
        list[Path],
        typer.Argument(
            exists=True, dir_okay=False, help="Tệp CSV (nén gzip cũng được), Excel (.xlsx) hoặc Parquet."
        ),
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Chỉ kiểm tra, không ghi.")] = False,
    sender: Annotated[str, typer.Option(help="Nguồn dữ liệu, ghi vào nhật ký nạp.")] = "cli",
    blanks_erase: Annotated[
        bool,
        typer.Option("--blanks-erase", help="Ô trống xóa giá trị đang có; bình thường ô trống để nguyên."),
    ] = False,
    office: Annotated[
        str, typer.Option(help="Chỉ nạp dữ liệu của cơ quan mã này và cấp dưới; bỏ trống là cả nước.")
    ] = "",
    excel_errors: Annotated[
        bool, typer.Option("--excel-errors", help="Ghi tệp lỗi thêm một bản Excel, mọi ô là chữ.")
    ] = False,
    headings: Annotated[
        list[str] | None,
        typer.Option(
            "--heading",
            help='Tiêu đề lạ là cột nào: "Số sổ=bhxh_code"; "Số nhà=" là không nạp cột đó. Có --sender thì '
            "được nhớ cho các tệp sau của nguồn đó.",
        ),
    ] = None,
    days: Annotated[
        str,
        typer.Option(
            "--days",
            help="Cách hiểu ngày khi tệp có ngày đáng ngờ: as-shown (ô ngày đúng như hiện, văn bản "
            "là ngày/tháng), turned (bảng tính đã đảo ngày với tháng: đảo lại), month-first (văn bản là "
            "tháng/ngày).",
        ),
    ] = "",
) -> None:
    """Nạp dữ liệu từ tệp CSV (nén gzip cũng được), Excel hoặc Parquet; dòng lỗi được ghi ra tệp riêng."""
    from vssid.cli.files import importing

    try:
        said = importing.headings_said(headings or [])
    except ValueError:
        raise typer.BadParameter("viết TIÊU ĐỀ=cột", param_hint="--heading") from None
    how = importing.How(
        sender=sender,
        headings=said,
        dry_run=dry_run,
        blanks_erase=blanks_erase,
        office=office,
        days=days,
        excel_errors=excel_errors,
    )
    raise typer.Exit(importing.run(kind, files, how))


@app.command("undo-import")
def undo_import(
    run: Annotated[int, typer.Argument(help="Số của lần nạp, như trong báo cáo.")],
) -> None:
    """Hoàn tác một lần nạp: dòng đã đổi trở lại như trước, dòng mới được bỏ; dòng đã sửa sau đó để nguyên."""
    from vssid.cli.files import importing

    raise typer.Exit(importing.undo(run))


@app.command()
def template(
    kind: Annotated[str, typer.Argument(help="Loại dữ liệu, ví dụ: people, participation.")],
    out: Annotated[Path, typer.Option(dir_okay=False, help="Tệp sẽ ghi, tên kết thúc bằng .csv hoặc .xlsx.")],
) -> None:
    """Ghi tệp mẫu trống của một loại dữ liệu để điền rồi nạp bằng `./vssid import`."""
    from vssid.cli.files import templates

    raise typer.Exit(templates.run(kind, out))


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
    from vssid.cli.files import generating

    if directory:
        raise typer.Exit(generating.run_directory(seed=seed, out=out))
    until = day.date() if day else date.today()  # noqa: DTZ011  # the machine's own day will do
    raise typer.Exit(generating.run(people=people, seed=seed, out=out, errors=errors, day=until))
