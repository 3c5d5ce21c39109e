"""The form of what is written of an employer; what is wrong is said beside the field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from vssid.domain.employers.models.portfolio import DiaryEntry
from vssid.domain.employers.portfolio import diary
from vssid.web.ui.forms.day_field import DayField

from ..casework.words import Words

DIARY: Mapping[str, Words] = {
    DiaryEntry.VISIT: gettext_lazy("Lần gặp"),
    DiaryEntry.NOTE: gettext_lazy("Ghi chú"),
    DiaryEntry.TASK: gettext_lazy("Việc cần làm"),
}
WRONG: Mapping[tuple[str, str], Any] = {
    ("kind", "bad_choice"): gettext_lazy("Hãy chọn loại: lần gặp, ghi chú hoặc việc cần làm."),
    ("on_day", "required"): gettext_lazy("Lần gặp và việc cần làm phải có ngày, ví dụ 01/12/2026."),
    ("on_day", "later"): gettext_lazy("Lần gặp không ở ngày chưa đến. Việc sắp tới hãy ghi là việc cần làm."),
    ("on_day", "past"): gettext_lazy("Việc cần làm có ngày từ hôm nay trở đi."),
    ("on_day", "far"): gettext_lazy("Ngày này quá xa. Hãy xem lại năm."),
    ("text", "required"): gettext_lazy("Hãy ghi nội dung."),
    ("text", "too_long"): gettext_lazy("Nội dung dài quá 1.000 ký tự. Hãy viết ngắn lại."),
}


class EntryForm(forms.Form):
    """What is written of an employer."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Loại"),
        choices=list(DIARY.items()),
        error_messages={
            "required": WRONG["kind", "bad_choice"],
            "invalid_choice": WRONG["kind", "bad_choice"],
        },
    )
    on_day = DayField(
        label=gettext_lazy("Ngày"),
        example="01/12/2026",
        help_text=gettext_lazy("Ngày gặp, hoặc ngày phải xong. Ghi chú không cần ngày."),
        required=False,
    )
    text = forms.CharField(
        label=gettext_lazy("Nội dung"),
        help_text=gettext_lazy("Đồng nghiệp ở cơ quan đọc được; không ghi thông tin sức khỏe của ai."),
        max_length=diary.LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "lang": "vi"}),
        error_messages={"required": WRONG["text", "required"], "max_length": WRONG["text", "too_long"]},
    )
