"""Forms of HR people. What is typed stays; what is wrong is said beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.domain.employers.models.seats import WHY_LENGTH
from vssid.domain.employers.seats.people import NAME_LENGTH
from vssid.domain.employers.seats.roles import ROLES
from vssid.kernel.errors import Invalid

from ..sign_in.words import TAKEN, WRONG

NEW, KNOWN = "moi", "da-co"
_WRONG: Mapping[tuple[str, str], Any] = {
    **WRONG,
    ("username", "taken"): TAKEN,
    ("username", "nobody"): gettext_lazy(
        "Không có tài khoản nhân sự nào với đúng tên đăng nhập và họ tên này. Hãy hỏi lại người đó."
    ),
    ("role", "bad_choice"): gettext_lazy("Hãy chọn vai trò trong danh sách."),
    ("role", "same"): gettext_lazy("Người này đang có đúng vai trò đó."),
    ("role", "already"): gettext_lazy("Người này đã có vai trò tại đơn vị. Hãy kết thúc vai trò cũ trước."),
    ("why", "required"): gettext_lazy("Hãy ghi lý do."),
    ("why", "too_long"): gettext_lazy("Lý do dài quá 200 ký tự. Hãy viết ngắn lại."),
}


def refuse(form: forms.Form, invalid: Invalid) -> None:
    """Say beside each field what the room refused there."""
    for name, code in invalid.fields.items():
        form.add_error(name if name in form.fields else None, _WRONG.get((name, code), _("Chưa đúng.")))


class PersonForm(forms.Form):
    """A colleague: somebody new, or somebody who has an account of another employer's."""

    has_account = forms.ChoiceField(
        label=gettext_lazy("Người này"),
        choices=[
            (NEW, gettext_lazy("Chưa có tài khoản nhân sự")),
            (KNOWN, gettext_lazy("Đã có tài khoản, làm cho đơn vị khác")),
        ],
        initial=NEW,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Hãy chọn một trong hai.")},
    )
    name = forms.CharField(
        label=gettext_lazy("Họ và tên"),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": WRONG["name", "required"]},
    )
    username = forms.CharField(
        label=gettext_lazy("Tên đăng nhập"),
        help_text=gettext_lazy("Người mới: đặt tên, ví dụ hoa.saomai. Đã có tài khoản: đúng tên đang dùng."),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": gettext_lazy("Hãy nhập tên đăng nhập.")},
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Vai trò"),
        choices=[(role.value, words) for role, words in ROLES.items()],
        initial="clerk",
        error_messages={"required": gettext_lazy("Hãy chọn vai trò trong danh sách.")},
    )


class RoleForm(forms.Form):
    """Another role for a colleague."""

    role = forms.ChoiceField(
        label=gettext_lazy("Vai trò mới"),
        choices=[(role.value, words) for role, words in ROLES.items()],
        error_messages={
            "required": gettext_lazy("Hãy chọn vai trò trong danh sách."),
            "invalid_choice": gettext_lazy("Hãy chọn vai trò trong danh sách."),
        },
    )


class EndForm(forms.Form):
    """Why a role ends."""

    why = forms.CharField(
        label=gettext_lazy("Lý do"),
        max_length=WHY_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("Hãy ghi lý do."),
            "max_length": gettext_lazy("Lý do dài quá 200 ký tự. Hãy viết ngắn lại."),
        },
    )
