"""Django's name for the room."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "vssid.domain.directory"
    label = "directory"
