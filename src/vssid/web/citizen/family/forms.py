"""The forms of a request for a child, for drawing only: every rule is the domain's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vssid.domain.offices.queries import OfficeView
from vssid.kernel.errors import Invalid

from . import words

LONGEST = 300


def typed_values(form: forms.Form) -> dict[str, str]:
    """What was typed, cut at a length nobody needs."""
    return {name: str(form.data.get(name, ""))[:LONGEST] for name in form.fields}


def add_errors(form: forms.Form, refused: Invalid) -> None:
    """Put the words of a refusal beside their fields."""
    form.is_valid()
    for field, code in refused.fields.items():
        form.add_error(field if field in form.fields else None, str(words.wrong(field, code)))


def _text(label: Any, *, help_text: Any = "", example: str = "", **attrs: str) -> forms.CharField:
    attrs = {"autocomplete": "off", **attrs}
    made = forms.CharField(label=label, help_text=help_text, required=False, widget=forms.TextInput(attrs))
    made.example = example  # type: ignore[attr-defined]
    return made


class ChildForm(forms.Form):
    """Who the child is."""

    code = _text(
        _("Mã số BHXH hoặc số định danh của con"),
        help_text=_("10 hoặc 12 chữ số trên thẻ BHYT, hoặc 12 chữ số trên giấy khai sinh."),
        inputmode="numeric",
        maxlength="20",
    )
    full_name = _text(
        _("Họ và tên của con"),
        help_text=_("Viết đủ dấu như trên giấy khai sinh."),
        autocapitalize="words",
        maxlength="120",
    )
    birth_date = _text(_("Ngày sinh của con"), example="20/05/2018", inputmode="numeric", maxlength="14")
    relation = forms.CharField(
        label=_("Bạn là"),
        required=False,
        widget=forms.RadioSelect(choices=[(code, label) for code, label in words.RELATIONS.items()]),
    )


class SendForm(forms.Form):
    """Where the request goes, and the commitment."""

    office_code = forms.CharField(label=_("Cơ quan BHXH tiếp nhận"), required=False, widget=forms.Select())
    commitment = forms.BooleanField(
        label=_("Tôi cam kết là cha, mẹ hoặc người giám hộ của con và các giấy tờ là thật."), required=False
    )

    def __init__(self, offices: Sequence[OfficeView], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        widget = self.fields["office_code"].widget
        assert isinstance(widget, forms.Select)
        widget.choices = [(office.code, office.name) for office in offices]
