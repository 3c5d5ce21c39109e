"""Forms of what an office does with an employer. What is typed stays; what is wrong is said beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.domain.employers.models.standing import BASIS_LENGTH
from vssid.domain.employers.standing.actions import Noted
from vssid.kernel.errors import Invalid
from vssid.web.ui.forms.day_field import DayField
from vssid.web.ui.forms.number_field import NumberField

from .words import KINDS

WRONG: Mapping[tuple[str, str], Any] = {
    ("kind", "bad_choice"): gettext_lazy("Hãy chọn một tình trạng."),
    ("kind", "already"): gettext_lazy(
        "Đơn vị đã được ghi là ngừng hoạt động hoặc sáp nhập. Nếu ghi nhầm, hãy bỏ ghi nhận cũ trước."
    ),
    ("from_on", "required"): gettext_lazy("Hãy nhập ngày bắt đầu, ví dụ 01/12/2026."),
    ("from_on", "already"): gettext_lazy("Đã ghi một lần chuyển cơ quan từ đúng ngày này."),
    ("basis", "required"): gettext_lazy("Hãy ghi văn bản làm căn cứ: số, ngày, cơ quan ban hành."),
    ("basis", "too_long"): gettext_lazy("Căn cứ dài quá 200 ký tự. Hãy viết ngắn lại."),
    ("into", "unknown"): gettext_lazy("Không có đơn vị với mã này. Hãy xem lại mã đơn vị."),
    ("into", "same"): gettext_lazy("Đơn vị không sáp nhập vào chính mình."),
    ("office", "bad_choice"): gettext_lazy(
        "Không có cơ quan với mã này, hoặc đơn vị chưa thuộc cơ quan nào."
    ),
    ("office", "same"): gettext_lazy(
        "Đơn vị đang thuộc cơ quan này. Nếu muốn trở về, hãy bỏ ghi nhận chuyển cơ quan."
    ),
    ("why", "required"): gettext_lazy("Hãy ghi lý do."),
    ("why", "too_long"): gettext_lazy("Lý do dài quá 200 ký tự. Hãy viết ngắn lại."),
}


def refuse(form: forms.Form, invalid: Invalid) -> None:
    """Say beside each field what the room refused there."""
    for name, code in invalid.fields.items():
        form.add_error(name if name in form.fields else None, WRONG.get((name, code), _("Chưa đúng.")))


class WhyForm(forms.Form):
    """Why something ends."""

    why = forms.CharField(
        label=gettext_lazy("Lý do"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "lang": "vi"}),
        error_messages={"required": WRONG["why", "required"], "max_length": WRONG["why", "too_long"]},
    )


class StandingForm(forms.Form):
    """What became of an employer, and from when."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Tình trạng"),
        choices=[("", gettext_lazy("Chọn tình trạng")), *KINDS.items()],
        error_messages={
            "required": WRONG["kind", "bad_choice"],
            "invalid_choice": WRONG["kind", "bad_choice"],
        },
    )
    from_on = DayField(
        label=gettext_lazy("Từ ngày"),
        example="01/12/2026",
        error_messages={"required": WRONG["from_on", "required"]},
    )
    into = NumberField(
        label=gettext_lazy("Mã đơn vị nhận sáp nhập"),
        help_text=gettext_lazy("Chỉ khi sáp nhập."),
        max_length=10,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    office = NumberField(
        label=gettext_lazy("Mã cơ quan mới"),
        help_text=gettext_lazy("Chỉ khi chuyển cơ quan: 5 chữ số, ví dụ 03101."),
        max_length=10,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    basis = forms.CharField(
        label=gettext_lazy("Căn cứ"),
        help_text=gettext_lazy("Văn bản: số, ngày, cơ quan ban hành."),
        max_length=BASIS_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off", "lang": "vi"}),
        error_messages={"required": WRONG["basis", "required"], "max_length": WRONG["basis", "too_long"]},
    )

    def noted(self) -> Noted:
        """As it was typed."""
        typed = self.cleaned_data
        return Noted(typed["kind"], typed["from_on"], typed["basis"], typed["into"], typed["office"])
