"""Identity's part in a change of fingerprint keys: marks are made anew from the kept images."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from vssid.domain.vault import sealing as vault
from vssid.domain.vault.prints import bearing, parts

from . import marks, queries
from .errors import NoImage
from .kinds import ImageKind
from .models import IdImage, ImageMark

AT_ONCE = 50  # images; each is read from the store of files


def _left() -> int:
    return ImageMark.objects.filter(bearing.of_another("mark")).count()


def _step(after: Any) -> parts.Step:
    wholes = ImageMark.objects.filter(bearing.of_another("mark"), place=marks.WHOLE)
    if after is not None:
        wholes = wholes.filter(pk__gt=after)
    batch = list(wholes.order_by("subject_id", "kind", "place")[:AT_ONCE])
    done = sum(_write(whole) for whole in batch)
    return (batch[-1].pk if len(batch) == AT_ONCE else None), done


def _write(whole: ImageMark) -> int:
    """The marks of one image under the first key; those of one that is gone go too."""
    kind = ImageKind(whole.kind)
    try:
        fresh = marks.of(kind, queries.content(whole.subject_id, kind))
    except (NoImage, vault.Erased):
        fresh = {}
    with transaction.atomic():
        # Another image that was kept meanwhile has its marks already.
        same = ImageMark.objects.select_for_update().filter(pk=whole.pk, mark=whole.mark)
        if same.first() is None:
            return 0
        marks.write(IdImage(subject_id=whole.subject_id, kind=kind.value), fresh)
    return len(fresh)


PARTS = (parts.Part(ImageMark._meta.db_table, _left, _step),)
