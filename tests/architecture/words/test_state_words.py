"""A state that a file can be in has words for whoever sees the file there."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import pytest

from vssid.domain.employers.campaigns import states as campaigns
from vssid.domain.families import states as families
from vssid.domain.procedures import states as procedures
from vssid.domain.registration import states as registration
from vssid.web.citizen.family import words as citizen_families
from vssid.web.officer.campaigns import words as officer_campaigns
from vssid.web.officer.families import words as officer_families
from vssid.web.officer.procedures import words as officer_procedures
from vssid.web.officer.registration import words as officer_registration
from vssid.web.public.registration import states as public_registration

pytestmark = pytest.mark.architecture


@pytest.mark.parametrize(
    ("states", "words"),
    [
        (registration.State, officer_registration.STATES),
        (registration.State, public_registration.WORDING),
        (families.State, officer_families.STATES),
        (families.State, citizen_families.STATES),
        (procedures.State, officer_procedures.STATES),
        (campaigns.State, officer_campaigns.STATES),
    ],
    ids=[
        "registration, officer",
        "registration, public",
        "families, officer",
        "families, citizen",
        "procedures",
        "campaigns",
    ],
)
def test_every_state_but_a_draft_has_words(states: type[StrEnum], words: Mapping[Any, object]) -> None:
    assert {state for state in states if state.value != "draft"} - set(words) == set()
