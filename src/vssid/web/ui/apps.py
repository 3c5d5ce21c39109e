from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "vssid.web.ui"
    label = "ui"
