"""Setting Django up for a command, with the settings that a demo left behind when none are given."""

from __future__ import annotations

import os
import pwd
from pathlib import Path

from vssid.infra import importing

ROOT = Path(__file__).resolve().parents[3]
SETTINGS_FILE = "secrets.env"


def default_data() -> Path:
    """Where data lives unless said otherwise: VSSID_DATA, else `data/` in the project."""
    return Path(os.environ.get("VSSID_DATA") or ROOT / "data").absolute()


def read_env_file(path: Path) -> dict[str, str]:
    """NAME=value lines as systemd reads them; empty lines and lines starting with # or ; are skipped.

    Quotes around a whole value do not belong to it.
    """
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    pairs = [line.split("=", 1) for line in lines if "=" in line and not line.startswith(("#", ";"))]
    return {name.strip(): _unquoted(value.strip()) for name, value in pairs}


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value


def environment() -> None:
    """Settings that the environment lacks: of the file VSSID_ENV_FILE, else of a demo in the data folder.

    Refused, as the whole command, where root would leave files that the service's user cannot read.
    """
    if named := os.environ.get("VSSID_ENV_FILE"):
        _add(_given(Path(named)))
    left_by_demo = default_data() / SETTINGS_FILE
    if "VSSID_SECRET_KEY" not in os.environ and left_by_demo.is_file():
        _add(read_env_file(left_by_demo))
    _refuse_a_foreign_folder(default_data())


def _add(settings: dict[str, str]) -> None:
    for name, value in settings.items():
        os.environ.setdefault(name, value)


def _given(path: Path) -> dict[str, str]:
    try:
        return read_env_file(path)
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "UTF-8"
        raise SystemExit(f"Không đọc được tệp cấu hình {path} (VSSID_ENV_FILE): {why}.") from None


def _refuse_a_foreign_folder(data: Path) -> None:
    if os.geteuid() != 0 or not data.is_dir() or (owner := data.stat().st_uid) == 0:
        return
    try:
        name = pwd.getpwuid(owner).pw_name
    except KeyError:
        name = str(owner)
    raise SystemExit(
        f"Thư mục dữ liệu {data} thuộc người dùng {name}; tệp do root tạo ra thì dịch vụ không đọc được."
        f" Hãy chạy bằng người dùng đó: `runuser -u {name} -- ./vssid …`, hoặc dùng ops/bin/vssid."
    )


def django() -> None:
    """Set Django up, with the settings that `environment` finds."""
    environment()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vssid.config.settings")
    import django

    with importing.without_collecting():
        django.setup()
