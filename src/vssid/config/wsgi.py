"""The WSGI application; granian serves it through edge.py."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from vssid.infra import importing

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vssid.config.settings")
with importing.without_collecting():
    _django = get_wsgi_application()
    assert get_resolver().url_patterns  # imports every view now, and not in the first request

from vssid.config import short_path  # needs Django set up
from vssid.web.ui.pages import copy_notice

if os.environ.get("VSSID_SERVING"):
    copy_notice.watch()

_BOUNDARY = re.compile(r"""boundary=("[^"\\]{1,70}"|[!#-+\--:=?-~]{1,70})""", re.ASCII | re.IGNORECASE)


def plainly_typed(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Django behind a plain Content-Type."""
    if given := environ.get("CONTENT_TYPE"):
        environ["CONTENT_TYPE"] = plain_type(given)
    return _django(environ, start_response)


def plain_type(given: str) -> str:
    """The media type with its boundary and nothing else.

    Our forms come in UTF-8. Any other charset is not ours, and some (`hex`, `utf-7`, `unicode_escape`) or
    an odd RFC 2231 parameter break the reading of the request before a view could answer.
    """
    media = given.partition(";")[0].strip()
    boundary = _BOUNDARY.search(given)
    return f"{media}; {boundary.group()}" if boundary else media


application = short_path.around(plainly_typed)
