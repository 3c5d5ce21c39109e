"""How often may be tried what opens an account, or what its owner is sent."""

from __future__ import annotations

from datetime import timedelta

from vssid.domain.verification.limits import CROWDED, DAY, HOUR, QUARTER, Rule

LIMITS = {
    # Sign-in: five guesses at one account from one address; many from one address; many at one account.
    "sign_in_pair": Rule(5, QUARTER, timedelta(minutes=1), HOUR),
    "sign_in_all": Rule(120, QUARTER, timedelta(minutes=5), HOUR),
    "sign_in_address": Rule(100, QUARTER, timedelta(minutes=5), HOUR, CROWDED),
    "sign_in_account": Rule(30, HOUR, timedelta(minutes=5), HOUR, 3),
    # Second factors of staff, who have proved the password: five guesses in a browser at an address, and 60 a
    # day from wherever the member has never signed in. One guess is right with three in a million.
    "factor_pair": Rule(5, QUARTER, timedelta(minutes=1), HOUR),
    "factor_account": Rule(60, DAY, HOUR, DAY, then=6),
    # How often a member who lost every factor asks for another administrator's word.
    "factor_word": Rule(5, DAY, HOUR, DAY),
    # Claims without a session. Counted by what was typed, known or not, apart for each network, and for a
    # device the account has signed in on apart again: what strangers use up never stops the owner.
    "claim_near": Rule(5, QUARTER, timedelta(minutes=10), HOUR, 4),
    "claim_near_day": Rule(12, DAY, HOUR, HOUR, 1, then=1),
    "claim_address": Rule(60, HOUR, timedelta(minutes=15), HOUR, CROWDED),
    "claim_name": Rule(60, DAY, HOUR, HOUR, then=6),
    # The bill for one account, whichever of its names is typed; reached after `claim_name` has told.
    "claim_to": Rule(400, DAY, HOUR, HOUR),
    # Texts of one kind about one account a day: a bound for the bill, never for the act it tells of.
    "alert": Rule(20, DAY, HOUR, DAY),
    "counter_look_up": Rule(200, HOUR, timedelta(minutes=5), HOUR),
    # A trusted person: how often one is asked, and how often codes go to that phone as well.
    "trusted_ask": Rule(5, DAY, HOUR, DAY),
    "trusted_use": Rule(5, DAY, DAY, DAY),
}
