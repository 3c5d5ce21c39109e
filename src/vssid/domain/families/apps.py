"""Django's name for the room."""

from django.apps import AppConfig


class FamiliesConfig(AppConfig):
    name = "vssid.domain.families"
    label = "families"
