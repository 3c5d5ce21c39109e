"""Read settings from the environment; say what to do when one is missing or odd."""

from __future__ import annotations

import base64
import os
import re
from uuid import UUID


class BadSetting(SystemExit):
    """A setting is missing or odd; the text says which and what to do."""


def text(name: str, default: str | None = None) -> str:
    """A text setting. Without a default it must be given."""
    value = os.environ.get(name, default)
    if value is None:
        raise BadSetting(f"Thiếu biến môi trường {name}. Xem docs/operations/settings.md.")
    return value


def integer(name: str, default: int, *, least: int, most: int) -> int:
    """A whole number that makes sense: from `least` to `most`."""
    raw = os.environ.get(name)
    if raw is None:
        return default
    if not re.fullmatch(r"-?[0-9]{1,18}", raw):
        raise BadSetting(f"{name} phải là số nguyên. Xem docs/operations/settings.md.")
    if not least <= int(raw) <= most:
        raise BadSetting(
            f"{name} phải từ {least} đến {most}, đang đặt là {raw}. Xem docs/operations/settings.md."
        )
    return int(raw)


def uuid(name: str) -> UUID | None:
    """A UUID, or None when nothing is given."""
    raw = text(name, "").strip()
    try:
        return UUID(raw) if raw else None
    except ValueError:
        raise BadSetting(
            f"{name} phải là một UUID, như `./vssid check` hiện. Xem docs/operations/settings.md."
        ) from None


def boolean(name: str, *, default: bool = False) -> bool:
    """1/0, true/false, yes/no."""
    raw = os.environ.get(name)
    if raw is None:
        return default
    if raw.lower() in {"1", "true", "yes"}:
        return True
    if raw.lower() in {"0", "false", "no", ""}:
        return False
    raise BadSetting(f"{name} phải là 1 hoặc 0. Xem docs/operations/settings.md.")


def choice(name: str, default: str, among: tuple[str, ...]) -> str:
    """One of a few words."""
    value = text(name, default)
    if value not in among:
        raise BadSetting(f"{name} phải là một trong: {', '.join(among)}. Xem docs/operations/settings.md.")
    return value


def listing(name: str, default: str = "") -> list[str]:
    """A comma-separated list without empty items."""
    return [item.strip() for item in text(name, default).split(",") if item.strip()]


def numbers(name: str, *, most: int) -> dict[str, int]:
    """Comma-separated `name:number` pairs of whole numbers from 1 to `most`."""
    pairs = {}
    for item in listing(name):
        key, _, raw = item.partition(":")
        if not (key and raw.isascii() and raw.isdigit() and int(raw)):
            raise BadSetting(f"{name} phải có dạng tên:số,tên:số. Xem docs/operations/settings.md.")
        if int(raw) > most:
            raise BadSetting(f"{name}: {item} phải từ 1 đến {most}. Xem docs/operations/settings.md.")
        pairs[key] = int(raw)
    return pairs


def secret(name: str) -> str:
    """A secret of at least 32 characters, without a default."""
    value = text(name)
    if len(value) < 32:
        raise BadSetting(f"{name} phải có ít nhất 32 ký tự. Xem docs/operations/settings.md.")
    return value


def keys(name: str, *, marked: bool = False) -> list[str]:
    """Keys as `id:base64 of 32 bytes`, newest first, comma-separated; never repeats one.

    `marked`: also as `id:mark:base64`.
    """
    listed = [item.strip() for item in text(name).split(",") if item.strip()]
    ids = [item.partition(":")[0] for item in listed]
    if not listed or len(set(ids)) < len(ids) or not all(_is_key(key, marked) for key in listed):
        raise BadSetting(
            f"{name} phải gồm một hay nhiều khóa dạng tên:base64 của 32 byte, mới nhất trước, cách nhau"
            " bằng dấu phẩy, không trùng tên. Xem docs/operations/settings.md."
        )
    return listed


def _is_key(item: str, marked: bool) -> bool:
    key_id, _, encoded = item.partition(":")
    if marked:
        encoded = encoded.removeprefix("mark:")
    try:
        return 0 < len(key_id) <= 40 and len(base64.b64decode(encoded, validate=True)) == 32
    except ValueError:
        return False


def is_base64(value: str, length: int) -> bool:
    """Is the text base64url of that many bytes, with or without padding?"""
    try:
        plain = base64.b64decode(value + "=" * (-len(value) % 4), altchars=b"-_", validate=True)
    except ValueError:
        return False
    return len(plain) == length
