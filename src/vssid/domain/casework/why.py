"""Why a file is decided on in spite of what speaks against it: a reason code for each class of doubts.

Each room brings its classes as data. The codes are [M]: no official list is published. They say what the
officer did, not what the person is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import readiness
from .errors import NotReady, Unconfirmed
from .readiness import Readiness

Words = str | Promise
Given = Mapping[str, str]
NO_REASONS: Given = MappingProxyType({})
AGREED: Mapping[str, Words] = {"superior_asked": _("Đã xin ý kiến lãnh đạo cơ quan")}


@dataclass(frozen=True, slots=True)
class DoubtClass:
    """Doubts that one reason answers: what they are called together, and the reasons by their codes.

    `doubts`: keys of these doubts; others belong to the class that their key begins with (`register.phone`).
    """

    title: Words
    reasons: Mapping[str, Words]
    doubts: tuple[str, ...] = ()


Classes = Mapping[str, DoubtClass]


class Unexplained(Unconfirmed):
    """Deciding in spite of doubts takes a reason for each class; `classes` have none yet."""

    code = "unexplained"

    def __init__(self, *, mark: str, classes: tuple[str, ...]) -> None:
        super().__init__(mark=mark)
        self.classes = classes


def classes_of(doubts: Iterable[str], classes: Classes) -> tuple[str, ...]:
    """The classes of doubts, given by their keys, each once."""
    listed = {doubt: name for name, of in classes.items() for doubt in of.doubts}
    return tuple(dict.fromkeys(listed.get(doubt) or doubt.partition(".")[0] for doubt in doubts))


def read(ready: Readiness, given: Given, classes: Classes) -> dict[str, str]:
    """The reason of each class. Raises Unexplained where one is missing or is none of its class's."""
    names = classes_of(ready.doubts, classes)
    lacking = tuple(name for name in names if given.get(name) not in classes[name].reasons)
    if lacking:
        raise Unexplained(mark=ready.mark, classes=lacking)
    return {name: given[name] for name in names}


def require(
    ready: Readiness, seen: str | None, given: Given, classes: Classes, *, refusal: type[NotReady]
) -> dict[str, str]:
    """Why it is decided on in spite of its doubts, by class; empty where nothing speaks against it.

    `seen` is the mark of the doubts that the officer was shown, `given` the reason for each class of them; no
    mark: the caller shows no pages and answers for the doubts itself. Raises `refusal` while something is
    missing, Unconfirmed for doubts other than `seen`, Unexplained.
    """
    readiness.require(ready, seen, refusal=refusal)
    if seen is None:
        return {name: code for name, code in given.items() if _is_known(name, code, classes)}
    return read(ready, given, classes)


def _is_known(name: str, code: str, classes: Classes) -> bool:
    return name in classes and code in classes[name].reasons


def facts(ready: Readiness, despite: Given) -> dict[str, Any]:
    """What the audit event of the decision says: the doubts, and why it was made in spite of them."""
    return {"despite": list(ready.doubts), "why": dict(despite)} if ready.doubts else {}


def told(despite: Given, classes: Classes) -> list[tuple[Words, Words]]:
    """(class, reason) in words; a code that is not known any more is shown as it is."""
    lines: list[tuple[Words, Words]] = []
    for name, code in despite.items():
        known = classes.get(name)
        lines.append((known.title, known.reasons.get(code, code)) if known else (name, code))
    return lines
