"""Forms of the account pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vssid.kernel.text import digits
from vssid.web.ui.forms.number_field import NumberField

from .sign_in_forms import NAME_ATTRS


class NameForm(forms.Form):
    """Whose account: the login name only."""

    name = NumberField(
        label=_("Mã số BHXH/Số ĐDCN/CCCD"),
        max_length=60,
        widget=forms.TextInput(attrs=NAME_ATTRS),
        error_messages={"required": _("Hãy nhập mã số BHXH hoặc số định danh (CCCD) của bạn.")},
    )
    name.example = "0000 000 001"  # type: ignore[attr-defined]


def password_field(label: Any) -> forms.CharField:
    """The password of today."""
    return forms.CharField(
        label=label,
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(
            attrs={"autocomplete": "current-password", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": _("Hãy nhập mật khẩu.")},
    )


class FreezeForm(NameForm):
    """Freeze: by the password, when it is remembered, or by a code."""

    password = password_field(_("Mật khẩu"))

    def __init__(self, *args: Any, needs_password: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["password"].required = needs_password


class PasswordForm(forms.Form):
    """The password once more, before something that cannot be taken lightly."""

    password = password_field(_("Mật khẩu"))


class CodeForm(forms.Form):
    """Six digits from a message, with whatever people type between them."""

    code = NumberField(
        label=_("Mã 6 chữ số"),
        help_text=_("Nhận nhiều mã thì chỉ mã gửi sau cùng dùng được."),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "maxlength": "12",
                "pattern": "[0-9 ]*",
            }
        ),
        error_messages={"required": _("Hãy nhập đủ 6 chữ số trong tin nhắn.")},
    )

    def clean_code(self) -> str:
        """The digits alone."""
        code = digits(self.cleaned_data["code"])
        if len(code) != 6:
            raise forms.ValidationError(_("Hãy nhập đủ 6 chữ số trong tin nhắn."))
        return code


class PhoneForm(forms.Form):
    """A new phone."""

    value = NumberField(
        label=_("Số điện thoại mới"),
        max_length=20,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
        error_messages={"required": _("Hãy nhập số điện thoại mới.")},
    )
    value.example = "0912 345 678"  # type: ignore[attr-defined]


class EmailForm(forms.Form):
    """A new e-mail address."""

    value = NumberField(
        label=_("E-mail mới"),
        max_length=254,
        widget=forms.TextInput(
            attrs={
                "type": "email",
                "inputmode": "email",
                "autocomplete": "email",
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
        error_messages={"required": _("Hãy nhập e-mail mới.")},
    )
