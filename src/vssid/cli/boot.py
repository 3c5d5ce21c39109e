"""Setting Django up for a command, with the settings that a demo left behind when none are given."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SETTINGS_FILE = "secrets.env"


def default_data() -> Path:
    """Where data lives unless said otherwise: VSSID_DATA, else `data/` in the project."""
    return Path(os.environ.get("VSSID_DATA") or ROOT / "data").absolute()


def read_env_file(path: Path) -> dict[str, str]:
    """NAME=value lines; empty lines and lines starting with # are skipped."""
    lines = path.read_text(encoding="utf-8").splitlines()
    pairs = [line.split("=", 1) for line in lines if "=" in line and not line.startswith("#")]
    return {name.strip(): value.strip() for name, value in pairs}


def environment() -> None:
    """Without settings in the environment, those of the demo in the data folder are used."""
    left_by_demo = default_data() / SETTINGS_FILE
    if "VSSID_SECRET_KEY" not in os.environ and left_by_demo.is_file():
        for name, value in read_env_file(left_by_demo).items():
            os.environ.setdefault(name, value)


def django() -> None:
    """Set Django up, with the settings that `environment` finds."""
    environment()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vssid.config.settings")
    import django

    django.setup()
