"""A portrait shows a face; a card, a paper, a wall or a table do not. Nothing is refused for it."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow

from tests.making.registrations import BINH, LAN, plain_photo
from vssid.cli.demo.pictures import photos
from vssid.domain.identity import reader
from vssid.domain.identity.kinds import ImageKind
from vssid.infra.pictures import faces
from vssid.web.public.tests.visitor import back_photo, card_of, front_photo


def drawn(folder: Path, draw, who, seed: int) -> bytes:
    path = folder / "a.jpg"
    draw(card_of(who), path, seed=seed)
    return path.read_bytes()


def noise() -> bytes:
    pixels = np.random.default_rng(7).integers(0, 255, (900, 1200, 3)).astype(np.uint8)
    out = io.BytesIO()
    Pillow.fromarray(pixels).save(out, "JPEG")
    return out.getvalue()


@pytest.mark.parametrize("who", [LAN, BINH])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_portrait_shows_a_face(tmp_path, who, seed):
    portrait = drawn(tmp_path, photos.draw_portrait, who, seed)
    assert "no_face" not in reader.look(ImageKind.PORTRAIT, portrait).verdict.problems


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("draw", [photos.draw_back, photos.draw_front])
def test_a_card_on_a_table_is_no_portrait_though_the_front_has_a_small_one(tmp_path, draw, seed):
    seen = reader.look(ImageKind.PORTRAIT, drawn(tmp_path, draw, LAN, seed))
    assert "no_face" in seen.verdict.problems
    assert seen.verdict.acceptable, "it is said, and nobody is stopped"


@pytest.mark.parametrize("data", [back_photo, front_photo, plain_photo, noise])
def test_what_has_no_face_is_said_to_have_none(data):
    assert "no_face" in reader.look(ImageKind.PORTRAIT, data()).verdict.problems


@pytest.mark.parametrize("kind", [ImageKind.FRONT, ImageKind.BACK, ImageKind.BIRTH])
def test_no_face_is_looked_for_where_none_is_wanted(kind, monkeypatch):
    monkeypatch.setattr(faces, "has_face", lambda _pixels: pytest.fail("looked for a face"))
    reader.look(kind, back_photo())


@pytest.mark.parametrize("size", [(1, 1), (3, 900), (900, 3), (40, 40)])
def test_odd_sizes_are_no_faces_and_no_errors(size):
    assert not faces.has_face(np.full((*size, 3), 127, np.uint8))
