"""Folders of their own for uploads."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings


@pytest.fixture
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Blobs and files in clear of one test."""
    monkeypatch.setattr(settings, "BLOBS_URL", f"file://{tmp_path}/blobs")
    monkeypatch.setattr(settings, "DATA", tmp_path / "data")
