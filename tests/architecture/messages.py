"""The catalogue of messages: what the source says in Vietnamese, what locale/en answers in English.

`PYTHONPATH=src:. .venv/bin/python -m tests.architecture.messages` brings locale/en up to date: it adds new
messages without a text, drops those no longer in the source, compiles the .mo, and lists what to translate.
"""

from __future__ import annotations

import io
import re
import sys
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from tests.environment import ROOT

SOURCE = ROOT / "src" / "vssid"
PO = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# The header names this day for ever, so that a changed file means changed messages.
BEGUN = datetime(2026, 11, 22, tzinfo=UTC)
VIETNAMESE = re.compile("(?i)[ăâêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]|đ(?=\\w)")
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|%%|\{[a-z_]*\}|<[^>]*>")


def catalogue(known: Catalog | None = None) -> Catalog:
    """Every message of the source, with the English of `known` where it has one."""
    made = _empty()
    for path in files():
        for line, words, context in _messages(path):
            place = (path.relative_to(ROOT).as_posix(), line)
            made.add(words, _text(known, words, context), locations=[place], context=context)
    return made


def files() -> Iterator[Path]:
    """Every file that may hold messages: Python and templates, without tests and migrations."""
    for path in sorted(SOURCE.rglob("*")):
        outside = {"tests", "migrations", "static"} & set(path.relative_to(SOURCE).parts)
        if not outside and (path.suffix == ".py" or ("templates" in path.parts and path.is_file())):
            yield path


def read() -> Catalog:
    """The committed .po; an empty catalogue before the first."""
    return read_po(io.BytesIO(PO.read_bytes()), locale="en") if PO.is_file() else _empty()


def said() -> list[str | tuple[str, ...]]:
    """Each message as the source says it, place by place; a pair is one that is counted."""
    return [words for path in files() for _line, words, _context in _messages(path)]


def compiled(texts: Catalog) -> bytes:
    """The .mo of a catalogue."""
    out = io.BytesIO()
    write_mo(out, texts)
    return out.getvalue()


def forms(words: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """The forms of a message or its text: singular and plural, or the only one."""
    return (words,) if isinstance(words, str) else tuple(words or ())


def untranslated(texts: Catalog) -> list[Message]:
    """Messages that lack an English text, or one of its plural forms."""
    return [each for each in texts if each.id and not (forms(each.string) and all(forms(each.string)))]


def placeholders(words: str) -> set[str]:
    """What the code fills in and the marks around words; both languages must have the same."""
    return set(PLACEHOLDER.findall(words))


def has_vietnamese_letters(words: str) -> bool:
    """Letters that English has not; đ counts only inside a word, since alone it means đồng."""
    return bool(VIETNAMESE.search(unicodedata.normalize("NFC", words)))


def _empty() -> Catalog:
    return Catalog(
        locale="en",
        project="vssid",
        header_comment="# English for the Vietnamese of the source. Kept by tests/architecture/messages.py.",
        creation_date=BEGUN,
        revision_date=BEGUN,
        last_translator="vssid",
        language_team="vssid",
        fuzzy=False,
    )


@cache
def _messages(path: Path) -> list[tuple[int, str | tuple[str, ...], str | None]]:
    """Read once for a process: several tests ask, and finding them takes longer than all that is asked."""
    source = path.read_text(encoding="utf-8")
    python = source if path.suffix == ".py" else _template_as_python(source, str(path))
    extracted = extract("python", io.BytesIO(python.encode()), keywords=KEYWORDS)
    return [(line, words, context) for line, words, _comments, context in extracted]


def _template_as_python(source: str, name: str) -> str:
    """The calls of gettext in a template; Django blanks out the rest but leaves its indentation."""
    return "\n".join(line.lstrip() for line in templatize(source, origin=name).splitlines())


def _text(
    known: Catalog | None, words: str | tuple[str, ...], context: str | None
) -> str | tuple[str, ...] | None:
    """The English a message had; a message that has become plural needs a new one."""
    old = known.get(forms(words)[0], context) if known else None
    same_kind = old and isinstance(old.string, str) == isinstance(words, str)
    return old.string if old and same_kind else None  # type: ignore[return-value]


def main() -> None:
    """Bring the catalogue up to date and say what is left to translate."""
    texts = catalogue(read())
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as out:
        write_po(out, texts, width=110, sort_by_file=True, include_lineno=False)
    MO.write_bytes(compiled(read()))
    missing = untranslated(texts)
    sys.stdout.writelines(f"{message.locations[0][0]}: {message.id!r}\n" for message in missing)
    sys.stdout.write(f"{len(texts)} messages, {len(missing)} without English\n")


if __name__ == "__main__":
    main()
