"""Addresses of pages that take nothing: worked out once for a process.

A page has some thirty links, and working out an address takes as long as writing a line of it.
"""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.urls import reverse


def address(name: str) -> str:
    """The address of the page of this name. Raises NoReverseMatch as `reverse` does."""
    return _address(name, settings.ROOT_URLCONF)


@lru_cache(maxsize=1024)
def _address(name: str, _urlconf: str) -> str:
    return reverse(name)
