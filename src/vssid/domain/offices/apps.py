"""Django's name for the room."""

from django.apps import AppConfig


class OfficesConfig(AppConfig):
    name = "vssid.domain.offices"
    label = "offices"
