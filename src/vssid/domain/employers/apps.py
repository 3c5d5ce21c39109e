"""Django's name for the room."""

from django.apps import AppConfig


class EmployersConfig(AppConfig):
    name = "vssid.domain.employers"
    label = "employers"
