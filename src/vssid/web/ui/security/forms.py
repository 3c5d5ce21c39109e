"""The forms of second factors and of the first own password."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vssid.domain.accounts.factors import totp
from vssid.domain.accounts.factors.second_step import Proof
from vssid.kernel.text import digits

from ..forms.number_field import NumberField

CODE_ATTRS = {"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": "12"}


class AppCodeForm(forms.Form):
    """Six digits from an authenticator app, with whatever people type between them."""

    code = NumberField(
        label=_("Mã 6 chữ số trong ứng dụng xác thực"),
        max_length=20,
        widget=forms.TextInput(attrs=CODE_ATTRS),
        error_messages={"required": _("Hãy nhập đủ 6 chữ số đang hiện trong ứng dụng.")},
    )

    def clean_code(self) -> str:
        """The digits alone."""
        code = digits(self.cleaned_data["code"])
        if len(code) != totp.DIGITS:
            raise forms.ValidationError(_("Hãy nhập đủ 6 chữ số đang hiện trong ứng dụng."))
        return code


class ProofForm(forms.Form):
    """A factor, proved by the app's code or, where the phone is lost, by a recovery code."""

    ma_xac_thuc = NumberField(
        label=_("Mã 6 chữ số trong ứng dụng xác thực"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs=CODE_ATTRS),
    )
    ma_du_phong = forms.CharField(
        label=_("Mã dự phòng"),
        max_length=40,
        required=False,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        values = super().clean() or {}
        if not values.get("ma_du_phong") and len(digits(values.get("ma_xac_thuc", ""))) != totp.DIGITS:
            self.add_error("ma_xac_thuc", _("Hãy nhập đủ 6 chữ số đang hiện trong ứng dụng."))
        return values

    @property
    def field_used(self) -> str:
        """The field that was filled in; a recovery code goes before."""
        return "ma_du_phong" if self.cleaned_data.get("ma_du_phong") else "ma_xac_thuc"

    @property
    def proof(self) -> Proof:
        """What was typed there."""
        name = self.field_used
        return Proof(self.cleaned_data[name], is_recovery=name == "ma_du_phong")
