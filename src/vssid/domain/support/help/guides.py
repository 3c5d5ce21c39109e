"""The guide of each screen: short steps, each with a picture by name. Data, found by route name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from .faq import LANGUAGES, SOURCE, read


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do; `picture` is a name the door can draw."""

    picture: str
    words: str


@dataclass(frozen=True, slots=True)
class Guide:
    """How to use the screens of these route names (`citizen:card`)."""

    slug: str
    screens: tuple[str, ...]
    title: str
    steps: tuple[Step, ...]


@lru_cache(maxsize=4)
def guides(language: str) -> tuple[Guide, ...]:
    """Every guide in the order of the file; an unknown language reads the source."""
    english = read(f"guides_{language}") if language in LANGUAGES and language != SOURCE else {}
    all_guides = []
    for row in read(f"guides_{SOURCE}")["guides"]:
        told = english.get(row["slug"], {})
        words = told.get("steps") or [words for _picture, words in row["steps"]]
        steps = tuple(Step(picture, said) for (picture, _), said in zip(row["steps"], words, strict=True))
        all_guides.append(Guide(row["slug"], tuple(row["screens"]), told.get("title") or row["title"], steps))
    return tuple(all_guides)


def guide(slug: str, language: str) -> Guide | None:
    """One guide, or None."""
    return next((guide for guide in guides(language) if guide.slug == slug), None)


@lru_cache(maxsize=256)
def slug_of(screen: str) -> str:
    """The guide of a screen by route name; empty when there is none."""
    return next((guide.slug for guide in guides(SOURCE) if screen in guide.screens), "")
