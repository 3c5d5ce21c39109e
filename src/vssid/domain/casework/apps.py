from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """The room of what files at an office have in common."""

    name = "vssid.domain.casework"
    label = "casework"
