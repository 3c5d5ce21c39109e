"""Django's name for the room."""

from django.apps import AppConfig


class VerificationConfig(AppConfig):
    name = "vssid.domain.verification"
    label = "verification"
