"""Form fields of what people copy from messages, cards and chats."""

from __future__ import annotations

from typing import Any

from django import forms

from vssid.kernel.text import number_text


class NumberField(forms.CharField):
    """A code, number, sign-in name or address: cleaned of what nobody sees before its length is judged."""

    def to_python(self, value: Any) -> Any:
        """The text as it is meant."""
        return super().to_python(number_text(value) if isinstance(value, str) else value)
