"""Django's name for the room."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "vssid.domain.audit"
    label = "audit"
