"""The portrait on a card is cut out of its front; where none is seen the whole front is shown."""

from __future__ import annotations

import io

import pytest
from PIL import Image as Pillow

from tests.making.registrations import LAN, NOW, plain_photo
from vssid.cli.demo.pictures import photos
from vssid.domain.identity import actions as identity
from vssid.domain.identity import card_faces, queries
from vssid.domain.identity.errors import NoImage
from vssid.domain.identity.kinds import ImageKind
from vssid.infra.pictures import faces
from vssid.web.public.tests.visitor import card_of

pytestmark = pytest.mark.django_db
SUBJECT = 71


def shown() -> Pillow.Image:
    return Pillow.open(io.BytesIO(card_faces.of(SUBJECT)))


@pytest.mark.parametrize("seed", [1, 2])
def test_the_face_is_cut_out_upright_however_the_card_was_held(tmp_path, seed):
    photos.draw_front(card_of(LAN), tmp_path / "a.jpg", seed=seed)
    identity.store(SUBJECT, ImageKind.FRONT, (tmp_path / "a.jpg").read_bytes(), now=NOW)
    face = shown()
    assert face.height == card_faces.HIGH
    assert face.width / face.height == pytest.approx(3 / 4, abs=0.02)
    assert faces.cut(face) is not None, "what was cut out shows a face"


def test_a_front_without_a_face_is_shown_whole():
    identity.store(SUBJECT, ImageKind.FRONT, plain_photo(), now=NOW)
    assert card_faces.of(SUBJECT) == queries.content(SUBJECT, ImageKind.FRONT)


def test_there_is_none_without_a_front():
    with pytest.raises(NoImage):
        card_faces.of(SUBJECT)
