"""Django's name for the room."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "vssid.domain.notifications"
    label = "notifications"
