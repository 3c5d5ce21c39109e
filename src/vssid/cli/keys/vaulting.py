"""`./vssid vault`: the keys that protect data; who has the server's secrets may tend them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from rich.console import Console
from rich.table import Table

from vssid.cli import boot

from . import refingerprinting

console = Console(markup=False, highlight=False, soft_wrap=True)


def run(
    what: str,
    *,
    subjects: Sequence[int],
    since: datetime | None,
    name: str = "",
    forget_names: bool = False,
) -> int:
    """0 when done, 1 when something was not possible, 2 when the command is unknown."""
    boot.django()
    from vssid.cli import database
    from vssid.infra import keys

    database.ready()
    try:
        return _run(what, subjects=subjects, since=since, name=name, forget_names=forget_names)
    except KeyboardInterrupt:
        console.print("Đã dừng; chạy lại lệnh này để làm tiếp.")
    except keys.CannotOpen:
        console.print("VSSID_MASTER_KEYS thiếu khóa đã bọc một số khóa dữ liệu; hãy thêm lại khóa cũ.")
    return 1


def _run(what: str, *, subjects: Sequence[int], since: datetime | None, name: str, forget_names: bool) -> int:
    match what:
        case "erased":
            return _erased()
        case "take-back":
            return _take_back(subjects, since)
        case "rewrap":
            return _rewrap()
        case "seal":
            return _seal()
        case "tell":
            return _tell()
        case "refingerprint":
            return refingerprinting.run(forget_names=forget_names)
        case "new-key":
            return refingerprinting.new_key(name)
    console.print(f"Không có lệnh “{what}”: erased, take-back, rewrap, seal, tell, refingerprint, new-key.")
    return 2


def _rewrap() -> int:
    from rich.progress import Progress

    from vssid.domain.vault import rewrapping

    with Progress(console=console) as progress:
        task = progress.add_task("Bọc lại khóa dữ liệu", total=rewrapping.left())
        done = rewrapping.rewrap(tell=lambda done: progress.update(task, completed=done))
    left = rewrapping.left()
    console.print(f"Đã bọc lại {done} khóa dữ liệu bằng khóa chính mới nhất.")
    if left:
        console.print(f"Còn {left} khóa đang chờ hủy hẳn do khóa cũ bọc: hãy giữ khóa cũ thêm một ngày.")
    else:
        console.print("Không còn gì cần khóa chính cũ: có thể bỏ khóa cũ khỏi VSSID_MASTER_KEYS.")
    return _bind()


def _bind() -> int:
    from django.conf import settings

    from vssid.domain.vault import binding
    from vssid.infra import keys

    if settings.SEALS == "old":
        console.print("VSSID_SEALS=old: chưa gắn giá trị niêm phong với dòng của nó.")
        return 0
    try:
        done = binding.bind()
    except keys.CannotOpen:
        console.print("Có giá trị niêm phong không mở được tại dòng của nó; hãy chạy ./vssid check.")
        return 1
    console.print(f"Đã gắn {done} giá trị niêm phong với dòng của nó; còn {binding.left()}.")
    return 0


def _seal() -> int:
    from rich.progress import Progress

    from vssid.domain.accounts import login_names
    from vssid.domain.participants import unsealed
    from vssid.domain.registration import code_keys

    few = (login_names, code_keys)  # what hangs on codes of twelve digits
    with Progress(console=console) as progress:
        total = unsealed.left() + sum(module.plain_left() for module in few)
        task = progress.add_task("Niêm phong dữ liệu còn để rõ", total=total)
        done = unsealed.seal(tell=lambda done: progress.update(task, completed=done))
        done += sum(module.seal_plain() for module in few)
        progress.update(task, completed=done)
    console.print(f"Đã niêm phong {done} dòng.")
    if left := unsealed.left():
        console.print(f"Còn {left} dòng của người có khóa đang chờ hủy hẳn; sẽ xong sau một ngày.")
    return 0


def _tell() -> int:
    from rich.progress import Progress

    from vssid.domain.accounts.contacts import older_values

    with Progress(console=console) as progress:
        task = progress.add_task("Ghi dấu vào nhật ký", total=older_values.count())
        comparison = older_values.look(telling=True, tell=lambda done: progress.update(task, completed=done))
    console.print(f"Đã ghi dấu của {comparison.told} giá trị vào nhật ký.")
    if comparison.older:
        console.print("Có giá trị không phải là giá trị mới nhất; hãy chạy ./vssid check sealed.")
    return 1 if comparison.older else 0


def _erased() -> int:
    from vssid.domain.vault import erasing

    table = Table("Đối tượng", "Bỏ lúc", "Hủy hẳn lúc", "Lấy lại được")
    for key in erasing.waiting():
        table.add_row(
            str(key.subject_id),
            _moment(key.erased_at),
            _moment(key.destroyed_at),
            "không, đã có khóa mới" if key.is_replaced else "được",
        )
    console.print(table)
    return 0


def _take_back(subjects: Sequence[int], since: datetime | None) -> int:
    from vssid.domain.vault import erasing
    from vssid.kernel.calendar import VIETNAM

    if not subjects and since is None:
        console.print("Hãy cho biết đối tượng nào, hoặc từ lúc nào: --since 2026-11-29T02:00.")
        return 2
    chosen = list(subjects)
    if since is not None:
        chosen += [key.subject_id for key in erasing.waiting(since=since.replace(tzinfo=VIETNAM))]
    taken = [subject for subject in dict.fromkeys(chosen) if _take_one_back(subject)]
    lost = sorted(set(chosen) - set(taken))
    console.print(f"Đã lấy lại {len(taken)} khóa.")
    if lost:
        console.print(f"Không lấy lại được (đã hủy hẳn hoặc đã có khóa mới): {', '.join(map(str, lost))}.")
    return 1 if lost else 0


def _take_one_back(subject_id: int) -> bool:
    from django.db import transaction

    from vssid.domain.audit import actions as audit
    from vssid.domain.vault import erasing
    from vssid.infra.database import clock
    from vssid.kernel.actor import SYSTEM

    with transaction.atomic():
        taken = erasing.take_back(subject_id)
        if taken:
            audit.record("vault.key_taken_back", subject=subject_id, by=SYSTEM, now=clock.of_database())
    return taken


def _moment(value: datetime) -> str:
    from django.utils import timezone

    return f"{timezone.localtime(value):%H:%M:%S %d/%m/%Y}"
