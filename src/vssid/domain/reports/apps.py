"""Django's name for the room."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "vssid.domain.reports"
    label = "reports"
