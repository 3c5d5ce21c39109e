"""Vietnamese words of the doors that are not messages, so that nobody could translate them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from .messages import KEYWORDS, VIETNAMESE

COMMENT = re.compile(r"\{#.*?#\}")
MESSAGE = re.compile(
    r"\{%\s*blocktranslate\b.*?\{%\s*endblocktranslate\s*%\}"  # a block
    r'|\{%\s*translate\s+"[^"]*"'  # a tag
    r'|\b_\("[^"]*"\)',  # an argument of a tag
    re.DOTALL,
)
BOTH_LANGUAGES = re.compile(r'<(\w+)[^>]*\slang="vi"[^>]*>[^<]*</\1>')


def in_template(source: str) -> list[str]:
    """Lines of a template with Vietnamese words outside messages, comments and parts marked `lang="vi"`."""
    bare = source
    for known in (COMMENT, MESSAGE, BOTH_LANGUAGES):
        bare = known.sub("", bare)
    return [line.strip() for line in bare.splitlines() if VIETNAMESE.search(line)]


def in_python(source: str) -> list[str]:
    """Texts in Python with Vietnamese words outside messages and docstrings."""
    tree = ast.parse(source)
    known = {id(part) for spoken in _messages_and_docstrings(tree) for part in ast.walk(spoken)}
    texts = (part for part in ast.walk(tree) if isinstance(part, ast.Constant) and id(part) not in known)
    return [text.value for text in texts if isinstance(text.value, str) and VIETNAMESE.search(text.value)]


def in_file(path: Path) -> list[str]:
    """What a file of a door says without marking it."""
    source = path.read_text(encoding="utf-8")
    return in_python(source) if path.suffix == ".py" else in_template(source)


def _messages_and_docstrings(tree: ast.Module) -> Iterator[ast.AST]:
    for part in ast.walk(tree):
        if isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant):
            yield part
        if isinstance(part, ast.Call) and getattr(part.func, "id", "") in KEYWORDS:
            yield part
