"""The forms of the citizen door."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vssid.domain.accounts.sign_in.passwords import same
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


def _new_password(label: Any, required: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(
            attrs={"autocomplete": "new-password", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": required},
    )


class NewPasswordForm(forms.Form):
    """A new password, typed twice, because without a script it cannot be seen."""

    new = _new_password(_("Mật khẩu mới"), _("Hãy đặt mật khẩu mới."))
    again = _new_password(_("Nhập lại mật khẩu mới"), _("Hãy nhập lại mật khẩu mới."))

    def clean(self) -> dict[str, Any]:
        """Both must be the same."""
        values = super().clean() or {}
        if "new" in values and "again" in values and not same(values["new"], values["again"]):
            self.add_error("again", _("Hai lần nhập chưa giống nhau. Hãy bấm hình con mắt để xem lại."))
        return values


class ChangePasswordForm(NewPasswordForm):
    """The password of today and a new one."""

    now = forms.CharField(
        label=_("Mật khẩu đang dùng"),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(
            attrs={"autocomplete": "current-password", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": _("Hãy nhập mật khẩu đang dùng.")},
    )
    field_order = ["now", "new", "again"]
