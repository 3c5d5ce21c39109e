"""What is refused to who proves a second factor, or changes one."""

from __future__ import annotations

from datetime import timedelta

from vssid.kernel.errors import DomainError


class WrongFactor(DomainError):
    """The code is none of this account's apps and recovery codes."""

    code = "wrong_factor"


class UsedFactor(DomainError):
    """The code was right, and used before; the app shows another within half a minute."""

    code = "used_factor"


class ClockOff(DomainError):
    """The code is of another time: the app's clock is `off` behind (or, negative, ahead)."""

    code = "clock_off"

    def __init__(self, *, off: timedelta) -> None:
        super().__init__(off=off)
        self.off = off


class StepOver(DomainError):
    """There is no sign-in that waits for its second step: too old, used, or of another browser."""

    code = "step_over"


class ProofNeeded(DomainError):
    """A factor has to be proved in the session first: it was never, or longer ago than it holds."""

    code = "proof_needed"


class NothingShown(DomainError):
    """No recovery codes were shown to this browser that could be kept, or others were shown since."""

    code = "nothing_shown"


class SetUpOver(DomainError):
    """What was being set up is gone: begun anew elsewhere, or confirmed."""

    code = "set_up_over"


class TooManyFactors(DomainError):
    """The member has as many apps as one may have."""

    code = "too_many_factors"


class LastFactor(DomainError):
    """The only factor stays: without one nobody gets in."""

    code = "last_factor"


class OwnWord(DomainError):
    """Nobody vouches for oneself."""

    code = "own_word"


class WordOver(DomainError):
    """The asking was answered before, or its day is over."""

    code = "word_over"
