"""Django's name for the room."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "vssid.domain.places"
    label = "places"
