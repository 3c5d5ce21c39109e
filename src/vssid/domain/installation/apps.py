"""Django's name for the room."""

from django.apps import AppConfig


class InstallationConfig(AppConfig):
    name = "vssid.domain.installation"
    label = "installation"
