"""Where the typed child and the register differ, and whether the two are one household, as codes. Pure."""

from __future__ import annotations

from datetime import date

from vssid.domain.accounts.guardianship import ages
from vssid.domain.participants.views import PersonView
from vssid.kernel.birth import same_birth
from vssid.kernel.text import same_name

from .form import Child

# What keeps an office from approving, whatever it thinks of the papers.
BLOCKING = ("unknown", "of_age")


def findings(typed: Child, child: PersonView | None, guardian: PersonView | None, today: date) -> list[str]:
    """What an officer should look at: unknown, of_age, full_name, birth_date, household, no_household."""
    if child is None:
        return ["unknown"]
    differences = []
    if not ages.is_child(child.birth_date, today):
        differences.append("of_age")
    if not same_name(typed.full_name, child.full_name):
        differences.append("full_name")
    if not same_birth(typed.birth_date, child.birth_date, child.birth_precision):
        differences.append("birth_date")
    return differences + _household(child, guardian)


def _household(child: PersonView, guardian: PersonView | None) -> list[str]:
    """Different households are a finding; a household that the register does not know is another."""
    theirs = guardian.household_code if guardian else ""
    if not child.household_code or not theirs:
        return ["no_household"]
    return [] if child.household_code == theirs else ["household"]
