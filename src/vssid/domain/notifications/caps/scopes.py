"""What texts are counted for: codes, others, one phone, one kind."""

from __future__ import annotations

CODES, OTHERS, PHONE, KIND = "codes", "others", "phone", "kind:"
