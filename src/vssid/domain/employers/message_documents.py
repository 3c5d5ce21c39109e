"""What goes with e-mails of this room, made when they are sent."""

from __future__ import annotations

from .campaigns import emailing

DOCUMENTS = {emailing.KIND: emailing.document}
