"""Django's name for the top floor, so that its system checks and templates are found."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "vssid.config"
    label = "config"
