"""`./vssid check`: the configuration, the proof that the audit chain is whole, a signed card."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from . import boot

console = Console()


def run(what: str, *, keys: Path | None = None) -> int:
    """0 when all is well, 1 when something is broken, 2 when the question is unknown."""
    if what == "card":
        from . import checking_card

        return checking_card.run(keys)
    boot.django()
    if what == "audit":
        return _audit()
    if what == "":
        return _configuration()
    console.print(f"Không có phép kiểm tra “{what}”; hãy dùng `check`, `check audit` hoặc `check card`.")
    return 2


def _audit() -> int:
    from vssid.domain.audit import verify

    report = verify.verify_chain()
    if report.broken:
        console.print(
            f"Chuỗi nhật ký HỎNG tại: {', '.join(map(str, report.broken))} (đã đọc {report.events})."
        )
        return 1
    console.print(f"Chuỗi nhật ký nguyên vẹn: {report.events} sự kiện.")
    return 0


def _configuration() -> int:
    from django.core.management import call_command
    from django.core.management.base import SystemCheckError

    from .migrating import is_migrated

    try:
        call_command("check", databases=["default"])
    except SystemCheckError as error:
        console.print(str(error), markup=False)
        return 1
    if not is_migrated():
        console.print("Cơ sở dữ liệu chưa đủ bản cập nhật; hãy chạy `./vssid migrate`.")
        return 1
    console.print("Cơ sở dữ liệu đủ bản cập nhật.")
    return 0
