from django.apps import AppConfig


class EmployerConfig(AppConfig):
    name = "vssid.web.employer"
    label = "employer"
