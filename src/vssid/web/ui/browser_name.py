"""How a browser is called in a list of devices."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)
BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("coc_coc", "Cốc Cốc"),
    ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)  # fmt: skip


def name(request: HttpRequest) -> str:
    """A browser in words its owner knows: `Chrome · Android`."""
    agent = request.headers.get("User-Agent", "")
    labels = [next((label for sign, label in table if sign in agent), "") for table in (BROWSERS, SYSTEMS)]
    return " · ".join(filter(None, labels)) or _("Không xác định thiết bị")
