"""Django's name for the top floor, so that its system checks and templates are found."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "vssid.config"
    label = "config"

    def ready(self) -> None:
        """Every room is there: hand in what they have for those below."""
        from . import handing_in

        handing_in.hand_in()
