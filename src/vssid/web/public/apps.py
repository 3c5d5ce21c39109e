from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "vssid.web.public"
    label = "public"
