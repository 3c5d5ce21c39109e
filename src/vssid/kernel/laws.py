"""Short forms of legal texts of dated data: `NĐ 188/2025/NĐ-CP Đ21`, `Law 41/2024/QH15 Đ34(4)`."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Kind → its Vietnamese name, as official papers write it.
KINDS = {
    "Law": "Luật",
    "NĐ": "Nghị định",
    "NQ": "Nghị quyết",
    "TT": "Thông tư",
    "QĐ": "Quyết định",
    "CV": "Công văn",
}
_TEXT = re.compile(rf"({'|'.join(KINDS)}) (\S+)(?: Đ(\d+)(?:\((\d+)\))?)?")


@dataclass(frozen=True, slots=True)
class Text:
    """A legal text, and the article and clause that is meant, empty where it is the whole."""

    kind: str
    number: str
    article: str
    clause: str

    def in_vietnamese(self) -> str:
        """As official papers name it: `Nghị định 188/2025/NĐ-CP`, without article."""
        return f"{KINDS[self.kind]} {self.number}"


def read(short: str) -> Text | None:
    """A short form; None for another one."""
    match = _TEXT.fullmatch(short.strip())
    return Text(*(part or "" for part in match.groups())) if match else None
