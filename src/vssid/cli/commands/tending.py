"""Tending an installation: checks, keys, the staff."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer()

DAY = ["%Y-%m-%d"]


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
    file: Annotated[
        Path | None,
        typer.Option(
            exists=True, dir_okay=False, help="Với audit: tệp sự kiện đã tải từ trang Nhật ký, để kiểm tra."
        ),
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

    raise typer.Exit(checking.run(what, keys=keys, anchors=anchors or [], file=file, accept_loss=accept_loss))


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
        str,
        typer.Argument(
            help="list: xem; add: mở tài khoản; post: giao thêm vị trí; end: kết thúc vị trí (--post)"
            " hoặc mọi vị trí; reset: cấp mã kích hoạt mới."
        ),
    ] = "list",
    username: Annotated[str, typer.Argument(help="Tên đăng nhập.")] = "",
    name: Annotated[str, typer.Option(help="Với add: họ và tên.")] = "",
    office: Annotated[str, typer.Option(help="Với add, post: mã cơ quan BHXH.")] = "",
    role: Annotated[
        str,
        typer.Option(
            help="Với add, post: reception, reviewer, collection_officer, support_agent, data_officer,"
            " director, administrator, auditor."
        ),
    ] = "reviewer",
    begins: Annotated[
        datetime | None,
        typer.Option("--from", formats=DAY, help="Với post: ngày đầu; mặc định hôm nay."),
    ] = None,
    ends: Annotated[
        datetime | None,
        typer.Option("--until", formats=DAY, help="Với post: ngày cuối, tính cả ngày đó."),
    ] = None,
    post: Annotated[int | None, typer.Option(help="Với end: số của vị trí, xem ở list.")] = None,
    email: Annotated[str, typer.Option(help="Với add: e-mail công việc, dùng khi đã xác nhận.")] = "",
    why: Annotated[str, typer.Option(help="Với end: lý do, lưu trong lịch sử.")] = "",
) -> None:
    """Tài khoản và vị trí của cán bộ; đường vào cho người mất mật khẩu hoặc mất xác thực hai bước."""
    from vssid.cli import staffing

    match what:
        case "list":
            raise typer.Exit(staffing.show())
        case "add":
            raise typer.Exit(staffing.add(username, name=name, office=office, role=role, email=email))
        case "post":
            days = {"begins": begins and begins.date(), "ends": ends and ends.date()}
            raise typer.Exit(staffing.post(username, office=office, role=role, **days))
        case "end":
            raise typer.Exit(staffing.end(username, post_id=post, why=why))
        case "reset":
            raise typer.Exit(staffing.reset(username))
    raise typer.BadParameter("list, add, post, end, reset", param_hint="WHAT")


@app.command()
def cases(
    what: Annotated[
        str,
        typer.Argument(
            help="list: xem; make: tạo mẫu của người không có thật (--out); check: kiểm tra một thư mục mẫu;"
            " load: kiểm tra rồi nạp; drop: bỏ một mẫu."
        ),
    ] = "list",
    folder_or_name: Annotated[
        str, typer.Argument(metavar="[THƯ-MỤC|TÊN]", help="Với check, load: thư mục; với drop: tên mẫu.")
    ] = "",
    out: Annotated[Path | None, typer.Option(help="Với make: thư mục trống để ghi vào.")] = None,
) -> None:
    """Mẫu hồ sơ có sẵn đáp án, để biết cán bộ đối chiếu kỹ đến đâu."""
    from vssid.cli import known_cases

    folder = Path(folder_or_name)
    match what:
        case "list":
            raise typer.Exit(known_cases.show())
        case "make" if out is not None:
            raise typer.Exit(known_cases.make(out))
        case "check" | "load" if folder_or_name and folder.is_dir():
            raise typer.Exit(known_cases.check(folder, load=what == "load"))
        case "drop" if folder_or_name:
            raise typer.Exit(known_cases.drop(folder_or_name))
    raise typer.BadParameter(
        "list, make --out THƯ-MỤC, check THƯ-MỤC, load THƯ-MỤC, drop TÊN", param_hint="WHAT"
    )
