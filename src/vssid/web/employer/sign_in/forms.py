"""The forms of the first coming in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vssid.domain.employers.seats.people import NAME_LENGTH
from vssid.web.ui.forms.new_password import NewPasswordForm

PLAIN = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class CodeForm(forms.Form):
    """The employer's code and the one-time code of the letter."""

    employer = forms.CharField(
        label=_("Mã đơn vị"),
        help_text=_("Mã đơn vị tham gia BHXH, in trong thư, ví dụ TA0001Z."),
        max_length=40,
        widget=forms.TextInput(attrs=PLAIN),
        error_messages={"required": _("Hãy nhập mã đơn vị in trong thư.")},
    )
    code = forms.CharField(
        label=_("Mã mời"),
        help_text=_("In trong thư của cơ quan BHXH; mã dùng được một lần."),
        max_length=60,
        widget=forms.TextInput(attrs=PLAIN),
        error_messages={"required": _("Hãy nhập mã mời in trong thư.")},
    )


class FirstPersonForm(NewPasswordForm):
    """Name, user name and own password of the first HR person."""

    name = forms.CharField(
        label=_("Họ và tên của bạn"),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Hãy nhập họ và tên.")},
    )
    username = forms.CharField(
        label=_("Tên đăng nhập tự chọn"),
        help_text=_("2–40 chữ thường không dấu, chữ số, dấu . _ -; không chỉ là số. Ví dụ: tuan.saomai"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": _("Hãy nhập tên đăng nhập.")},
    )
    field_order = ("name", "username", "new", "again")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new"].label = _("Mật khẩu")
        self.fields["again"].label = _("Nhập lại mật khẩu")
