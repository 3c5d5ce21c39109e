"""`./vssid vault refingerprint` and `new-key`, and what a start says of the fingerprint keys."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from vssid.domain.vault.prints.changing import Standing

console = Console(markup=False, highlight=False, soft_wrap=True)
SEE = " Xem docs/operations/keys.md."
WORDS = {
    "fingerprint_key_missing": "VSSID_FINGERPRINT_KEYS thiếu khóa {name}, mà dữ liệu còn mang dấu vân tay của"
    " nó; hãy thêm lại khóa đó, và chỉ bỏ khi `./vssid vault refingerprint` nói là được.",
    "fingerprint_key_not_prepared": "VSSID_FINGERPRINT_KEYS: khóa đầu {name} là khóa mới, sổ chưa mang dấu"
    " vân tay của nó; hãy đặt nó sau khóa cũ, khởi động lại mọi tiến trình, chạy"
    " `./vssid vault refingerprint` rồi mới đặt lên đầu.",
    "fingerprint_key_not_marked": "VSSID_FINGERPRINT_KEYS: khóa thêm {name} phải có dạng tên:mark:base64; hãy"
    " tạo bằng `./vssid vault new-key --name {name}`.",
}
_LOGINS = "accounts_login_name"


def new_key(name: str) -> int:
    """Print a key for VSSID_FINGERPRINT_KEYS; 2 without a name for it."""
    from vssid.infra import keys

    if not name or len(name) > 40 or set(name) & set(":, "):
        console.print("Hãy cho biết tên của khóa, ví dụ: ./vssid vault new-key --name f2")
        return 2
    console.print(keys.new_key_text(name, marked=True))
    return 0


def run(*, forget_names: bool) -> int:
    """0 when all that can be done now is done, 1 when something is lacking."""
    from rich.progress import Progress

    from vssid.domain.accounts import fingerprints as accounts
    from vssid.domain.vault.prints import changing
    from vssid.infra.database import clock

    note()
    now = clock.of_database()
    if changing.is_settled():
        console.print("Chỉ có một khóa dấu vân tay, không có gì để tính lại.")
        return 0
    before = {remainder.name: remainder.count for remainder in changing.standing(now=now).left}
    if forget_names:
        console.print(f"Đã bỏ {accounts.forget_unknown_names()} tên đăng nhập bằng số giấy tờ sổ không có.")
    with Progress(console=console) as progress:
        bars = {name: progress.add_task(name, total=count) for name, count in before.items()}

        def tell(name: str, done: int) -> None:
            if name in bars:
                progress.update(bars[name], completed=done)

        done = changing.change(now=now, tell=tell)
    console.print(f"Đã tính lại hoặc bỏ {done} dấu vân tay.")
    return _tell(changing.standing(now=now))


def _tell(standing: Standing) -> int:
    if standing.left:
        table = Table("Bảng", "Còn", "Tự hết lúc")
        for remainder in standing.left:
            table.add_row(remainder.name, str(remainder.count), _moment(remainder.until))
        console.print(table)
    console.print(sentence(standing))
    lacks = standing.led and any(remainder.until is None for remainder in standing.left)
    return 1 if standing.unprepared or lacks else 0


def sentence(standing: Standing) -> str:
    """What to do next."""
    others = ", ".join(standing.others)
    if not standing.others:
        return "Không còn gì mang khóa khác: việc đổi khóa đã xong."
    if standing.unprepared:
        return f"Sổ chưa đủ dấu vân tay của khóa {others}; hãy chạy lại ./vssid vault refingerprint."
    if not standing.led:
        return (
            f"Sổ đã đủ dấu vân tay của khóa {others}: hãy đặt khóa đó lên đầu VSSID_FINGERPRINT_KEYS,"
            " khởi động lại mọi tiến trình rồi chạy lại ./vssid vault refingerprint."
        )
    if set(standing.freed) == set(standing.others):
        return (
            f"Không còn gì cần khóa {others}: có thể bỏ khỏi VSSID_FINGERPRINT_KEYS rồi khởi động lại mọi"
            " tiến trình."
        )
    waits = [remainder.until for remainder in standing.left if remainder.until is not None]
    if waits and len(waits) == len(standing.left):
        return f"Hãy giữ khóa {others} đến {_moment(max(waits))} rồi chạy lại ./vssid vault refingerprint."
    if [remainder.name for remainder in standing.left if remainder.until is None] == [_LOGINS]:
        return (
            f"Một số tên đăng nhập bằng số giấy tờ không có trong sổ: hãy giữ khóa {others} đến khi chủ của"
            " chúng đăng nhập, hoặc bỏ chúng: ./vssid vault refingerprint --forget-names."
        )
    return f"Vẫn cần khóa {others}; hãy chạy lại ./vssid vault refingerprint."


def _moment(value: datetime | None) -> str:
    from django.utils import timezone

    return f"{timezone.localtime(value):%H:%M %d/%m/%Y}" if value else ""


class Refused(Exception):
    """These fingerprint keys cannot be used; the sentence that says why."""


def note() -> None:
    """Note the keys of the settings, or end the process with a sentence; not before the first `migrate`."""
    from vssid.cli.migrating import is_migrated

    if is_migrated() and (said := refused(noting=True)):
        raise SystemExit(said)


def must_fit() -> None:
    """As `note`, for a thread: raises Refused."""
    from vssid.cli.migrating import is_migrated

    if is_migrated() and (said := refused(noting=True)):
        raise Refused(said)


def refused(*, noting: bool) -> str:
    """Why these fingerprint keys cannot be used; nothing when they can, and then they may be noted."""
    from vssid.domain.vault.prints import known
    from vssid.infra.database import clock

    try:
        if noting:
            known.note(now=clock.of_database())
        else:
            known.check()
    except (known.KeyMissing, known.NotPrepared, known.NotMarked) as error:
        return WORDS[error.code].format(name=error.facts["name"]) + SEE
    return ""
