"""Django's name for the room."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "vssid.domain.identity"
    label = "identity"
