"""`./vssid keys`: the keys that sign cards; who has the server's secrets may change them."""

from __future__ import annotations

from datetime import datetime

from rich.console import Console
from rich.table import Table

from vssid.cli import boot

console = Console(markup=False, highlight=False)
WORDS = {"announced": "đã công bố", "signing": "đang ký", "retired": "đã ngừng dùng"}
REFUSED = {
    "key_already_announced": "Đã có khoá {kid} đang chờ; khoá này bắt đầu ký từ {signs_from}.",
    "no_key_announced": "Chưa công bố khoá nào: hãy chạy `./vssid keys announce` trước.",
    "key_announced_too_recently": "Khoá {kid} bắt đầu ký từ {signs_from}; cần dùng ngay thì thêm --early.",
    "unknown_key": "Không có khoá nào mang mã “{kid}”.",
}


def run(what: str, *, kid: str, early: bool) -> int:
    """0 when done, 1 when a rule said no, 2 when the command is unknown."""
    boot.django()
    from django.utils import timezone

    from vssid.domain.cards import actions
    from vssid.kernel.actor import SYSTEM
    from vssid.kernel.errors import DomainError

    now = timezone.now()
    try:
        match what:
            case "announce":
                actions.announce_key(by=SYSTEM, now=now)
            case "switch":
                actions.switch_key(by=SYSTEM, now=now, early=early)
            case "withdraw":
                actions.withdraw_key(kid, by=SYSTEM, now=now)
            case "list":
                pass
            case _:
                console.print(f"Không có lệnh “{what}”: list, announce, switch, withdraw.")
                return 2
    except DomainError as error:
        facts = {name: _moment(value) for name, value in error.facts.items()}
        console.print(REFUSED[error.code].format(**facts))
        return 1
    _list(now)
    return 0


def _list(now: datetime) -> None:
    from vssid.domain.cards import signing

    table = Table("Mã khoá", "Trạng thái", "Ký từ", "Rút khỏi danh sách")
    for key in signing.published(now=now).keys:
        ends = _moment(key.valid_to) if key.valid_to else ""
        table.add_row(key.point.kid.hex(), WORDS[key.status], _moment(key.valid_from), ends)
    console.print(table)


def _moment(value: object) -> str:
    from django.utils import timezone

    return f"{timezone.localtime(value):%H:%M %d/%m/%Y}" if isinstance(value, datetime) else str(value)
