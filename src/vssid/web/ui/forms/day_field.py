"""Form fields that know Vietnamese habits; no rules of insurance."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

DAY = re.compile(r"(\d{1,2})[\s./-]+(\d{1,2})[\s./-]+(\d{4})|(\d{2})(\d{2})(\d{4})", re.ASCII)


class DayField(forms.Field):
    """A day typed as dd/MM/yyyy; `2-1-1990`, `02.01.1990` and `02011990` are understood too. Gives a date."""

    example = "02/01/1990"
    default_error_messages = {
        "required": _("Hãy nhập ngày, ví dụ 02/01/1990."),
        "invalid": _("Ngày chưa đúng. Hãy nhập theo thứ tự ngày/tháng/năm, ví dụ 02/01/1990."),
    }

    def __init__(self, *, autocomplete: str = "off", example: str = "", **options: Any) -> None:
        if example:
            self.example = example
        attrs = {"inputmode": "numeric", "autocomplete": autocomplete, "maxlength": "14"}
        super().__init__(widget=forms.TextInput(attrs=attrs), **options)

    def to_python(self, value: Any) -> date | None:
        """Refuses what is not a day of the calendar."""
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        match = DAY.fullmatch(str(value).strip())
        try:
            if match is None:
                raise ValueError
            day, month, year = (int(part) for part in match.groups() if part)
            return date(year, month, day)
        except ValueError:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None

    def prepare_value(self, value: Any) -> Any:
        """A date is shown as it is typed."""
        return value.strftime("%d/%m/%Y") if isinstance(value, date) else value
