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
    help="vssid: đăng ký giao dịch điện tử và thẻ BHYT điện tử. Bắt đầu bằng `./vssid demo`.",
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


@app.command()
def check(
    what: Annotated[
        str,
        typer.Argument(
            help="Bỏ trống: cấu hình; audit: chuỗi nhật ký; worker: có worker đang chạy không; "
            "card: mã xác thực của thẻ, từ đầu vào chuẩn."
        ),
    ] = "",
    keys: Annotated[
        Path | None, typer.Option(help="Với card: tệp danh sách khoá đã tải; bỏ trống: khoá của máy này.")
    ] = None,
    anchors: Annotated[
        list[Path] | None,
        typer.Option(exists=True, dir_okay=False, help="Với audit: bản sao mốc neo giữ ở nơi khác."),
    ] = None,
    accept_loss: Annotated[
        str,
        typer.Option(
            help="Với audit, sau khi khôi phục bản sao lưu: lý do chấp nhận phần nhật ký đã mất; được ghi"
            " vào nhật ký."
        ),
    ] = "",
) -> None:
    """Kiểm tra cấu hình, chuỗi nhật ký kiểm toán, hoặc mã xác thực của thẻ BHYT (card < văn-bản-hoặc-ảnh)."""
    from vssid.cli.checks import checking

    raise typer.Exit(checking.run(what, keys=keys, anchors=anchors or [], accept_loss=accept_loss))


@app.command()
def keys(
    what: Annotated[
        str, typer.Argument(help="list: xem; announce: công bố khoá mới; switch: chuyển; withdraw: rút bỏ.")
    ] = "list",
    kid: Annotated[str, typer.Argument(help="Với withdraw: mã khoá.")] = "",
    early: Annotated[bool, typer.Option("--early", help="Với switch: không chờ đến ngày hẹn.")] = False,
) -> None:
    """Xem và thay khoá ký mã QR của thẻ BHYT."""
    from vssid.cli.keys import card_keys

    raise typer.Exit(card_keys.run(what, kid=kid, early=early))


@app.command()
def vault(
    what: Annotated[
        str,
        typer.Argument(
            help="erased: khóa dữ liệu đã bỏ, chờ hủy hẳn; take-back: lấy lại trước khi bị hủy hẳn;"
            " rewrap: bọc lại mọi khóa dữ liệu bằng khóa chính mới nhất;"
            " seal: niêm phong những gì phiên bản trước còn để rõ;"
            " tell: ghi vào nhật ký dấu của số điện thoại, e-mail chưa có dấu;"
            " refingerprint: tính lại dấu vân tay khi đổi khóa; new-key: in một khóa dấu vân tay mới."
        ),
    ] = "erased",
    subjects: Annotated[list[int] | None, typer.Argument(help="Với take-back: số của đối tượng.")] = None,
    since: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%dT%H:%M"],
            help="Với take-back: mọi khóa bị bỏ từ lúc này (giờ Việt Nam), ví dụ 2026-11-29T02:00.",
        ),
    ] = None,
    name: Annotated[str, typer.Option(help="Với new-key: tên của khóa, ví dụ f2.")] = "",
    forget_names: Annotated[
        bool,
        typer.Option(
            "--forget-names",
            help="Với refingerprint: bỏ các tên đăng nhập bằng số giấy tờ mà sổ không có;"
            " chủ của chúng vẫn đăng nhập được bằng mã số BHXH.",
        ),
    ] = False,
) -> None:
    """Xem và chăm sóc các khóa bảo vệ dữ liệu; khóa bị bỏ còn lấy lại được trong một ngày."""
    from vssid.cli.keys import vaulting

    raise typer.Exit(
        vaulting.run(what, subjects=subjects or [], since=since, name=name, forget_names=forget_names)
    )


@app.command()
def staff(
    what: Annotated[
        str, typer.Argument(help="list: xem; add: mở tài khoản; reset: đặt lại mật khẩu.")
    ] = "list",
    username: Annotated[str, typer.Argument(help="Tên đăng nhập.")] = "",
    name: Annotated[str, typer.Option(help="Với add: họ và tên.")] = "",
    office: Annotated[str, typer.Option(help="Với add: mã cơ quan BHXH.")] = "",
    role: Annotated[
        str, typer.Option(help="Với add: officer (cán bộ) hoặc data (cán bộ dữ liệu).")
    ] = "officer",
    from_stdin: Annotated[
        bool,
        typer.Option("--password-stdin", help="Đọc mật khẩu từ đầu vào chuẩn thay vì sinh mật khẩu mới."),
    ] = False,
) -> None:
    """Mở tài khoản cho cán bộ, đặt lại mật khẩu của cán bộ."""
    from vssid.cli import staffing

    match what:
        case "list":
            raise typer.Exit(staffing.show())
        case "add":
            raise typer.Exit(
                staffing.add(username, name=name, office=office, role=role, from_stdin=from_stdin)
            )
        case "reset":
            raise typer.Exit(staffing.reset(username, from_stdin=from_stdin))
    raise typer.BadParameter("list, add, reset", param_hint="WHAT")


@app.command()
def bench(
    names: Annotated[list[str] | None, typer.Argument(help="Tên bài đo; bỏ trống: các bài nhanh.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Chỉ in JSON ra đầu ra chuẩn.")] = False,
    listing: Annotated[bool, typer.Option("--list", help="Liệt kê các bài đo.")] = False,
    rounds: Annotated[int | None, typer.Option(min=1, help="Số lượt (mặc định: tùy bài, 3 hoặc 5).")] = None,
    seconds: Annotated[int, typer.Option(min=1, help="Số giây của mỗi lần tạo tải.")] = 5,
    rows: Annotated[int, typer.Option(min=100, help="Số dòng của bài import.")] = 1_000_000,
    people: Annotated[
        int, typer.Option(min=50, max=9_000_000, help="Số người nhiều nhất của bài growth.")
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
        from vssid.cli import database
        from vssid.infra.database import away, start

        if not away.is_away(error):
            raise
        print(database.sentence(start.cause_of(error)), file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
