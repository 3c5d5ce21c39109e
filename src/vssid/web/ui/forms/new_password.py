"""A new password of one's own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vssid.domain.accounts.sign_in.passwords import same


def _password(label: Any, required: Any, *, autocomplete: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(
            attrs={"autocomplete": autocomplete, "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": required},
    )


class NewPasswordForm(forms.Form):
    """A new password, typed twice, because without a script it cannot be seen."""

    new = _password(_("Mật khẩu mới"), _("Hãy đặt mật khẩu mới."), autocomplete="new-password")
    again = _password(
        _("Nhập lại mật khẩu mới"), _("Hãy nhập lại mật khẩu mới."), autocomplete="new-password"
    )

    def clean(self) -> dict[str, Any]:
        """Both must be the same."""
        values = super().clean() or {}
        if "new" in values and "again" in values and not same(values["new"], values["again"]):
            self.add_error("again", _("Hai lần nhập chưa giống nhau. Hãy bấm hình con mắt để xem lại."))
        return values


class ChangePasswordForm(NewPasswordForm):
    """The password of today and a new one."""

    now = _password(
        _("Mật khẩu đang dùng"), _("Hãy nhập mật khẩu đang dùng."), autocomplete="current-password"
    )
    field_order = ["now", "new", "again"]
