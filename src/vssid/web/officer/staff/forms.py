"""Forms of staff: a new member, a post, an absence. What is typed stays; what is wrong is said beside it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.domain.accounts.posts.giving import Asked
from vssid.domain.offices.rights import ROLES
from vssid.kernel.errors import Invalid
from vssid.web.ui.forms.day_field import DayField
from vssid.web.ui.forms.number_field import NumberField

WRONG: Mapping[tuple[str, str], Any] = {
    ("username", "bad_username"): gettext_lazy(
        "Tên đăng nhập gồm 2–40 chữ thường không dấu, chữ số, dấu . _ -; không chỉ là số."
    ),
    ("username", "taken"): gettext_lazy("Tên đăng nhập này đã có người dùng. Hãy chọn tên khác."),
    ("phone", "bad_phone"): gettext_lazy("Số điện thoại chưa đúng, ví dụ: 0225 000 0101."),
    ("name", "required"): gettext_lazy("Hãy nhập họ và tên."),
    ("name", "too_long"): gettext_lazy("Họ và tên dài quá 120 ký tự."),
    ("office", "bad_choice"): gettext_lazy("Hãy chọn cơ quan trong danh sách."),
    ("role", "bad_choice"): gettext_lazy("Hãy chọn vai trò trong danh sách."),
    ("role", "already"): gettext_lazy("Người này đã có vai trò này tại cơ quan đó trong những ngày ấy."),
    ("from_on", "past"): gettext_lazy("Ngày bắt đầu không được trước hôm nay."),
    ("from_on", "overlaps"): gettext_lazy("Đã ghi một lần vắng mặt trùng những ngày này."),
    ("until_on", "before_from"): gettext_lazy("Ngày cuối phải từ ngày bắt đầu trở đi."),
    ("until_on", "past"): gettext_lazy("Ngày cuối đã qua."),
    ("bhxh_code", "bad_code"): gettext_lazy("Mã số BHXH có 10 hoặc 12 chữ số. Hãy xem lại."),
    ("bhxh_code", "unknown_code"): gettext_lazy("Không có mã số này trong dữ liệu BHXH."),
    ("bhxh_code", "required"): gettext_lazy("Hãy nhập mã số BHXH."),
    ("email", "bad_email"): gettext_lazy("Địa chỉ e-mail chưa đúng, ví dụ: ten@bhxh.vn."),
    ("deputy", "unknown"): gettext_lazy("Không có cán bộ nào với tên đăng nhập này."),
    ("deputy", "same"): gettext_lazy("Người làm thay phải là người khác."),
    ("deputy", "away"): gettext_lazy("Người này cũng vắng mặt trong những ngày ấy. Hãy chọn người khác."),
    ("why", "required"): gettext_lazy("Hãy ghi lý do."),
    ("why", "too_long"): gettext_lazy("Lý do dài quá 200 ký tự. Hãy viết ngắn lại."),
}


def refuse(form: forms.Form, invalid: Invalid) -> None:
    """Say beside each field what the room refused there."""
    for name, code in invalid.fields.items():
        form.add_error(name if name in form.fields else None, WRONG.get((name, code), _("Chưa đúng.")))


_day = partial(DayField, example="01/12/2026")


def _from_today() -> DayField:
    from_today = gettext_lazy("Để trống: từ hôm nay.")
    return _day(label=gettext_lazy("Từ ngày"), required=False, help_text=from_today)


def _until(*, required: bool = False) -> DayField:
    open_ended = "" if required else gettext_lazy("Để trống: không có ngày cuối.")
    return _day(label=gettext_lazy("Ngày cuối"), required=required, help_text=open_ended)


class _PostFields(forms.Form):
    """Office, role and days of a post."""

    office = forms.ChoiceField(
        label=gettext_lazy("Cơ quan"),
        error_messages={
            "required": WRONG["office", "bad_choice"],
            "invalid_choice": WRONG["office", "bad_choice"],
        },
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Vai trò"),
        choices=[("", gettext_lazy("Chọn vai trò")), *((role.value, words) for role, words in ROLES.items())],
        error_messages={
            "required": WRONG["role", "bad_choice"],
            "invalid_choice": WRONG["role", "bad_choice"],
        },
    )
    from_on = _day(
        label=gettext_lazy("Từ ngày"), required=False, help_text=gettext_lazy("Để trống: từ hôm nay.")
    )
    until_on = _until()

    def __init__(self, data: Any = None, *, offices: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(data, **more)
        chosen: Any = self.fields["office"]
        # With one office there is nothing to choose.
        chosen.choices = offices if len(offices) == 1 else [("", _("Chọn cơ quan")), *offices]

    def asked(self, today: date) -> Asked:
        """The post as it was asked for."""
        typed = self.cleaned_data
        return Asked(typed["office"], typed["role"], typed["from_on"] or today, typed["until_on"])


class MemberForm(_PostFields):
    """A new member of staff with the first post."""

    name = forms.CharField(
        label=gettext_lazy("Họ và tên"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off", "lang": "vi"}),
        error_messages={"required": WRONG["name", "required"], "max_length": WRONG["name", "too_long"]},
    )
    username = NumberField(
        label=gettext_lazy("Tên đăng nhập"),
        help_text=gettext_lazy("Chữ thường không dấu, chữ số, dấu . _ -. Không đổi được về sau."),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": gettext_lazy("Hãy nhập tên đăng nhập.")},
    )
    bhxh_code = NumberField(
        label=gettext_lazy("Mã số BHXH của người này"),
        help_text=gettext_lazy("Để hệ thống không cho tự xử lý hồ sơ của mình, của hộ gia đình mình."),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    email = NumberField(
        label=gettext_lazy("E-mail công việc"),
        help_text=gettext_lazy("Người này xác nhận bằng mã trước khi nhận thông báo. Không bắt buộc."),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"max_length": WRONG["email", "bad_email"]},
    )
    field_order = ("name", "username", "office", "role", "from_on", "until_on", "bhxh_code", "email")


class PostForm(_PostFields):
    """Another post of a member."""


class AbsenceForm(forms.Form):
    """Days on which a member is away, and who deputises."""

    from_on = _day(
        label=gettext_lazy("Vắng từ ngày"), required=False, help_text=gettext_lazy("Để trống: từ hôm nay.")
    )
    until_on = _until(required=True)
    deputy = NumberField(
        label=gettext_lazy("Tên đăng nhập của người làm thay"),
        help_text=gettext_lazy("Người này có mọi vị trí của người vắng trong những ngày ấy. Không bắt buộc."),
        max_length=40,
        required=False,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


class WhyForm(forms.Form):
    """Why a post ends."""

    why = forms.CharField(
        label=gettext_lazy("Lý do"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "lang": "vi"}),
        error_messages={"required": WRONG["why", "required"], "max_length": WRONG["why", "too_long"]},
    )


class PhoneForm(forms.Form):
    """The phone of the desk where a post is reached."""

    phone = forms.CharField(
        label=gettext_lazy("Số điện thoại của vị trí"),
        help_text=gettext_lazy("Để trống: chỉ cho biết số của cơ quan."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
        error_messages={"max_length": WRONG["phone", "bad_phone"]},
    )


class DeputyForm(forms.Form):
    """Who does a post meanwhile."""

    deputy = NumberField(
        label=gettext_lazy("Tên đăng nhập của người làm thay"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": gettext_lazy("Hãy nhập tên đăng nhập.")},
    )
    from_on = _day(
        label=gettext_lazy("Từ ngày"), required=False, help_text=gettext_lazy("Để trống: từ hôm nay.")
    )
    until_on = _until(required=True)


class PersonForm(forms.Form):
    """Who of the register a member is."""

    bhxh_code = NumberField(
        label=gettext_lazy("Mã số BHXH"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        error_messages={"required": WRONG["bhxh_code", "required"]},
    )
