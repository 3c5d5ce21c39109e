"""What a guardian typed of a child is written anew while the request is a draft."""

from __future__ import annotations

from vssid.domain.vault.binding import Rows

from .form import SEALED
from .models import ChildRequest

ROWS = (Rows(ChildRequest, "sealed", "id", lambda request: SEALED, lambda request: request.version),)
