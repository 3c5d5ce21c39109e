"""The forms of the citizen door."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from vssid.web.ui.forms.number_field import NumberField

NAME_ATTRS = {
    "autocomplete": "username",
    "inputmode": "numeric",
    "autocapitalize": "none",
    "spellcheck": "false",
}


class SignInForm(forms.Form):
    """Name and password as people typed them; the accounts room reads them."""

    name = NumberField(
        label=_("Mã số BHXH/Số ĐDCN/CCCD"),
        max_length=60,
        widget=forms.TextInput(attrs=NAME_ATTRS),
        error_messages={"required": _("Hãy nhập mã số BHXH hoặc số định danh (CCCD) của bạn.")},
    )
    password = forms.CharField(
        label=_("Mật khẩu"),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(
            attrs={"autocomplete": "current-password", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": _("Hãy nhập mật khẩu.")},
    )
    name.example = "0000 000 001"  # type: ignore[attr-defined]
