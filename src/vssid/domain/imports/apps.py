"""Django's name for the room."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "vssid.domain.imports"
    label = "imports"
