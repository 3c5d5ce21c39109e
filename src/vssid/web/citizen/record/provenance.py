"""Where a row of the register came from, in words for its owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ObjectDoesNotExist
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vssid.domain.imports import queries as imports

# Senders that the program itself names, in words.
SENDERS: dict[str, str | Promise] = {
    "demo": _("Dữ liệu mẫu của bản trình diễn, không có thật"),
    "cli": _("Quản trị hệ thống"),
}


@dataclass(frozen=True, slots=True)
class Origin:
    """The import run that wrote the row, who sent it, and when the row was last written."""

    run_id: int
    sender: str
    written_at: datetime

    @property
    def source(self) -> str:
        """The sender, in words."""
        return str(SENDERS.get(self.sender, self.sender))


def of(run_id: int, written_at: datetime) -> Origin:
    """The origin of a row; a run whose report is gone has no sender."""
    try:
        sender = imports.report(run_id).sender
    except ObjectDoesNotExist:
        sender = ""
    return Origin(run_id, sender, written_at)
