"""What addresses of public data share: their parameters, their refusals, their caching, their files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _

from vssid.kernel.text import number_text, visible

PATH = "api/v1/directory"
VERSION = 1
LONGEST, MOST, FARTHEST = 80, 50, 100
NOWHERE = "?"  # a word and a code that nothing has
Row = Mapping[str, Any]


class BadParameter(Exception):
    """A parameter that makes no sense: its name and why."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(name)
        self.name, self.message = name, message


def refused(bad: BadParameter) -> HttpResponse:
    """A 400 that names the parameter."""
    return JsonResponse({"error": {"parameter": bad.name, "message": bad.message}}, status=400)


def words(request: HttpRequest) -> str:
    """`q`. Raises BadParameter."""
    text = _meant(request.GET.get("q", ""), visible)
    if len(text) > LONGEST:
        raise BadParameter("q", _("Tối đa 80 ký tự."))
    return text


def parameter(request: HttpRequest, name: str, usual: str = "") -> str:
    """A code or number as it is meant, without what nobody sees."""
    return _meant(request.GET.get(name, usual), number_text)


def _meant(given: str, read: Callable[[str], str]) -> str:
    """What is meant. Something that holds nothing is no wish for everything: it is found nowhere."""
    return read(given) or (NOWHERE if given else "")


def page(request: HttpRequest) -> tuple[int, int]:
    """`limit` and `offset`. Raises BadParameter."""
    return _number(request, "limit", 20, MOST), _number(request, "offset", 0, FARTHEST)


def _number(request: HttpRequest, name: str, usual: int, most: int) -> int:
    text = parameter(request, name, str(usual))
    if not (text.isascii() and text.isdigit() and len(text) < 6 and int(text) <= most):
        raise BadParameter(name, _("Số nguyên từ 0 đến %(most)s.") % {"most": most})
    return int(text)


def shared(response: HttpResponseBase) -> HttpResponse:
    """May be kept for some minutes and read by any page."""
    response["Cache-Control"] = "public, max-age=300"
    response["Access-Control-Allow-Origin"] = "*"
    return response  # type: ignore[return-value]  # the door's views say HttpResponse, whole or streamed


def csv_text(rows: Iterator[Row], columns: Sequence[str], as_of: str) -> Iterator[str]:
    """A table of rows by `columns`, each with version and day, piece by piece."""
    return _csv(rows, columns, (VERSION, as_of))


def _csv(rows: Iterator[Row], columns: Sequence[str], tail: tuple[object, ...]) -> Iterator[str]:
    yield "\ufeff" + ",".join((*columns, "version", "as_of")) + "\r\n"
    for row in rows:
        out = io.StringIO()
        csv.writer(out).writerow([*(_safe(row[name]) for name in columns), *tail])
        yield out.getvalue()


def _safe(cell: Any) -> Any:
    """A text that a spreadsheet would take for a formula is marked as text."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@")) else cell


def json_text(rows: Iterator[Row], name: str, as_of: str) -> Iterator[str]:
    """Rows under `name`, with version and day, piece by piece."""
    yield json.dumps({"version": VERSION, "as_of": as_of})[:-1] + f', "{name}": [\n'
    for number, row in enumerate(rows):
        yield (",\n" if number else "") + json.dumps(row, ensure_ascii=False)
    yield "\n]}\n"
