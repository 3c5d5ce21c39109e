"""PDFs as answers: of persons, so no cache keeps them."""

from __future__ import annotations

from django.http import HttpResponse


def to_keep(name: str, content: bytes) -> HttpResponse:
    """A file to keep; `name` without its ending. A number in it may have slashes."""
    return _answer("attachment", name, content)


def to_print(name: str, content: bytes) -> HttpResponse:
    """Shown and not downloaded: the printer is a key away."""
    return _answer("inline", name, content)


def _answer(how: str, name: str, content: bytes) -> HttpResponse:
    place = f'{how}; filename="{name.replace("/", "-")}.pdf"'
    headers = {"Cache-Control": "no-store, private", "Content-Disposition": place}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
