"""Django's name for the room."""

from django.apps import AppConfig


class ParticipantsConfig(AppConfig):
    name = "vssid.domain.participants"
    label = "participants"
