"""Django's name for the room."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "vssid.domain.oversight"
    label = "oversight"
