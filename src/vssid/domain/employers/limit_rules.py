"""How often wrong codes may be sent from one address, a worker may try to prove an invitation,
and a program may ask.
"""

from __future__ import annotations

from datetime import timedelta

from vssid.domain.verification.limits import CROWDED, DAY, HOUR, Rule

LIMITS = {
    # Wrong ones alone: a right code is good from any address, whatever others there have tried.
    "entry_wrong": Rule(20, HOUR, timedelta(minutes=15), DAY, CROWDED),
    "invitation_wrong": Rule(20, HOUR, timedelta(minutes=15), DAY, CROWDED),
    # By invitation, whose code only its holder has.
    "invitation_proof": Rule(5, HOUR, HOUR, DAY),
    # At an employer's code, which many know: by BHXH code and place, so that who tries somebody's code stops
    # nobody elsewhere; of one code everywhere, and of one place, a crowd has to work.
    "poster_proof": Rule(5, HOUR, HOUR, DAY),
    "poster_code": Rule(20, DAY, HOUR, DAY, CROWDED),
    # By program, so that one that runs wild stops itself alone.
    "software_calls": Rule(3_000, HOUR, timedelta(minutes=1), timedelta(minutes=15)),
    "poster_address": Rule(60, HOUR, timedelta(minutes=15), DAY, CROWDED),
}
