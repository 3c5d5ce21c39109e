"""When a child becomes an adult: at eighteen (Civil Code 2015, article 20 [M]). Pure."""

from __future__ import annotations

from datetime import date

ADULT = 18


def of_age_on(born: date) -> date:
    """The day a person turns eighteen, in Việt Nam at 00:00.

    Born on 29 February: on 28 February, as PostgreSQL counts, so a look never lasts too long [M]. Of a birth
    date known only by its month or year the first day counts, for the same reason.
    """
    try:
        return born.replace(year=born.year + ADULT)
    except ValueError:
        return born.replace(year=born.year + ADULT, day=28)


def is_child(born: date, today: date) -> bool:
    """Is somebody born on this day under eighteen today?"""
    return today < of_age_on(born)
