"""Running tesseract: bounded, and leaving nothing behind."""

from __future__ import annotations

import subprocess

from PIL import Image as Pillow

from vssid.infra.documents import mrz


def test_without_tesseract_there_are_no_lines(monkeypatch):
    monkeypatch.setattr(mrz, "_program", lambda: None)
    assert not mrz.available()
    assert mrz.read_lines(Pillow.new("RGB", (800, 500))) == []


def test_a_hanging_tesseract_is_given_up(monkeypatch):
    def hang(command, *, timeout, **rest):
        raise subprocess.TimeoutExpired(command, timeout)

    monkeypatch.setattr(mrz, "_program", lambda: "tesseract")
    monkeypatch.setattr(subprocess, "run", hang)
    assert mrz.read_lines(Pillow.new("RGB", (800, 500))) == []


def test_a_blank_picture_is_prepared_without_fuss():
    assert mrz._zone(Pillow.new("L", (900, 600), 128)).width == 1000
