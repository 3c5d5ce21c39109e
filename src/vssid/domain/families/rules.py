"""Numbers of this room, with their marks: no published rule was found, so each is data to be confirmed."""

from __future__ import annotations

from vssid.domain.identity.kinds import ImageKind

# Days an office has to answer, counted as docs/adr/0005 counts: a term that ends on a day off ends later [M].
REVIEW_DAYS = 5
# What a request must carry [S registration.md section 13: the child's photo and the birth certificate].
PAPERS = (ImageKind.BIRTH, ImageKind.PORTRAIT)
