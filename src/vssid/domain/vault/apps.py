"""Django's name for the room."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "vssid.domain.vault"
    label = "vault"
