"""`./vssid adopt`: a copy is told what it would send, and let go when an operator says so (docs/adr/0013)."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.table import Table

from . import boot, database

if TYPE_CHECKING:
    from vssid.domain.installation.standing import Standing
    from vssid.domain.notifications.outbox.waiting import Waiting

console = Console(markup=False, highlight=False)
SEE = " Xem docs/operations/backup.md."
WHY = {
    "moved": "ĐÂY LÀ BẢN SAO, không phải hệ thống chính thức: cơ sở dữ liệu được khôi phục từ nơi khác.",
    "strange": "ĐÂY LÀ BẢN SAO, không phải hệ thống chính thức: thư mục dữ liệu (VSSID_DATA) của máy này"
    " không thuộc về cơ sở dữ liệu.",
    "unprepared": "Cơ sở dữ liệu chưa đủ bản cập nhật.",
}
HELD = " Không tin nhắn, thư hay thông báo đẩy nào được gửi, mọi công việc chờ."
WHAT_NEXT = {
    "moved": " Khi bản này thay thế bản gốc: `./vssid adopt`.",
    "strange": " Khi bản này thay thế bản gốc: `./vssid adopt`. Khi đây là thêm một máy của hệ thống đang"
    " chạy: `./vssid adopt --join`, hoặc đặt VSSID_INSTALLATION={uid}.",
    "unprepared": " Hãy chạy `./vssid migrate`.",
}


def sentence(installation: Standing) -> str:
    """Why everything is held and what to do; empty when nothing is."""
    if not installation.is_halted:
        return ""
    state = installation.state.value
    return WHY[state] + HELD + WHAT_NEXT[state].format(uid=installation.uid) + SEE


def tell_at_start() -> None:
    """Make a new installation known; of a copy say on standard error that it is one."""
    from django.utils import timezone

    from vssid.domain.installation import actions as installation

    if said := sentence(installation.begin(now=timezone.now())):
        print(said, file=sys.stderr, flush=True)


def run(*, join: bool, older: int, yes: bool) -> int:
    """Adopt or join; 0 when done or not needed, 1 when refused or not agreed to. `older` is in hours."""
    boot.django()
    database.ready()
    from vssid.domain.installation import standing

    installation = standing.now()
    if installation.state is standing.State.UNPREPARED:
        return _say(sentence(installation), 1)
    if not installation.is_halted:
        return _say(
            f"Không có gì phải nhận: đây là hệ thống chính thức ({installation.uid or 'chưa dùng'}).", 0
        )
    return _join() if join else _adopt(installation, older, yes)


def _join() -> int:
    from django.utils import timezone

    from vssid.domain.installation import actions as installation
    from vssid.domain.installation.errors import NotThere

    try:
        uid = installation.join(now=timezone.now())
    except NotThere:
        return _say(
            "Không nhận: cơ sở dữ liệu này là bản sao, không phải hệ thống đang chạy."
            " Hãy dùng `./vssid adopt`.",
            1,
        )
    return _say(f"Máy này thuộc hệ thống {uid}. Tiến trình đang chạy tiếp tục trong vài giây.", 0)


def _adopt(installation: Standing, older: int, yes: bool) -> int:
    from django.utils import timezone

    now = timezone.now()
    before = now - timedelta(hours=older)
    console.print(sentence(installation), soft_wrap=True)
    if installation.state.value == "strange":
        _warn_of_others()
    old = _show(before, older, now)
    if not (yes or _agreed()):
        return _say("Chưa nhận; mọi thứ vẫn được giữ lại.", 1)
    return _let_go(before if old else None, now)


def _show(before: datetime, older: int, now: datetime) -> int:
    """Tell what waits; returns how many messages are proposed to be dropped."""
    from vssid.domain.notifications.outbox import waiting
    from vssid.infra.queue import standing

    rows = waiting.waiting(before=before, now=now)
    console.print(_messages(rows, now))
    jobs = standing.waiting()
    console.print("Công việc chờ: " + (", ".join(f"{n} × {task}" for task, n in jobs) or "không có") + ".")
    count, old = sum(row.count for row in rows), sum(row.old for row in rows)
    console.print(
        f"Sẽ gửi {count - old} tin. Sẽ bỏ {old} tin tạo trước đây hơn {older} giờ: bản gốc hẳn đã gửi"
        " (đổi bằng --older GIỜ; 0 là bỏ tất cả)."
    )
    return old


def _messages(rows: list[Waiting], now: datetime) -> Table:
    table = Table("Loại tin", "Kênh", "Chờ gửi", "Trong đó sẽ bỏ", "Cũ nhất (giờ)", title="Tin đang chờ gửi")
    for row in rows:
        hours = (now - row.oldest).total_seconds() / 3600
        table.add_row(row.kind, row.channel, str(row.count), str(row.old), f"{hours:.1f}")
    return table


def _warn_of_others() -> None:
    from vssid.infra.queue import standing

    if alive := standing.workers().alive:
        console.print(
            f"Chú ý: {alive} worker đang chạy trên cơ sở dữ liệu này. Nếu đó là hệ thống đang chạy, hãy dùng"
            " `./vssid adopt --join`: nhận ở đây làm các máy khác bị giữ lại.",
            soft_wrap=True,
        )


def _agreed() -> bool:
    if not sys.stdin.isatty():
        console.print("Chưa có ai đồng ý: hãy chạy ở cửa sổ lệnh, hoặc thêm --yes.")
        return False
    return typer.confirm("Nhận bản này làm hệ thống chính thức và gửi như trên?", default=False)


def _let_go(before: datetime | None, now: datetime) -> int:
    from vssid.domain.installation import actions as installation
    from vssid.domain.installation.errors import StillTheOriginals
    from vssid.domain.notifications.outbox import waiting

    try:
        installation.may_adopt()
    except StillTheOriginals:
        return _say(
            "Không nhận: VSSID_INSTALLATION vẫn là số của bản gốc. Hãy đặt một số mới (`uuidgen`) trên mọi"
            " máy của hệ thống này rồi chạy lại.",
            1,
        )
    dropped = waiting.drop(before=before, now=now) if before else 0
    uid = installation.adopt(now=now)
    console.print(f"Đã bỏ {dropped} tin. Đây là hệ thống chính thức {uid}; mọi việc tiếp tục trong vài giây.")
    return _say(
        "Trên mỗi máy khác có thư mục dữ liệu riêng: `./vssid adopt --join`, hoặc đặt VSSID_INSTALLATION.", 0
    )


def _say(words: str, status: int) -> int:
    console.print(words, soft_wrap=True)
    return status
