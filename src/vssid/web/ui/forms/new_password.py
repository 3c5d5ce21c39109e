"""A new password of one's own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vssid.domain.accounts.sign_in.passwords import same


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
