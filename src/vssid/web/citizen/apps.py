from django.apps import AppConfig


class CitizenConfig(AppConfig):
    name = "vssid.web.citizen"
    label = "citizen"
