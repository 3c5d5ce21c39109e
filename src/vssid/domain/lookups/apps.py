"""Django's name for the room."""

from django.apps import AppConfig


class LookupsConfig(AppConfig):
    name = "vssid.domain.lookups"
    label = "lookups"
