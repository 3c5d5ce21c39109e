"""Reasons with words: why a file is refused, or what is asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from vssid.kernel.errors import Invalid
from vssid.kernel.text import tidy_lines

LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason: code, words for the person, what the person can do. `mark` says how well it is known."""

    code: str
    label: str | Promise
    advice: str | Promise
    mark: str = "[M]"


@dataclass(frozen=True, slots=True)
class Said:
    """What an officer says to the person: codes of reasons, once each, and a text."""

    reasons: tuple[str, ...] = ()
    text: str = ""


def by_code(*reasons: Reason) -> dict[str, Reason]:
    """The reasons by their code, in this order."""
    return {reason.code: reason for reason in reasons}


def read(reasons: Sequence[str], text: str, known: Collection[str]) -> Said:
    """What was said, clean. Raises Invalid(reasons=required | bad_choice, text=required | too_long)."""
    text, wrong = tidy_lines(text), {}
    if not reasons:
        wrong["reasons"] = "required"
    elif not set(reasons) <= set(known):
        wrong["reasons"] = "bad_choice"
    if problem := _problem(text, required=True):
        wrong["text"] = problem
    if wrong:
        raise Invalid(**wrong)
    return Said(tuple(dict.fromkeys(reasons)), text)


def read_text(text: str, *, required: bool = False) -> str:
    """A text alone, clean. Raises Invalid(text=required | too_long)."""
    text = tidy_lines(text)
    if problem := _problem(text, required=required):
        raise Invalid(text=problem)
    return text


def _problem(text: str, *, required: bool) -> str:
    if required and not text:
        return "required"
    return "too_long" if len(text) > LONGEST else ""


def labels(codes: Iterable[str], known: Mapping[str, Reason]) -> list[str | Promise]:
    """The reasons in words; one that is not known any more is shown by its code."""
    return [known[code].label if code in known else code for code in codes]
