"""What granian's workers load: the application behind the door of this process (docs/adr/0003)."""

from __future__ import annotations

import os
import signal

from vssid.config.wsgi import application
from vssid.infra.edge.door import Door
from vssid.infra.edge.installing import install
from vssid.infra.edge.watch import Watch
from vssid.infra.embedded.process_user import die_with

__all__ = ["application"]
THREADS = "VSSID_PAGE_THREADS"  # set by `./vssid serve`


def _open() -> Door:
    from django.conf import settings

    from vssid.web.ui import bodies

    return Door(
        application,
        plan=bodies.plan,
        threads=int(os.environ.get(THREADS, "4")),
        proxied=settings.TRUSTED_PROXIES > 0,
        largest_file=settings.IMPORT_UPLOAD_LIMIT + 1024 * 1024,
    )


# A worker must not outlive the server that started it: nobody could end it, and it would go on answering.
die_with(signal.SIGTERM)()
door = _open()
install(door)
Watch(door).start()
