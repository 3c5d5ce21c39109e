"""Django's name for the room."""

from django.apps import AppConfig


class CardsConfig(AppConfig):
    name = "vssid.domain.cards"
    label = "cards"
