"""`./vssid check`: the configuration, the proof that the audit chain is whole, a signed card."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from vssid.cli import boot

from . import audit

console = Console()
PLACES = {
    "phone": "số điện thoại",
    "email": "địa chỉ e-mail",
    "login": "tên đăng nhập",
    "trusted": "người tin cậy",
}


def run(
    what: str,
    *,
    keys: Path | None = None,
    anchors: Sequence[Path] = (),
    file: Path | None = None,
    accept_loss: str = "",
) -> int:
    """0 when all is well, 1 when something is broken, 2 when the question is unknown."""
    if what == "card":
        from . import card

        return card.run(keys)
    boot.django()
    if what == "audit":
        return audit.of_file(file) if file else audit.run(anchors, accept_loss=accept_loss)
    if what == "sealed":
        return _sealed()
    if what == "worker":
        from vssid.cli import database

        database.ready()
        return _workers()
    if what == "":
        return _configuration()
    console.print(
        f"Không có phép kiểm tra “{what}”; hãy dùng `check`, `check audit`, `check card`, `check sealed` hoặc"
        " `check worker`."
    )
    return 2


def _sealed() -> int:
    """Every sealed value that is bound to its row is opened there; may take long."""
    from vssid.cli import database
    from vssid.domain.vault import binding

    database.ready()
    misplaced = 0
    for place in binding.misplaced():
        console.print(f"Không mở được tại dòng của nó: {place}", markup=False, soft_wrap=True)
        misplaced += 1
    left = binding.left()
    if left:
        console.print(
            f"Còn {left} giá trị chưa gắn với dòng của nó; hãy chạy ./vssid vault rewrap.", soft_wrap=True
        )
    if not misplaced:
        console.print("Mọi giá trị niêm phong đã gắn với dòng đều mở được tại dòng của nó.", soft_wrap=True)
    return max(_older_rows(), _older(), 1 if misplaced else 0)


def _older_rows() -> int:
    """Is each person's row of the register the one that its history leads to?"""
    from vssid.domain.participants.people import older_rows

    count = 0
    for person_id in older_rows.older():
        console.print(
            f"Không phải dòng mới nhất theo lịch sử: participants_person {person_id}", soft_wrap=True
        )
        count += 1
    if not count:
        console.print("Mọi dòng về người trong sổ đăng ký đều khớp với lịch sử của nó.", soft_wrap=True)
    return 1 if count else 0


def _older() -> int:
    """Is what decides who gets a code what the log says was put there last?"""
    from rich.progress import Progress

    from vssid.domain.accounts.contacts import older_values

    with Progress(console=console) as progress:
        task = progress.add_task("So tài khoản với nhật ký", total=older_values.count())
        comparison = older_values.look(telling=False, tell=lambda done: progress.update(task, completed=done))
    for person_id, place in comparison.older:
        console.print(
            f"Không phải giá trị mới nhất theo nhật ký: tài khoản {person_id}, {PLACES[place]}",
            markup=False,
            soft_wrap=True,
        )
    if comparison.untold:
        console.print(
            f"Còn {comparison.untold} giá trị mà nhật ký chưa ghi dấu; hãy chạy ./vssid vault tell.",
            soft_wrap=True,
        )
    if not comparison.older:
        console.print("Mọi giá trị đã có dấu trong nhật ký đều là giá trị mới nhất.", soft_wrap=True)
    return 1 if comparison.older else 0


def _configuration() -> int:
    from django.core.management import call_command
    from django.core.management.base import SystemCheckError

    from vssid.cli import database
    from vssid.cli.migrating import is_migrated

    from . import proving

    database.ready()
    try:
        call_command("check", databases=["default"])
    except SystemCheckError as error:
        console.print(str(error), markup=False)
        return 1
    if not is_migrated():
        console.print("Cơ sở dữ liệu chưa đủ bản cập nhật; hãy chạy `./vssid migrate`.")
        return 1
    console.print("Cơ sở dữ liệu đủ bản cập nhật.")
    faults = proving.faults()
    _installation()
    for fault in faults:
        console.print(fault, markup=False, soft_wrap=True)
    if not faults:
        console.print(
            "Khóa, kho tệp, thư mục dữ liệu, đồng hồ, tệp tĩnh, cổng tin nhắn, thư và thông báo đẩy "
            "đều dùng được.",
            soft_wrap=True,
        )
    _say_who_owns()
    _say_change_of_keys()
    _say_clock_faults()
    _workers()  # told only: a check before the first start finds none
    return 1 if faults else 0


def _say_change_of_keys() -> None:
    """How far a change of fingerprint keys is; told only."""
    from vssid.cli.keys import refingerprinting
    from vssid.domain.vault.prints import changing
    from vssid.infra.database import clock

    if not changing.is_settled():
        standing = changing.standing(now=clock.of_database())
        console.print(refingerprinting.sentence(standing), markup=False, soft_wrap=True)


def _say_clock_faults() -> None:
    from vssid.domain.audit import clock_faults

    if count := clock_faults.lately():
        console.print(
            f"Lưu ý: trong 24 giờ qua có {count} lần một worker ngừng nhận việc vì đồng hồ của nó"
            " lệch so với cơ sở dữ liệu; hãy xem clock_disagrees trong nhật ký của nó.",
            soft_wrap=True,
        )


def _say_who_owns() -> None:
    from vssid.infra.database import rights

    if rights.could_change_the_log():
        console.print(
            f"Lưu ý: người dùng {rights.user()} của cơ sở dữ liệu sở hữu các bảng, nên sửa được cả nhật ký;"
            " docs/operations/database.md chỉ cách dùng hai người dùng.",
            soft_wrap=True,
        )


def _installation() -> None:
    from vssid.domain.installation import standing

    installation = standing.now()
    if not installation.is_halted:
        console.print(
            f"Bản cài đặt: {installation.uid or 'chưa dùng'}; đây là hệ thống chính thức.", soft_wrap=True
        )


def _workers() -> int:
    from vssid.infra.queue import standing

    workers = standing.workers()
    if workers.alive:
        console.print(f"Số tiến trình xử lý công việc (worker) đang chạy: {workers.alive}.")
        return 0
    console.print("Không có worker nào đang chạy; tin nhắn và công việc chờ. Hãy chạy `./vssid worker`.")
    return 1
