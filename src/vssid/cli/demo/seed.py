"""Fill a demo with its synthetic province, once."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path


def load(folder: Path, *, base_url: str, people: int, say: Callable[[str], None]) -> None:
    """Load the data when the folder has none, and write demo.json with the present address."""
    facts = {"base_url": base_url, "citizens": [], "officers": [], "employers": [], "registrants": []}
    (folder / "demo.json").write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8")
