"""Forms of the plan: the letter, a target, who looks after an employer. What is wrong is said beside it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.domain.rollout.plans import LONGEST_NUMBER, LONGEST_TITLE, Aim, Letter
from vssid.kernel.errors import Invalid
from vssid.kernel.text import code_text
from vssid.web.ui.forms.day_field import DayField

OUTSIDE = gettext_lazy("Ngày này ngoài thời gian của kế hoạch.")
WRONG: Mapping[tuple[str, str], Any] = {
    ("office", "bad_choice"): gettext_lazy("Hãy chọn cơ quan trong danh sách."),
    ("letter_number", "required"): gettext_lazy("Hãy nhập số văn bản."),
    ("letter_number", "too_long"): gettext_lazy("Số văn bản dài quá 60 ký tự."),
    ("letter_number", "already"): gettext_lazy("Cơ quan này đã có kế hoạch theo văn bản số này, ngày này."),
    ("title", "required"): gettext_lazy("Hãy nhập tên kế hoạch."),
    ("title", "too_long"): gettext_lazy("Tên kế hoạch dài quá 200 ký tự."),
    ("to_on", "before_from"): gettext_lazy("Ngày cuối phải từ ngày bắt đầu trở đi."),
    ("to_on", "targets_outside"): gettext_lazy(
        "Có chỉ tiêu nằm ngoài thời gian này. Hãy bỏ các chỉ tiêu đó trước."
    ),
    ("to_on", "outside_plan"): OUTSIDE,
    ("from_on", "outside_plan"): OUTSIDE,
    ("from_on", "later_one"): gettext_lazy(
        "Đơn vị này đã được giao cho chuyên quản khác từ một ngày sau đó."
    ),
    ("until_on", "before_from"): gettext_lazy("Ngày cuối phải từ ngày bắt đầu trở đi."),
    ("people", "out_of_range"): gettext_lazy("Hãy nhập số người từ 1 đến 100.000.000."),
    ("whom", "exactly_one"): gettext_lazy("Hãy chọn đúng một: cơ quan, đơn vị hoặc chuyên quản."),
    ("whom", "plan_ended"): gettext_lazy("Kế hoạch này đã kết thúc, không đặt thêm chỉ tiêu được."),
    ("employer", "not_here"): gettext_lazy("Không có đơn vị mã này tại các cơ quan của kế hoạch."),
    ("employer", "unknown"): gettext_lazy("Không có đơn vị mã này tại cơ quan trong phạm vi của vị trí."),
    ("officer", "not_here"): gettext_lazy(
        "Người này không giữ vị trí chuyên quản thu tại các cơ quan của kế hoạch."
    ),
    ("officer", "no_post"): gettext_lazy(
        "Người này không giữ vị trí chuyên quản thu tại cơ quan của đơn vị."
    ),
    ("version", "changed"): gettext_lazy("Có người vừa sửa kế hoạch này. Hãy xem lại bản mới rồi sửa tiếp."),
}


def refuse(form: forms.Form, invalid: Invalid) -> None:
    """Say beside each field what the room refused there."""
    for name, code in invalid.fields.items():
        visible = name in form.fields and not form.fields[name].widget.is_hidden
        form.add_error(name if visible else None, WRONG.get((name, code), _("Chưa đúng.")))


_day = partial(DayField, example="01/12/2026")


class LetterForm(forms.Form):
    """The letter that orders the plan; `seen` is the version that was on the page."""

    office = forms.ChoiceField(
        label=gettext_lazy("Cơ quan"),
        error_messages={
            "required": WRONG["office", "bad_choice"],
            "invalid_choice": WRONG["office", "bad_choice"],
        },
    )
    letter_number = forms.CharField(
        label=gettext_lazy("Số văn bản"),
        max_length=LONGEST_NUMBER,
        error_messages={
            "required": WRONG["letter_number", "required"],
            "max_length": WRONG["letter_number", "too_long"],
        },
    )
    letter_on = _day(label=gettext_lazy("Ngày văn bản"))
    title = forms.CharField(
        label=gettext_lazy("Tên kế hoạch"),
        max_length=LONGEST_TITLE,
        widget=forms.TextInput(attrs={"lang": "vi"}),
        error_messages={"required": WRONG["title", "required"], "max_length": WRONG["title", "too_long"]},
    )
    from_on = _day(label=gettext_lazy("Từ ngày"))
    to_on = _day(label=gettext_lazy("Đến hết ngày"))
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, offices: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(data, **more)
        chosen: Any = self.fields["office"]
        chosen.choices = offices if len(offices) == 1 else [("", _("Chọn cơ quan")), *offices]

    def letter(self) -> Letter:
        """What was typed."""
        typed = self.cleaned_data
        return Letter(
            typed["office"],
            typed["letter_number"],
            typed["letter_on"],
            typed["title"],
            typed["from_on"],
            typed["to_on"],
        )


class TargetForm(forms.Form):
    """A target for exactly one of three."""

    office = forms.ChoiceField(label=gettext_lazy("Cơ quan"), required=False)
    officer = forms.ChoiceField(label=gettext_lazy("Chuyên quản thu"), required=False)
    employer = forms.CharField(
        label=gettext_lazy("Mã đơn vị"),
        help_text=gettext_lazy("Chỉ tiêu đặt cho đúng một: cơ quan, chuyên quản hoặc đơn vị."),
        required=False,
        max_length=10,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    people = forms.IntegerField(
        label=gettext_lazy("Số người được duyệt"),
        error_messages={
            "required": WRONG["people", "out_of_range"],
            "invalid": gettext_lazy("Hãy nhập một số, không có dấu chấm."),
        },
    )
    from_on = _day(label=gettext_lazy("Từ ngày"))
    to_on = _day(label=gettext_lazy("Đến hết ngày"))

    def __init__(
        self,
        data: Any = None,
        *,
        offices: list[tuple[str, str]],
        officers: list[tuple[int, str]],
        **more: Any,
    ) -> None:
        super().__init__(data, **more)
        none = ("", _("Không chọn"))
        choices: dict[str, Any] = {"office": offices, "officer": officers}
        for name, offered in choices.items():
            self.fields[name].choices = [none, *offered]  # type: ignore[attr-defined]

    def aim(self) -> Aim:
        """What was typed."""
        typed = self.cleaned_data
        return Aim(
            typed["from_on"],
            typed["to_on"],
            typed["people"],
            office_code=typed["office"],
            employer_code=code_text(typed["employer"]).upper(),
            officer_id=int(typed["officer"]) if typed["officer"] else None,
        )


class AssignForm(forms.Form):
    """An employer, its collection officer and the days."""

    employer = forms.CharField(
        label=gettext_lazy("Mã đơn vị"),
        max_length=10,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": gettext_lazy("Hãy nhập mã đơn vị.")},
    )
    officer = forms.ChoiceField(
        label=gettext_lazy("Chuyên quản thu"),
        error_messages={"required": gettext_lazy("Hãy chọn chuyên quản.")},
    )
    from_on = _day(label=gettext_lazy("Từ ngày"))
    until_on = _day(
        label=gettext_lazy("Ngày cuối"),
        required=False,
        help_text=gettext_lazy("Để trống: đến khi giao cho người khác."),
    )

    def __init__(self, data: Any = None, *, officers: list[tuple[int, str]], **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["officer"].choices = [("", _("Chọn chuyên quản")), *officers]  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """The last day of an assignment."""

    until_on = _day(label=gettext_lazy("Ngày cuối"))
