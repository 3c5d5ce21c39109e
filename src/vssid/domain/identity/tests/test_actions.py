"""Keeping images: sealed, replaced without loss, moved and erased without trace."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
import segno
from django.db import IntegrityError, transaction
from PIL import Image as Pillow

from vssid.domain.identity import actions, queries, reader
from vssid.domain.identity.errors import BadImage, NoImage
from vssid.domain.identity.kinds import ImageKind
from vssid.domain.identity.models import IdImage
from vssid.domain.vault import sealing as vault
from vssid.infra import blobs, keys

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
FRONT, BACK, PORTRAIT = ImageKind.FRONT, ImageKind.BACK, ImageKind.PORTRAIT
CANARY = "Nguyễn Văn Canary"
TEXT = f"031090000001||{CANARY}|02011990|Nam|1 Phố Mẫu, Hải Phòng|01032021"


def upload(text: str = TEXT, colour: str = "gray") -> bytes:
    image = Pillow.new("RGB", (1200, 900), colour)
    code = io.BytesIO()
    segno.make(text, error="m").save(code, kind="png", scale=5)
    image.paste(Pillow.open(code).convert("RGB"), (600, 100))
    out = io.BytesIO()
    image.save(out, "JPEG")
    return out.getvalue()


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def stored_keys() -> set[str]:
    return {key for key, _ in blobs.stored_under(actions.FOLDER)}


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.BLOBS_URL = f"file://{tmp_path}/blobs"
    return tmp_path / "blobs"


@pytest.fixture
def lan(db) -> int:
    return vault.new_subject_id()


@pytest.fixture
def committed_lan(transactional_db) -> int:
    return vault.new_subject_id()


def test_what_is_stored_can_be_looked_at(lan):
    view = actions.store(lan, FRONT, upload(), now=NOW)
    assert queries.images_of(lan) == {FRONT: view}
    assert (view.kind, view.stored_at, view.width, view.height) == (FRONT, NOW, 1200, 900)
    assert view.reading is not None
    assert view.reading.full_name == CANARY
    assert Pillow.open(io.BytesIO(queries.content(lan, FRONT))).format == "JPEG"


def test_image_and_reading_rest_sealed(lan, folder):
    actions.store(lan, FRONT, upload(), now=NOW)
    row = IdImage.objects.get(subject_id=lan, kind=FRONT)
    at_rest = b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file()) + bytes(
        row.reading or b""
    )
    assert b"JFIF\x00\x01" not in at_rest
    assert b"Canary" not in at_rest
    assert "Canary" not in repr(row.__dict__)
    assert str(lan) not in row.blob_key


@pytest.mark.parametrize(("data", "reason"), [(b"no picture", "not_image"), (upload()[:900], "unreadable")])
def test_a_bad_upload_is_refused_and_the_older_stays(lan, data, reason):
    actions.store(lan, FRONT, upload(), now=NOW)
    with pytest.raises(BadImage) as refused:
        actions.store(lan, FRONT, data, now=NOW)
    assert refused.value.facts == {"reason": reason}
    assert queries.images_of(lan)[FRONT].reading is not None


def test_the_newest_of_a_kind_replaces_the_older(committed_lan):
    lan = committed_lan
    actions.store(lan, FRONT, upload(), now=NOW)
    actions.store(lan, PORTRAIT, upload(), now=NOW)
    actions.store(lan, FRONT, upload("no card"), now=NOW + timedelta(minutes=1))
    views = queries.images_of(lan)
    assert views[FRONT].reading is None
    assert views[PORTRAIT].stored_at == NOW
    assert len(stored_keys()) == 2


def test_a_transaction_that_fails_keeps_the_older_image(committed_lan):
    lan = committed_lan
    actions.store(lan, FRONT, upload(colour="red"), now=NOW)
    before = queries.content(lan, FRONT)

    def refuse() -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        actions.store(lan, FRONT, upload(colour="blue"), now=NOW, allowed=refuse)
    assert queries.content(lan, FRONT) == before
    assert len(stored_keys()) == 1


def test_a_row_that_cannot_be_written_leaves_no_blob(lan, monkeypatch):
    def fail(row: IdImage, allowed: object) -> None:
        raise IntegrityError

    monkeypatch.setattr(actions, "_turn_to", fail)
    with pytest.raises(IntegrityError):
        actions.store(lan, FRONT, upload(), now=NOW)
    assert stored_keys() == set()


def test_the_sweep_removes_orphans_when_they_are_old(lan):
    actions.store(lan, FRONT, upload(), now=NOW)
    blobs.put(f"{actions.FOLDER}/00/orphan", b"left behind")
    now = datetime.now(UTC)
    assert actions.sweep_orphans(now) == 0
    assert actions.sweep_orphans(now + timedelta(hours=2)) == 1
    assert queries.content(lan, FRONT)


def test_erasing_leaves_nothing(committed_lan):
    lan, other = committed_lan, vault.new_subject_id()
    actions.store(lan, FRONT, upload(), now=NOW)
    actions.store(other, FRONT, upload(), now=NOW)
    assert actions.erase(lan) == 1
    assert queries.images_of(lan) == {}
    assert len(stored_keys()) == 1
    assert actions.erase(lan) == 0
    with pytest.raises(NoImage):
        queries.content(lan, FRONT)


def test_erasing_undone_keeps_the_blobs(committed_lan):
    lan = committed_lan
    actions.store(lan, FRONT, upload(), now=NOW)
    with undone():
        actions.erase(lan)
    assert queries.content(lan, FRONT)


def test_a_copy_is_sealed_for_its_owner_and_outlives_the_first(committed_lan):
    lan, again = committed_lan, vault.new_subject_id()
    actions.store(lan, FRONT, upload(), now=NOW)
    jpeg = queries.content(lan, FRONT)
    assert actions.take_copies(actions.copies(lan, again, now=NOW)) == 1
    actions.erase(lan)
    vault.erase(lan)
    assert queries.content(again, FRONT) == jpeg
    assert queries.images_of(again)[FRONT].reading is not None


def test_moving_leaves_nothing_behind(committed_lan):
    lan, again = committed_lan, vault.new_subject_id()
    actions.store(lan, FRONT, upload(), now=NOW)
    actions.move(lan, again, now=NOW)
    assert queries.images_of(lan) == {}
    assert queries.content(again, FRONT)
    assert len(stored_keys()) == 1


def test_an_erased_subject_cannot_be_read_from_a_backup(lan):
    actions.store(lan, FRONT, upload(), now=NOW)
    vault.erase(lan)
    with pytest.raises(vault.Erased):
        queries.content(lan, FRONT)


def test_swapped_blobs_do_not_open(lan):
    actions.store(lan, FRONT, upload(), now=NOW)
    actions.store(lan, PORTRAIT, upload(), now=NOW)
    key_of = dict(IdImage.objects.filter(subject_id=lan).values_list("kind", "blob_key"))
    blobs.put(key_of["front"], blobs.get(key_of["portrait"]))
    with pytest.raises(keys.CannotOpen):
        queries.content(lan, FRONT)


def test_the_qr_is_read_from_the_back_too(lan):
    view = actions.store(lan, BACK, upload(), now=NOW)
    assert view.reading is not None
    assert view.reading.source == "qr"


def test_a_frame_is_read_without_being_kept(lan):
    reading = reader.read_card_qr(upload())
    assert reading is not None
    assert reading.full_name == CANARY
    assert reader.read_card_qr(upload("something else")) is None
    assert stored_keys() == set()
