"""Set a PDF with Typst. Fonts come with the compiler; nothing is fetched."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst


def render(template: Path, data: Mapping[str, Any], files: Mapping[str, bytes] | None = None) -> bytes:
    """A PDF from a Typst file. `data` reaches it as JSON in `sys.inputs.data`; `files` by name.

    The template and the files are given as bytes, so nothing personal is written to disk.
    """
    sources: dict[str, bytes] = {"main.typ": template.read_bytes(), **(files or {})}
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    # A mapping of files is taken as well; the package's types do not say so.
    pdf: bytes = typst.compile(sources, sys_inputs=inputs)  # type: ignore[call-overload]
    return pdf
