"""Django's name for the room."""

from django.apps import AppConfig


class StatementsConfig(AppConfig):
    name = "vssid.domain.statements"
    label = "statements"
