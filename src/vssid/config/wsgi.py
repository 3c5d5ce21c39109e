"""The WSGI application that granian serves."""

from __future__ import annotations

import os
import signal

from django.core.wsgi import get_wsgi_application

from vssid.infra.process_user import die_with

if os.environ.get("VSSID_DIE_WITH_PARENT"):
    # In the demo a web worker must not outlive the server process that was killed.
    die_with(signal.SIGTERM)()

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vssid.config.settings")
_django = get_wsgi_application()

from vssid.config import short_path  # noqa: E402  # needs Django set up

application = short_path.around(_django)
