"""Frequent questions: data in one file for each language, read once. Vietnamese is the source.

The Vietnamese file holds what both share: group, screen, address, source and mark of the answer.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from django.conf import settings

_DATA = files("vssid.domain.support") / "data"
SOURCE = "vi"
LANGUAGES = (SOURCE, "en")


@dataclass(frozen=True, slots=True)
class Question:
    """A question and its answer; `mark` says how well it is known, `source` from where.

    `screen` is the page it belongs to by route name; `tags` are further words people search with.
    """

    slug: str
    group: str
    ask: str
    answer: str
    tags: str
    screen: str
    url: str
    label: str
    source: str
    mark: str


@dataclass(frozen=True, slots=True)
class Group:
    """The questions of one subject."""

    code: str
    title: str
    questions: tuple[Question, ...]


def questions(language: str) -> tuple[Question, ...]:
    """Every question in the order of the file, numbers of the settings filled in; else the source."""
    return _questions(language if language in LANGUAGES else SOURCE)


def groups(language: str, chosen: tuple[Question, ...] | None = None) -> list[Group]:
    """The questions (or those chosen) by subject; a subject may have none left."""
    titles = read(f"faq_{language if language in LANGUAGES else SOURCE}")["groups"]
    kept = questions(language) if chosen is None else chosen
    return [
        Group(code, title, tuple(question for question in kept if question.group == code))
        for code, title in titles.items()
    ]


def about(screen: str, language: str) -> tuple[Question, ...]:
    """The questions that belong to a screen."""
    return tuple(question for question in questions(language) if question.screen == screen)


@lru_cache(maxsize=1)
def edition() -> str:
    """Changes whenever a word of the questions does."""
    text = "\n".join(repr(question) for language in LANGUAGES for question in questions(language))
    return hashlib.sha256(text.encode()).hexdigest()[:12]


@lru_cache(maxsize=8)
def read(name: str) -> dict[str, Any]:
    """One data file of this room."""
    return tomllib.loads((_DATA / f"{name}.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=4)
def _questions(language: str) -> tuple[Question, ...]:
    numbers = _numbers()
    english: Mapping[str, Mapping[str, str]] = (
        {} if language == SOURCE else read(f"faq_{language}")["questions"]
    )
    return tuple(
        Question(
            slug=row["slug"],
            group=row["group"],
            ask=_text(row, english, "ask").format_map(numbers),
            answer=_text(row, english, "answer").format_map(numbers),
            tags=_text(row, english, "tags"),
            screen=row["screen"],
            url=row.get("url", ""),
            label=_text(row, english, "label") if row.get("url") else "",
            source=row["source"],
            mark=row["mark"],
        )
        for row in read(f"faq_{SOURCE}")["questions"]
    )


def _text(row: Mapping[str, str], english: Mapping[str, Mapping[str, str]], name: str) -> str:
    return (english[row["slug"]] if english else row).get(name, "")


def _numbers() -> dict[str, int]:
    return {
        "days": settings.REGISTRATION_DAYS,
        "draft_days": settings.DRAFT_LIFE.days,
        "image_days": settings.IMAGE_RETENTION.days,
        "activation_hours": int(settings.ACTIVATION_LIFE.total_seconds() // 3600),
    }
