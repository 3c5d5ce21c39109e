"""What rooms and doors hand to rooms below them, at start, so that these need not know who lives above.

An installed room or door may have modules of the names given here, with constants in it; they are found as
jobs and importers are.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps

from vssid.domain.accounts.posts.closeness import CLOSENESS
from vssid.domain.casework import own_files
from vssid.domain.notifications.inbox import kinds as notice_kinds
from vssid.domain.notifications.outbox import documents, letters, templates
from vssid.domain.reports import makers
from vssid.domain.verification import limits


def hand_in() -> None:
    """Once, when all rooms are there. Refuses to start (ValueError) where two hand in the same name."""
    for (rules,) in _each("limit_rules", "LIMITS"):
        limits.register(rules)
    for (kinds,) in _each("notice_kinds", "NOTICES"):
        notice_kinds.register(kinds)
    for (links,) in _each("notice_links", "LINKS"):
        notice_kinds.register_links(links)
    notice_kinds.check_whole()
    for texts, english in _each("message_texts", "SMS", "SMS_ENGLISH"):
        templates.register(texts, english)
    for texts, english in _each("message_texts", "LETTERS", "LETTERS_ENGLISH"):
        letters.register(texts, english)
    for (makers_of,) in _each("message_documents", "DOCUMENTS"):
        documents.register(makers_of)
    for (reports,) in _each("report_makers", "MAKERS"):
        makers.register(reports)
    own_files.register(CLOSENESS)


def _each(module: str, *names: str) -> Iterator[tuple[Any, ...]]:
    for config in apps.get_app_configs():
        if config.name.startswith("vssid.") and find_spec(f"{config.name}.{module}"):
            loaded = import_module(f"{config.name}.{module}")
            if hasattr(loaded, names[0]):
                # The second of two is owed by who has the first: no text is in one language alone.
                yield tuple(getattr(loaded, name) for name in names)
