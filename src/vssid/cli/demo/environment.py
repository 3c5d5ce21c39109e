"""The settings of a demo: its secrets are made once and kept in its data folder."""

from __future__ import annotations

import base64
import os
import secrets
from pathlib import Path

from vssid.cli.boot import SETTINGS_FILE, read_env_file
from vssid.cli.demo import signing
from vssid.infra.push.vapid import new_key_text as push_key

HEADER = "# Bí mật của riêng bản trình diễn này; mất tệp này là mất dữ liệu đã mã hoá.\n"


def prepare(data: Path, *, base_url: str, database_url: str) -> None:
    """Put the demo's settings into the environment; what is already set there wins, but for the address."""
    kept = _kept(data / SETTINGS_FILE)
    here = {
        "VSSID_DEMO": "1",
        "VSSID_DATA": str(data),
        "VSSID_BASE_URL": base_url,
        "VSSID_ALLOWED_HOSTS": "127.0.0.1,localhost",
        "VSSID_DATABASE_URL": database_url,
        **{name: os.environ.get(name, path) for name, path in signing.prepare(data).items()},
    }
    _write(data / SETTINGS_FILE, kept | here)
    for name, value in kept.items():
        os.environ.setdefault(name, value)
    os.environ.setdefault("VSSID_KNOWN_ANSWER_SHARE", "5")  # files with a known answer, as it is a demo
    os.environ.setdefault("VSSID_ALLOWED_HOSTS", here.pop("VSSID_ALLOWED_HOSTS"))
    os.environ.update(here)


def _kept(path: Path) -> dict[str, str]:
    made = {
        "VSSID_SECRET_KEY": secrets.token_urlsafe(48),
        "VSSID_MASTER_KEYS": _new_key("m1"),
        "VSSID_FINGERPRINT_KEYS": _new_key("f1"),
        "VSSID_AUDIT_KEYS": _new_key("a1"),
        "VSSID_SMS_RECEIPT_SECRET": secrets.token_urlsafe(32),
        "VSSID_VAPID_KEY": push_key(),
    }
    if not path.is_file():
        return made
    kept = read_env_file(path)
    return {name: kept.get(name, value) for name, value in made.items()}


def _new_key(name: str) -> str:
    return f"{name}:{base64.b64encode(os.urandom(32)).decode()}"


def _write(path: Path, values: dict[str, str]) -> None:
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(HEADER + "".join(f"{name}={value}\n" for name, value in values.items()))
    draft.replace(path)
