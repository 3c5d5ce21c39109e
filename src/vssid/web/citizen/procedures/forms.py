"""A step as a form, for drawing only: every rule is the domain's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vssid.domain.procedures.definition import facility_days
from vssid.domain.procedures.definition.shapes import Field
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import Invalid
from vssid.kernel.ids import Phone
from vssid.web.ui.forms.choices import commune_choices, province_choices

from . import words

LONGEST = 300
_TEXT: dict[str, dict[str, str]] = {
    "text": {"maxlength": "220", "autocomplete": "off"},
    "name": {"maxlength": "120", "autocapitalize": "words", "autocomplete": "off"},
    "phone": {"type": "tel", "inputmode": "tel", "maxlength": "20", "autocomplete": "off"},
    "email": {"type": "email", "inputmode": "email", "maxlength": "254", "autocomplete": "off"},
    "past": {"inputmode": "numeric", "maxlength": "14", "autocomplete": "off"},
    "cccd": {"inputmode": "numeric", "maxlength": "20", "autocomplete": "off"},
}


class StepForm(forms.Form):
    """The questions of a step. `province` narrows communes, `facilities` are the choices found."""

    def __init__(
        self,
        questions: Sequence[Field],
        *args: Any,
        province: str = "",
        facilities: Sequence[tuple[str, Any]] = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.questions = {question.name: question for question in questions}
        for question in questions:
            said: dict[str, Any] = {"label": question.label, "help_text": question.help}
            made = forms.Field(required=False, widget=_widget(question, province, facilities), **said)
            made.example = question.example  # type: ignore[attr-defined]
            made.is_optional = not question.required  # type: ignore[attr-defined]
            self.fields[question.name] = made

    def refuse(self, refused: Invalid) -> None:
        """Put the sentences beside the fields."""
        self.is_valid()
        for name, code in refused.fields.items():
            self.add_error(name, str(words.wrong(self.questions[name].form, code)))


def _widget(field: Field, province: str, facilities: Sequence[tuple[str, Any]]) -> forms.Widget:
    if field.form == "choice":
        return forms.RadioSelect(choices=field.choices)
    if field.form == "quarter":
        return forms.RadioSelect(choices=_days())
    if field.form == "many":
        return forms.CheckboxSelectMultiple(choices=field.choices)
    if field.form == "facility":
        return forms.RadioSelect(choices=facilities)
    if field.form == "province":
        return forms.Select(choices=province_choices())
    if field.form == "commune":
        return forms.Select(choices=commune_choices(province))
    return forms.TextInput(attrs=_TEXT[field.form])


def _days() -> list[tuple[str, str]]:
    """The two days from which a first facility may change, today's pair."""
    today = local_day(timezone.now())
    return [
        (day.isoformat(), str((_("Từ hôm nay, %(day)s") if day == today else _("Từ ngày %(day)s")) % said))
        for day in facility_days.offered(today)
        for said in [{"day": f"{day:%d/%m/%Y}"}]
    ]


def raw(questions: Sequence[Field], posted: QueryDict) -> dict[str, str]:
    """What was typed, cut at a length nobody needs; several choices joined by commas."""
    return {
        question.name: (
            ",".join(posted.getlist(question.name))
            if question.form == "many"
            else str(posted.get(question.name, ""))
        )[:LONGEST]
        for question in questions
    }


def initial(
    questions: Sequence[Field], answers: Mapping[str, Any], typed: Mapping[str, str]
) -> dict[str, Any]:
    """What the fields hold when the step is opened: what was typed last, else the clean answer."""
    values: dict[str, Any] = {}
    for question in questions:
        if question.name in typed:
            values[question.name] = (
                typed[question.name].split(",") if question.form == "many" else typed[question.name]
            )
        elif answers.get(question.name):
            values[question.name] = _as_typed(question, answers[question.name])
    return values


def _as_typed(field: Field, value: Any) -> Any:
    if field.form == "past":
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    return Phone(value).national() if field.form == "phone" else value


class CommitForm(forms.Form):
    """The review's commitment."""

    commitment = forms.BooleanField(
        label=_("Tôi cam kết thông tin đã khai là đúng sự thật và chịu trách nhiệm trước pháp luật."),
        error_messages={"required": _("Hãy đánh dấu cam kết trước khi gửi.")},
    )


class AnswerForm(forms.Form):
    """What the person gives when more is needed."""

    text = forms.CharField(
        label=_("Lời nhắn cho cán bộ"),
        required=False,
        widget=forms.Textarea(attrs={"rows": "4", "maxlength": "1000"}),
    )
    photo = forms.Field(
        label=_("Ảnh bổ sung"),
        required=False,
        help_text=_("JPEG, PNG, WebP hoặc HEIC, tối đa 10 MB."),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )
