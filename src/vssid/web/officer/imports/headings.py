"""Headings that nobody knows: the form asks which columns they are, and hears what was said."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from vssid.domain.imports.errors import BadFile
from vssid.domain.imports.importer import Importer
from vssid.domain.imports.read.known_headings import LONGEST
from vssid.domain.imports.registry import importers
from vssid.web.ui.access import VisitRequest

from ..casework.words import Words

MOST = 12  # headings that are asked about; with more the file is of another kind
PASS_OVER = "-"


@dataclass(frozen=True, slots=True)
class Strange:
    """A heading to be asked about: the columns it may be, and what was said of it before."""

    heading: str
    meaning: str
    columns: list[tuple[str, Words]]


def told(request: VisitRequest, kind: str) -> dict[str, str]:
    """Heading → column, "" for one that is passed over: what the form says that can be."""
    known = {column.name for column in importers()[kind].columns}
    return {
        heading: "" if meaning == PASS_OVER else meaning
        for heading, meaning in _said(request).items()
        if meaning in known or meaning == PASS_OVER
    }


def asked(request: VisitRequest, refused: BadFile, kind: Importer) -> list[Strange]:
    """What to ask about a refused header; nothing when it is none of this kind at all.

    What was answered stays, as the file is handed in again.
    """
    facts, said = refused.facts, _said(request)
    unknown = facts.get("unknown") or []
    if facts["reason"] != "header" or not facts["matched"] or len(unknown) > MOST:
        return []
    columns = [(PASS_OVER, _("Không nạp cột này")), *((c.name, kind.called(c.name)) for c in kind.columns)]
    return [
        Strange(heading, said.get(heading, ""), columns) for heading in {**said, **dict.fromkeys(unknown)}
    ]


def _said(request: VisitRequest) -> dict[str, str]:
    headings, meanings = request.POST.getlist("heading")[:MOST], request.POST.getlist("meaning")
    return {
        heading[:LONGEST]: meaning
        for heading, meaning in zip(headings, meanings, strict=False)
        if heading.strip()
    }
