"""Set a PDF with Typst, in fonts of our own; those of the machine are ignored, and nothing is fetched."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from . import pdf_letters


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """The fonts of every PDF: what they lack is printed on no machine, what they have on all."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(pdf_letters.FONTS)]
    )


def render(template: Path, data: Mapping[str, Any], files: Mapping[str, bytes] | None = None) -> bytes:
    """A PDF from a Typst file. `data` reaches it as JSON in `sys.inputs.data`; `files` by name.

    The template and the files are given as bytes, so nothing personal is written to disk. Raises ValueError
    for data with letters that the fonts lack: who calls refuses them before, or has pdf_letters mark them.
    """
    if pdf_letters.marked(dict(data))[1]:
        raise ValueError("letters that cannot be printed")
    sources: dict[str, bytes] = {"main.typ": template.read_bytes(), **(files or {})}
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    # A mapping of files is taken as well; the package's types do not say so.
    pdf: bytes = typst.compile(sources, sys_inputs=inputs, font_paths=fonts())  # type: ignore[call-overload]
    return pdf
