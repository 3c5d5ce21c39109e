"""Django's name for the room."""

from django.apps import AppConfig


class RolloutConfig(AppConfig):
    name = "vssid.domain.rollout"
    label = "rollout"
