"""Why a seat is not given or ended."""

from __future__ import annotations

from typing import ClassVar

from vssid.kernel.errors import DomainError

from .roles import Act


class NoSeat(DomainError):
    """Who acts has no seat at the employer that may do this. Facts: `act`."""

    code: ClassVar[str] = "no_seat"

    def __init__(self, *, act: Act) -> None:
        super().__init__(act=act.value)


class SeatEnded(DomainError):
    """The seat was ended before."""

    code: ClassVar[str] = "seat_ended"


class LastAdministrator(DomainError):
    """Nobody would administer the employer any more; only its office may do that."""

    code: ClassVar[str] = "last_employer_administrator"


class SitsElsewhere(DomainError):
    """The account opens another employer too, which who acts does not administer."""

    code: ClassVar[str] = "sits_elsewhere"


class OwnAccount(DomainError):
    """Nobody lets oneself in anew."""

    code: ClassVar[str] = "own_account"
