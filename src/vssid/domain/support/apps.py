"""Django's name for the room."""

from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "vssid.domain.support"
    label = "support"
