"""A file as the device keeps it: what the page of the desk compares, as values."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from vssid.domain.casework import why
from vssid.domain.employers.on_site.devices import Pack, Taken
from vssid.domain.registration.deciding.doubt_classes import CLASSES
from vssid.domain.registration.desk.findings import Finding
from vssid.domain.registration.reasons import REASONS
from vssid.kernel.calendar import local_day
from vssid.kernel.text import fold

from ..casework.cells import Cell
from ..registration import compare, words
from ..registration.file import pictures

# What the officer does there: no reason to leave the file at the office.
DONE_THERE = frozenset({"form", "original"})


def pack(taken: Pack, now: datetime) -> dict[str, Any]:
    """All that the device seals: the day, what may be answered, the files."""
    day = taken.day
    return {
        "day": {"id": str(day.id), "place": day.place, "on": day.on.isoformat()},
        "ends": taken.ends_at.isoformat(),
        "left_out": taken.left_out,
        "reasons": [{"code": code, "label": str(reason.label)} for code, reason in REASONS.items()],
        "files": [_file(one, now) for one in taken.files],
    }


def _file(taken: Taken, now: datetime) -> dict[str, Any]:
    file = taken.file
    qr, mrz = compare.readings(file.images.values())
    rows = compare.table(file.form, qr, mrz, file.register, today=local_day(now))
    warned = words.findings(file.findings)
    return {
        "id": str(file.status.id),
        "number": file.status.number,
        "name": file.form.full_name,
        "folded": fold(file.form.full_name),
        "bhxh": file.form.bhxh_code.reveal(),
        "id_number": file.form.id_number.reveal(),
        "starts": taken.starts_at.isoformat() if taken.starts_at else "",
        "version": taken.version,
        "seen": file.doubts,
        "rows": [[str(row.label), *map(_cell, (row.form, row.qr, row.mrz, row.register))] for row in rows],
        "warnings": [str(line.text) for line in warned if line.kind == "warn"],
        "lacks": [str(words.MISSING.get(code, code)) for code in file.missing if code not in DONE_THERE],
        "has_form": file.status.form_received_at is not None,
        "has_original": file.status.original_seen_at is not None,
        "groups": _groups(file.findings),
        "pictures": [
            {"kind": picture.kind, "label": str(picture.label), "url": picture.url}
            for picture in pictures(file)
            if picture.there
        ],
        "desk": reverse("officer:file", args=[file.status.id]),
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {"text": "".join(text for text, _marked in cell.runs), "differs": cell.differs or cell.bad}


def _groups(stored: tuple[dict[str, Any], ...]) -> list[dict[str, Any]]:
    doubts = [finding.key for one in stored if (finding := Finding(**one)).is_doubt]
    return [
        {
            "name": name,
            "title": str(CLASSES[name].title),
            "reasons": [[code, str(said)] for code, said in CLASSES[name].reasons.items()],
        }
        for name in why.classes_of(doubts, CLASSES)
        if name in CLASSES
    ]
