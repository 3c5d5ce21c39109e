"""Django's name for the room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "vssid.domain.accounts"
    label = "accounts"
