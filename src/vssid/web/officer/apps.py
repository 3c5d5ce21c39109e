from django.apps import AppConfig


class OfficerConfig(AppConfig):
    name = "vssid.web.officer"
    label = "officer"
