"""`./vssid check audit`: the log is whole, by its hashes, its marks and the anchors kept outside."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

if TYPE_CHECKING:
    from vssid.domain.audit.verify import Report

MOST_TOLD = 20
console = Console(markup=False, highlight=False, soft_wrap=True)


def run(copies: Sequence[Path], *, accept_loss: str) -> int:
    """0 when the log is whole, 1 when it is not. `copies`: files of anchors kept elsewhere."""
    from django.utils import timezone

    from vssid.domain.audit import anchors, losses, verify

    now = timezone.now()
    known = anchors.kept(copies)
    report = verify.verify_chain(known, now=now)
    if accept_loss and report.contradicted:
        losses.accept(report.contradicting, accept_loss, now=now)
        report = verify.verify_chain(known, now=now)
    return _say(report)


def of_file(path: Path) -> int:
    """0 when a file of events is what was written and the log says the same, 1 when it is not."""
    from vssid.domain.audit import files

    report = files.checked(path.read_bytes())
    if report.broken:
        console.print(f"Tệp nhật ký HỎNG: {'; '.join(report.broken[:MOST_TOLD])} (đã đọc {report.events}).")
        return 1
    console.print(f"Tệp nhật ký nguyên vẹn: {report.events} sự kiện, đúng và đủ so với nhật ký.")
    return 0


def _say(report: Report) -> int:
    for line in report.told:
        console.print(f"Lưu ý: {line}.")
    if report.broken:
        console.print(f"Chuỗi nhật ký HỎNG tại: {', '.join(report.broken)} (đã đọc {report.events}).")
        return 1
    console.print(f"Chuỗi nhật ký nguyên vẹn: {report.events} sự kiện, khớp {report.anchors} mốc neo.")
    if report.unmarked:
        console.print(f"{report.unmarked} sự kiện có từ trước khi nhật ký có mã xác thực.")
    if not report.anchors:
        console.print("Chưa có mốc neo nào: worker ghi một mốc mỗi đêm.")
    return 0
