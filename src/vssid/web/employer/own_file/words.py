"""What HR reads of its file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.domain.employers.models.own_file import OwnFile
from vssid.domain.employers.own_file.columns import IMPORTER
from vssid.domain.imports.check import messages
from vssid.domain.imports.errors import BadFile

State = OwnFile.State
STATES: Mapping[str, tuple[Any, str]] = {
    State.READING: (gettext_lazy("Đang đọc"), "plain"),
    State.SHOWN: (gettext_lazy("Chờ xác nhận"), "warn"),
    State.TAKEN: (gettext_lazy("Đang dùng"), "good"),
    State.REFUSED: (gettext_lazy("Không đọc được"), "bad"),
    State.DROPPED: (gettext_lazy("Đã bỏ"), "plain"),
    State.REPLACED: (gettext_lazy("Đã thay bằng tệp mới"), "plain"),
}
PASS_OVER = "-"


def refusal(row: OwnFile) -> str:
    """Why a file could not be read, and what to do."""
    lacking: dict[str, Any] = {"lacking": [], "twice": [], "expected": [], "unknown": []}
    return messages.file_sentence(BadFile(**{**lacking, **row.refusal}), IMPORTER)


def columns() -> list[tuple[str, Any]]:
    """What a heading may mean."""
    return [(PASS_OVER, _("Không dùng")), *((c.name, IMPORTER.called(c.name)) for c in IMPORTER.columns)]


def headings(row: OwnFile) -> list[tuple[str, str]]:
    """Each heading that was another word for its column, and that column; PASS_OVER for none."""
    parted = (line.rpartition(" → ") for line in row.headings.splitlines())
    return [(said, name or PASS_OVER) for said, _arrow, name in parted]
