"""The file of several SMS gateways, VSSID_SMS_GATEWAYS_FILE: one table a gateway."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from vssid.config.env import BadSetting

NEEDED = {"send_url": str, "username": str, "password": str, "receipt_secret": str, "weight": int}
MAY = {"sender": str, "receipt_base": str}
_NAME = re.compile(r"[a-z][a-z0-9-]{1,19}")
Table = dict[str, Any]


def read(path: str) -> dict[str, Table]:
    """Every gateway by its name; none without a file. Raises BadSetting and says what is wrong."""
    if not path:
        return {}
    try:
        tables = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _bad(f"{path}: {type(error).__name__}") from None
    for name, table in tables.items():
        if said := _wrong(name, table):
            raise _bad(f"[{name}] {said}")
    secrets = [table["receipt_secret"] for table in tables.values()]
    if not tables or sum(table["weight"] for table in tables.values()) != 100:
        raise _bad("tổng weight phải là 100")
    # Whoever runs one gateway must not be able to speak for another.
    if len(set(secrets)) < len(secrets):
        raise _bad("receipt_secret của mỗi cổng phải khác nhau")
    return tables


def _wrong(name: str, table: Any) -> str:
    """What is wrong with one gateway, or nothing."""
    if not _NAME.fullmatch(name):
        return "tên chỉ gồm a-z, 0-9, gạch nối; 2 đến 20 ký tự"
    if not isinstance(table, dict) or (unknown := table.keys() - NEEDED.keys() - MAY.keys()):
        return f"không hiểu: {', '.join(sorted(unknown)) if isinstance(table, dict) else name}"
    for key, kind in (NEEDED | MAY).items():
        if (key in table or key in NEEDED) and type(table.get(key)) is not kind:
            return f"thiếu hoặc sai {key}"
    if not 1 <= table["weight"] <= 100:
        return "weight phải từ 1 đến 100"
    return "receipt_secret phải có ít nhất 32 ký tự" if len(table["receipt_secret"]) < 32 else ""


def _bad(said: str) -> BadSetting:
    return BadSetting(f"VSSID_SMS_GATEWAYS_FILE: {said}. Xem docs/operations/settings.md.")
