"""Django's name for the room."""

from django.apps import AppConfig


class RegistrationConfig(AppConfig):
    name = "vssid.domain.registration"
    label = "registration"
