"""VSSID_DATABASE_URL as Django wants it, with the limits that no address can take away."""

from __future__ import annotations

import psycopg
from psycopg.conninfo import conninfo_to_dict

from vssid.infra.database import limits

from . import env

SEE = " Xem docs/operations/database.md."
# An address may name a standby only beside its primary, so none may ask for "any server" or a reading one.
WRITABLE = {"read-write", "primary"}


def settings(url: str) -> dict[str, object]:
    """Django's form of a `postgresql://user:password@host:port/name?option=…` address, as libpq reads it.

    Several hosts may be given (`host1:5432,host2:5432`); the one that can write is used. A server on this
    machine is given by its socket folder, `?host=/path`. Never repeats the address: it holds the password.
    """
    parts = _read(url)
    own = parts.pop("options", "")
    target = parts.setdefault("target_session_attrs", "read-write")
    if target not in WRITABLE:
        raise env.BadSetting(
            f"VSSID_DATABASE_URL: target_session_attrs={target} có thể dẫn tới máy chủ chỉ đọc;"
            " hãy bỏ đi hoặc đặt read-write." + SEE
        )
    return {
        "ENGINE": "vssid.infra.database",
        "NAME": parts.pop("dbname", "") or "vssid",
        "USER": parts.pop("user", "") or "postgres",
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            # What the address says comes last, so it may change a limit; `start` reads all back.
            "options": " ".join(part for part in (limits.options(), own, "-c timezone=UTC") if part),
            **{name: _limit(name, parts.pop(name, None), usual) for name, usual in limits.CLIENT.items()},
            **parts,
        },
    }


def _read(url: str) -> dict[str, str]:
    if not url.startswith(("postgresql://", "postgres://")):
        raise env.BadSetting("VSSID_DATABASE_URL phải bắt đầu bằng postgresql://." + SEE)
    try:
        parts = {name: str(value) for name, value in conninfo_to_dict(url).items()}
    except psycopg.ProgrammingError:
        parts = {"port": "?"}
    ports = parts.get("port", "").split(",")
    if "@" in parts.get("host", "") + parts.get("dbname", "") or not all(p.isdigit() or not p for p in ports):
        raise env.BadSetting(
            "VSSID_DATABASE_URL không đọc được. Nó phải có dạng postgresql://người-dùng:mật-khẩu@máy:cổng/tên;"
            " trong mật khẩu, các ký tự % @ : / ? # phải viết là %25 %40 %3A %2F %3F %23." + SEE
        )
    return parts


def _limit(name: str, given: str | None, usual: int) -> int:
    """The address' own number, when it is one and a limit."""
    if given is None:
        return usual
    if not (given.isascii() and given.isdigit() and int(given)):
        raise env.BadSetting(
            f"VSSID_DATABASE_URL: {name} phải là số nguyên lớn hơn 0 (0 là chờ mãi);"
            f" bỏ đi thì là {usual}.{SEE}"
        )
    return int(given)
