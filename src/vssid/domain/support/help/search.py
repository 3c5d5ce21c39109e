"""Find questions by words typed in any order, without diacritics, by beginnings, with one typing error. Pure.

web/public/help/static/faq.js does the same while one types; a browser test compares the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from vssid.kernel.text import fold

from .faq import Question

# Words of a question that say nothing about its subject, in both languages.
_VIETNAMESE = """toi minh cho em la thi va co khong duoc bi sao lam the nao gi o dau bao nhieu nhu khi muon
can phai hay a ah oi voi cua nay ra"""
_ENGLISH = "i my me an the is are do does how what where when can to of in on for and"
FILLERS = frozenset(f"{_VIETNAMESE} {_ENGLISH}".split())
LONG = 4  # shorter words must be typed right
ASKED, TAGGED, ANSWERED = 6, 4, 1
TYPO = 0.5


def words(text: str) -> tuple[str, ...]:
    """The folded words of a text."""
    return tuple("".join(ch if ch.isalnum() else " " for ch in fold(text)).split())


def find(questions: Sequence[Question], typed: str) -> tuple[Question, ...]:
    """The questions that fit, best first; all in their order when nothing (or only fillers) was typed.

    Every word must fit; when none fits wholly, those that fit at least half of the words.
    """
    every = list(dict.fromkeys(words(typed[:200])))
    terms = [term for term in every if term not in FILLERS] or every
    if not terms:
        return tuple(questions)
    scored = [(*_score(question, terms), question) for question in questions]
    most = max((hits for hits, _points, _question in scored), default=0)
    if most * 2 < len(terms):
        return ()
    fitting = [(points, question) for hits, points, question in scored if hits == most]
    return tuple(question for _points, question in sorted(fitting, key=lambda pair: -pair[0]))


def _score(question: Question, terms: Sequence[str]) -> tuple[int, float]:
    """How many terms fit, and how well."""
    parts = ((_kept(question.ask), ASKED), (_kept(question.tags), TAGGED), (_kept(question.answer), ANSWERED))
    best = [max(weight * fits(term, part) for part, weight in parts) for term in terms]
    return sum(points > 0 for points in best), sum(best)


@lru_cache(maxsize=512)
def _kept(text: str) -> tuple[str, ...]:
    return words(text)


def fits(term: str, among: Sequence[str]) -> float:
    """1 for the word itself, a little less for its beginning, TYPO for one slip, 0 for none."""
    if term in among:
        return 1.0
    if any(word.startswith(term) for word in among):
        return 0.9
    if len(term) >= LONG and any(one_slip(term, word) for word in among if len(word) >= LONG):
        return TYPO
    return 0.0


def one_slip(word: str, other: str) -> bool:
    """Do they differ by one letter added, left out, changed, or swapped with its neighbour?"""
    if abs(len(word) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(word), len(other)) and word[start] == other[start]:
        start += 1
    a, b = word[start:], other[start:]
    if len(a) != len(b):
        return a[1:] == b if len(a) > len(b) else a == b[1:]
    return a[1:] == b[1:] or (len(a) > 1 and a[:2] == b[1::-1] and a[2:] == b[2:])
