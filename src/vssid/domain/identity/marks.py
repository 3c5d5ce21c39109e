"""Marks of a kept image, by which it is found again under another subject: the same file, or one like it.

A mark is the keyed fingerprint of a digest or of a part of a likeness (`infra.pictures.likeness`): from the
database alone nobody makes a picture of it, nor asks it about a picture. Marks go with their image.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from vssid.domain.vault import sealing as vault
from vssid.infra.database import prepared
from vssid.infra.database.kept import Query, given
from vssid.infra.pictures import images, likeness

from .kinds import OF_AN_ID, ImageKind
from .models import IdImage, ImageMark

PURPOSE = "id-image-mark"
WHOLE = 0  # the place of the digest; the parts of the likeness follow
MOST = 50
_MARKS = Query(lambda: ImageMark.objects.filter(subject_id=given("subject")).values_list("mark", flat=True))

# By identity_mark_mark: the marks of one image are a dozen, and another image has one of them by chance in
# some tens of thousands.
_TWINS = """
    SELECT m.kind, m.subject_id, bool_or(m.place = 0)
    FROM identity_mark m
    WHERE m.mark = ANY(%(marks)s) AND m.subject_id <> %(subject)s
    GROUP BY m.kind, m.subject_id
    HAVING bool_or(m.place = 0) OR count(*) >= %(enough)s
    ORDER BY 3 DESC, m.subject_id DESC LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Twin:
    """Another subject's image of the same kind: the very same, or one that looks like it."""

    kind: ImageKind
    subject_id: int
    is_same: bool


def of(kind: ImageKind, jpeg: bytes) -> dict[int, bytes]:
    """The marks of an image by place; none for kinds that are no part of an ID."""
    if kind not in OF_AN_ID:
        return {}
    values = {WHOLE: hashlib.sha256(jpeg).hexdigest()}
    parts = likeness.parts(images.grey(jpeg, long_side=likeness.SIDE))
    values |= dict(enumerate(parts, WHOLE + 1))
    return {
        place: vault.fingerprint(PURPOSE, f"{kind.value}:{place}:{value}") for place, value in values.items()
    }


def write(row: IdImage, marks: dict[int, bytes]) -> None:
    """The marks of the subject's image of this kind, in place of an older one's, in the same transaction."""
    ImageMark.objects.filter(subject_id=row.subject_id, kind=row.kind).delete()
    ImageMark.objects.bulk_create(
        ImageMark(subject_id=row.subject_id, kind=row.kind, place=place, mark=mark)
        for place, mark in marks.items()
    )


def twins(subject_id: int) -> list[Twin]:
    """Images of other subjects like this one's, the very same first, then the newest; at most `MOST`."""
    own = [bytes(mark) for mark in _of_subject(subject_id)]
    if not own:
        return []
    values: dict[str, Any] = {"marks": own, "subject": subject_id, "enough": likeness.ENOUGH, "most": MOST}
    rows = prepared.texts(_TWINS, values)
    return [Twin(ImageKind(kind), subject, is_same) for kind, subject, is_same in rows]


def _of_subject(subject_id: int) -> Sequence[Any]:
    return _MARKS.rows(subject=subject_id)
