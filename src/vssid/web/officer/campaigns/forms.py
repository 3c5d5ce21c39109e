"""Forms of a campaign. What is typed stays; what is wrong is said beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.domain.employers.campaigns.rules import WaveWritten, Written
from vssid.domain.employers.models.campaigns import (
    LONGEST_AREA,
    LONGEST_INDUSTRY,
    LONGEST_NUMBER,
    LONGEST_TITLE,
    Campaign,
    Wave,
)
from vssid.kernel.errors import Invalid
from vssid.web.ui.forms.day_field import DayField

Choices = Sequence[tuple[Any, Any]]
_OFFICE = gettext_lazy("Hãy chọn cơ quan trong danh sách.")
_SIZE = gettext_lazy("Hãy nhập số người từ 0 đến 10.000.000, không có dấu chấm.")
WRONG: Mapping[tuple[str, str], Any] = {
    ("office", "bad_choice"): _OFFICE,
    ("head", "bad_choice"): _OFFICE,
    ("letter_number", "required"): gettext_lazy("Hãy nhập số văn bản."),
    ("letter_number", "too_long"): gettext_lazy("Số văn bản dài quá 60 ký tự."),
    ("letter_number", "already"): gettext_lazy(
        "Cơ quan này đang có chiến dịch theo văn bản số này, ngày này."
    ),
    ("title", "required"): gettext_lazy("Hãy nhập tên chiến dịch."),
    ("title", "too_long"): gettext_lazy("Tên chiến dịch dài quá 200 ký tự."),
    ("until_on", "past"): gettext_lazy("Ngày cuối đã qua. Hãy chọn ngày từ hôm nay trở đi."),
    ("until_on", "waves_later"): gettext_lazy("Có đợt thư sau ngày này. Hãy bỏ các đợt đó trước."),
    ("size_from", "out_of_range"): _SIZE,
    ("size_to", "out_of_range"): _SIZE,
    ("size_to", "below_from"): gettext_lazy("Số này phải từ số người ít nhất trở lên."),
    ("area", "too_long"): gettext_lazy("Địa bàn dài quá 80 ký tự."),
    ("area", "no_word"): gettext_lazy("Hãy gõ chữ có trong địa chỉ, ví dụ Đồ Sơn."),
    ("industry", "too_long"): gettext_lazy("Ngành nghề dài quá 80 ký tự."),
    ("industry", "no_word"): gettext_lazy("Hãy gõ chữ có trong ngành nghề, ví dụ may mặc."),
    ("officer", "not_here"): gettext_lazy(
        "Người này không giữ vị trí chuyên quản thu tại các cơ quan đã chọn."
    ),
    ("plan", "bad_choice"): gettext_lazy("Hãy chọn kế hoạch trong danh sách."),
    ("version", "changed"): gettext_lazy(
        "Có người vừa sửa chiến dịch này. Hãy xem lại bản mới rồi sửa tiếp."
    ),
    ("kind", "bad_choice"): gettext_lazy("Hãy chọn loại của đợt."),
    ("kind", "first"): gettext_lazy("Đợt đầu tiên phải là thư mời."),
    ("on_day", "past"): gettext_lazy("Ngày này đã qua, hoặc không sau các đợt đã bắt đầu."),
    ("on_day", "after_end"): gettext_lazy("Ngày này sau ngày cuối của chiến dịch."),
    ("on_day", "already"): gettext_lazy("Đã có một đợt vào ngày này."),
    ("on_day", "too_soon"): gettext_lazy("Thư nhắc phải sau đợt trước ít nhất 7 ngày."),
    ("way", "bad_choice"): gettext_lazy("Hãy chọn cách gửi trong danh sách."),
    ("way", "no_mail"): gettext_lazy("Hệ thống này chưa gửi được e-mail. Hãy chọn gửi bưu điện."),
    ("most", "out_of_range"): gettext_lazy("Hãy nhập số thư từ 1 đến 10.000.000, không có dấu chấm."),
}
WAYS: Mapping[str, Any] = {
    Wave.POST: gettext_lazy("Bưu điện"),
    Wave.EMAIL: gettext_lazy("E-mail; đơn vị chưa có địa chỉ thì bưu điện"),
    Wave.BOTH: gettext_lazy("Bưu điện và e-mail"),
}
# By what a page names the list of industries that are offered.
OFFERED = "nganh-nghe-co-san"
_day = partial(DayField, example="01/12/2026")


def refuse(form: forms.Form, invalid: Invalid) -> None:
    """Say beside each field what the room refused there."""
    for name, code in invalid.fields.items():
        visible = name in form.fields and not form.fields[name].widget.is_hidden
        form.add_error(name if visible else None, WRONG.get((name, code), _("Chưa đúng.")))


def _text(name: str, label: Any, most: int, **more: Any) -> forms.CharField:
    wrong = {key: WRONG[name, code] for key, code in (("required", "required"), ("max_length", "too_long"))
             if (name, code) in WRONG}  # fmt: skip
    widget = forms.TextInput(attrs={"autocomplete": "off", "lang": "vi"})
    return forms.CharField(label=label, max_length=most, widget=widget, error_messages=wrong, **more)


def _number(label: Any, wrong: Any, **more: Any) -> forms.IntegerField:
    widget = forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"})
    return forms.IntegerField(
        label=label, required=False, widget=widget, error_messages={"invalid": wrong}, **more
    )


def _choice(label: Any, wrong: Any, **more: Any) -> forms.ChoiceField:
    messages = {"required": wrong, "invalid_choice": wrong}
    return forms.ChoiceField(label=label, error_messages=messages, **more)


class CampaignForm(forms.Form):
    """The letter, and whom it goes to; `seen` is the version that was on the page."""

    office = _choice(gettext_lazy("Cơ quan gửi thư"), _OFFICE)
    title = _text("title", gettext_lazy("Tên chiến dịch"), LONGEST_TITLE)
    letter_number = _text(
        "letter_number",
        gettext_lazy("Số văn bản"),
        LONGEST_NUMBER,
        help_text=gettext_lazy("In trên thư gửi từng đơn vị, ví dụ 224/BHXH-TTHT."),
    )
    letter_on = _day(label=gettext_lazy("Ngày văn bản"))
    until_on = _day(
        label=gettext_lazy("Chiến dịch đến hết ngày"),
        help_text=gettext_lazy("Sau ngày này chiến dịch tự kết thúc."),
    )
    plan = _choice(gettext_lazy("Thuộc kế hoạch"), WRONG["plan", "bad_choice"], required=False)
    head = _choice(
        gettext_lazy("Đơn vị của cơ quan"),
        _OFFICE,
        required=False,
        help_text=gettext_lazy("Gồm cả cơ quan cấp dưới của cơ quan được chọn."),
    )
    size_from = _number(
        gettext_lazy("Từ bao nhiêu người đang tham gia"),
        _SIZE,
        help_text=gettext_lazy("Để trống: không giới hạn. Số 1 bỏ qua đơn vị không còn ai tham gia."),
    )
    size_to = _number(gettext_lazy("Đến bao nhiêu người đang tham gia"), _SIZE)
    area = _text(
        "area",
        gettext_lazy("Địa bàn"),
        LONGEST_AREA,
        required=False,
        help_text=gettext_lazy("Chữ có trong địa chỉ của đơn vị, không cần dấu, ví dụ Đồ Sơn."),
    )
    industry = _text(
        "industry",
        gettext_lazy("Ngành nghề"),
        LONGEST_INDUSTRY,
        required=False,
        help_text=gettext_lazy(
            "Chữ có trong ngành nghề mà dữ liệu BHXH ghi, không cần dấu. "
            "Đơn vị chưa có ngành nghề thì không khớp."
        ),
    )
    # Without `autocomplete`: where it is off some browsers offer nothing of the list either.
    industry.widget.attrs = {"lang": "vi", "list": OFFERED}
    officer = _choice(gettext_lazy("Chuyên quản thu"), WRONG["officer", "not_here"], required=False)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        offices: Choices,
        plans: Choices,
        officers: Choices,
        industries: Choices = (),
        **more: Any,
    ) -> None:
        super().__init__(data, **more)
        self.industries = industries
        none = ("", _("Không chọn"))
        offered: dict[str, Choices] = {
            "office": offices if len(offices) == 1 else [("", _("Chọn cơ quan")), *offices],
            "head": [("", _("Mọi đơn vị của cơ quan gửi thư")), *offices],
            "plan": [none, *plans],
            "officer": [("", _("Mọi chuyên quản")), *officers],
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def written(self) -> Written:
        """What was typed."""
        typed = self.cleaned_data
        return Written(
            office_code=typed["office"],
            letter_number=typed["letter_number"],
            letter_on=typed["letter_on"],
            title=typed["title"],
            until_on=typed["until_on"],
            head=typed["head"],
            size_from=typed["size_from"],
            size_to=typed["size_to"],
            area=typed["area"],
            industry=typed["industry"],
            officer_id=int(typed["officer"]) if typed["officer"] else None,
            plan_id=int(typed["plan"]) if typed["plan"] else None,
        )


class StartedForm(forms.Form):
    """What may still be changed once letters go out."""

    title = _text("title", gettext_lazy("Tên chiến dịch"), LONGEST_TITLE)
    until_on = _day(label=gettext_lazy("Chiến dịch đến hết ngày"))
    plan = _choice(gettext_lazy("Thuộc kế hoạch"), WRONG["plan", "bad_choice"], required=False)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, plans: Choices, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["plan"].choices = [("", _("Không chọn")), *plans]  # type: ignore[attr-defined]

    def written(self, before: Campaign) -> Written:
        """What was typed, the rest as it is."""
        typed = self.cleaned_data
        return Written(
            office_code=before.office_id,
            letter_number=before.letter_number,
            letter_on=before.letter_on,
            title=typed["title"],
            until_on=typed["until_on"],
            head=before.head_id,
            size_from=before.size_from,
            size_to=before.size_to,
            area=before.area,
            industry=before.industry,
            plan_id=int(typed["plan"]) if typed["plan"] else None,
        )


class WaveForm(forms.Form):
    """A wave of letters."""

    kind = _choice(
        gettext_lazy("Loại thư"),
        WRONG["kind", "bad_choice"],
        choices=[
            (Wave.LETTER, gettext_lazy("Thư mời: đơn vị chưa có thư, đơn vị đông người trước")),
            (Wave.REMINDER, gettext_lazy("Thư nhắc: đơn vị đã có thư mà chưa vào")),
            (
                Wave.ASK_HR,
                gettext_lazy("Đề nghị mời người lao động: đơn vị đã vào, báo trên trang và qua e-mail"),
            ),
        ],
    )
    on_day = _day(
        label=gettext_lazy("Ngày lập thư"),
        help_text=gettext_lazy("Từ sáng ngày này hệ thống tự in thư và gửi e-mail."),
    )
    way = _choice(
        gettext_lazy("Cách gửi"),
        WRONG["way", "bad_choice"],
        help_text=gettext_lazy(
            "E-mail kèm thư (PDF), đến địa chỉ mà dữ liệu BHXH ghi của đơn vị. E-mail không gửi được thì thư "
            "được in lại để gửi bưu điện. Đợt đề nghị mời người lao động không có thư nên không dùng đến."
        ),
    )
    most = _number(
        gettext_lazy("Nhiều nhất bao nhiêu thư"),
        WRONG["most", "out_of_range"],
        help_text=gettext_lazy("Để trống: mọi đơn vị còn lại."),
    )

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["way"].choices = list(WAYS.items())  # type: ignore[attr-defined]

    def written(self) -> WaveWritten:
        """What was typed."""
        typed = self.cleaned_data
        return WaveWritten(typed["kind"], typed["on_day"], typed["most"], typed["way"])
