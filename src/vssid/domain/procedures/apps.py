"""Django's name for the room."""

from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "vssid.domain.procedures"
    label = "procedures"
