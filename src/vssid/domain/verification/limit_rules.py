"""How often codes, texts and proofs may be asked for and tried."""

from __future__ import annotations

from datetime import timedelta

from .limits import CROWDED, DAY, ENDLESS, HOUR, QUARTER, Rule

LIMITS = {
    # Phone codes: to one phone from one network, and from one address. What one network may ask for in a
    # day stays far below what a phone is sent in all, so nobody can use up a stranger's codes from one
    # place; the whole bounds what one phone has to bear. No wait is longer than two hours.
    "code_near": Rule(5, QUARTER, timedelta(minutes=10), HOUR, 3),
    "code_near_day": Rule(12, DAY, 2 * HOUR, 2 * HOUR, 1, then=1),
    "code_phone": Rule(60, DAY, HOUR, HOUR, then=4),
    "code_address": Rule(60, HOUR, timedelta(minutes=15), HOUR, CROWDED),
    "code_check_address": Rule(200, HOUR, timedelta(minutes=15), HOUR, ENDLESS),
    # Texts for which a person did a sum instead of the browser's work (`texts`).
    "text_sum_near": Rule(10, HOUR, timedelta(minutes=15), HOUR),
    "text_sum": Rule(500, HOUR, timedelta(minutes=5), HOUR),
    # Codes that somebody signed in asks for: by the person, or by the officer for whoever is at the desk.
    "code_citizen": Rule(20, HOUR, timedelta(minutes=10), HOUR),
    "code_staff": Rule(200, HOUR, timedelta(minutes=10), HOUR),
    # Codes to a phone from the devices on which it was proved before, whatever strangers ask for.
    "code_device": Rule(20, HOUR, timedelta(minutes=10), HOUR),
    # One code a minute for one purpose and phone: a double tap sends one, not two.
    "code_again": Rule(1, timedelta(minutes=1), timedelta(minutes=1), timedelta(minutes=1)),
    # A proof of work is good once.
    "lookup_proof": Rule(1, DAY, DAY, DAY),
}
