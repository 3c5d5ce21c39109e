"""The words of a text in functions of PostgreSQL: what `kernel.text.fold` and a split give."""

from __future__ import annotations

import re

from django.db import models

from vssid.kernel import letters
from vssid.kernel.text import UNSEEN, fold

# Marks of Latin letters, and what nobody sees; U+0345 is the one mark that becomes a letter.
_DROPPED = (
    re.sub(r"\\x(..)", r"\\u00\1", UNSEEN.replace(r"\x00", r"\x01"))
    + r"\u0080-\u0084\u0086-\u009f\u0300-\u0344\u0346-\u036f\u1ab0-\u1abd\u1abf-\u1ace\u1dc0-\u1dff"
    + r"\u20d0-\u20dc\u20e1\u20e5-\u20f0\ufe20-\ufe2f"
)
# Letters that neither lower case nor decomposing makes plain.
_PLAIN = {sign: re.sub("[^a-z0-9]", " ", fold(sign)) for sign in (*letters.SAME, *"Đđſßẞŉẚﬀﬁﬂﬃﬄﬅﬆ")}
_ONE = {sign: plain for sign, plain in _PLAIN.items() if len(plain) == 1 and plain != " "}
_MORE = {sign: plain for sign, plain in _PLAIN.items() if len(plain) > 1}


def _template() -> str:
    text = f"regexp_replace(normalize(%(expressions)s, NFD), '[{_DROPPED}]', '', 'g')"
    for sign, plain in _MORE.items():
        text = f"replace({text}, '{sign}', '{plain}')"
    text = f"lower(translate({text}, '{''.join(_ONE)}', '{''.join(_ONE.values())}'))"
    return f"array_to_tsvector(string_to_array(btrim(regexp_replace({text}, '[^a-z0-9]+', ' ', 'g')), ' '))"


def words_of(column: str) -> str:
    """The words of a column in a statement of our own."""
    return WordsOf.template % {"expressions": column}


class WordsOf(models.Func):
    """The words of a text for search: lower case, without marks, split at whatever is no letter or digit.

    In functions that PostgreSQL knows never to change their answer, whatever the collation. A test compares
    it with `fold` for every code point; who changes either makes the column anew by a migration.
    """

    function = "array_to_tsvector"
    template = _template()
