"""What can be wrong with a picture. Read by many who judge none, so apart from the judge and its numpy."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Problem(StrEnum):
    """What is wrong with a picture; stable codes, the doors find the words."""

    BLURRED = "blurred"
    DARK = "dark"
    GLARE = "glare"
    SMALL = "small"
    NOT_A_CARD = "not_a_card"
    NO_FACE = "no_face"
    NO_QR = "no_qr"
    NO_MRZ = "no_mrz"


# What a card may lack and still be good: an old card has no QR; a program may miss what an eye sees.
ADVICE = frozenset({Problem.NO_QR, Problem.NO_MRZ, Problem.NO_FACE})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found wrong, worst first. Acceptable: nothing but advice."""

    problems: tuple[str, ...] = ()

    @property
    def acceptable(self) -> bool:
        """Good enough to hand to an officer?"""
        return ADVICE.issuperset(self.problems)
