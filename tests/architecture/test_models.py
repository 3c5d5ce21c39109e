"""Keys between rooms point down, and nothing points back up."""

from __future__ import annotations

import itertools

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

pytestmark = pytest.mark.architecture

# Top to bottom, as in .importlinter; rooms on one line do not see each other.
LINES = [
    ["oversight"],
    ["privacy", "reports"],
    ["employers"],
    ["rollout"],
    ["registration", "procedures", "statements", "families", "support", "lookups"],
    ["cards"],
    ["record"],
    ["accounts"],
    ["casework"],
    ["participants", "directory", "identity"],
    ["offices"],
    ["verification"],
    ["notifications", "imports"],
    ["installation"],
    ["audit", "places", "vault"],
]
HEIGHT = {room: -number for number, line in enumerate(LINES) for room in line}


def _models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("vssid.")]


def _keys() -> list[models.ForeignKey]:
    fields = itertools.chain.from_iterable(model._meta.get_fields() for model in _models())
    return [field for field in fields if isinstance(field, models.ForeignKey)]


def test_every_room_has_a_line() -> None:
    rooms = {config.label for config in apps.get_app_configs() if config.name.startswith("vssid.domain.")}
    assert rooms == set(HEIGHT)


def test_keys_between_rooms_point_down_and_leave_no_way_back() -> None:
    for key in _keys():
        here, there = key.model._meta.app_label, key.related_model._meta.app_label
        if here == there:
            continue
        assert HEIGHT[here] > HEIGHT[there], f"{key} points up"
        assert key.remote_field.related_name == "+", f"{key} needs related_name='+'"


def test_the_audit_log_has_no_keys_to_live_data() -> None:
    assert [key for key in _keys() if key.model._meta.app_label == "audit"
            and key.related_model._meta.app_label != "audit"] == []  # fmt: skip


def test_no_model_uses_signals_or_its_own_save() -> None:
    for model in _models():
        assert "save" not in vars(model), f"{model} overrides save()"
    for signal in (models.signals.pre_save, models.signals.post_save, models.signals.pre_delete,
                   models.signals.post_delete):  # fmt: skip
        receivers = [entry[1]() if callable(entry[1]) else entry[1] for entry in signal.receivers]
        ours = [
            receiver for receiver in receivers if getattr(receiver, "__module__", "").startswith("vssid.")
        ]
        assert ours == []


@pytest.mark.django_db
def test_the_migrations_hold_every_model() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
