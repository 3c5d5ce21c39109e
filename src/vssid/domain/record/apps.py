"""Django's name for the room."""

from django.apps import AppConfig


class RecordConfig(AppConfig):
    name = "vssid.domain.record"
    label = "record"
