"""Argon2id as in production, at a small part of its cost: thousands of tests sign in."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickArgon2(Argon2PasswordHasher):
    """The same algorithm with little memory and one pass."""

    time_cost = 1
    memory_cost = 64
    parallelism = 1
