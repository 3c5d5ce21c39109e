"""The forms of messages to an office; every rule is the domain's."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vssid.domain.offices import queries as offices
from vssid.domain.support.notes import LONGEST
from vssid.kernel.errors import Invalid
from vssid.web.ui.forms.number_field import NumberField
from vssid.web.ui.words import ticket_words


class TicketForm(forms.Form):
    """One's own words. `once` makes sending the same form twice harmless."""

    text = forms.CharField(
        label=_("Nội dung"),
        help_text=_("Nêu rõ tháng, đơn vị hoặc số hồ sơ nếu có. Đừng viết mật khẩu hay mã xác nhận."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": str(LONGEST)}),
    )
    photo = forms.FileField(
        label=_("Ảnh kèm theo"),
        help_text=_("JPEG, PNG, WebP hoặc HEIC, tối đa 10 MB."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )
    once = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, files: Any = None, *, initial: dict[str, str] | None = None) -> None:
        super().__init__(data, files, initial={"once": secrets.token_urlsafe(12), **(initial or {})})

    def value(self, name: str) -> str:
        """What was typed, cut at a length nobody needs."""
        return str(self.data.get(name, ""))[: LONGEST + 100]

    def refuse(self, refused: Invalid) -> None:
        """Put the sentences beside the fields."""
        self.is_valid()
        for name, code in refused.fields.items():
            said = ticket_words.PROBLEMS.get((name, code), _("Hãy xem lại mục này."))
            self.add_error(name if name in self.fields else None, str(said))


class NewTicketForm(TicketForm):
    """A new message of a signed-in person."""

    topic = forms.ChoiceField(
        label=_("Bạn cần hỏi về việc gì?"),
        required=False,
        choices=[("", _("Chọn…")), *ticket_words.TOPICS.items()],
    )
    office_code = forms.ChoiceField(label=_("Gửi đến cơ quan BHXH"), required=False)
    field_order = ["full_name", "phone", "topic", "office_code", "text", "photo"]

    def __init__(self, data: Any = None, files: Any = None, *, initial: dict[str, str] | None = None) -> None:
        super().__init__(data, files, initial=initial)
        chosen = (data or initial or {}).get("office_code") or ""
        some = offices.choices(offices.province_of(chosen))
        self.fields["office_code"].choices = [("", _("Chọn…")), *some]  # type: ignore[attr-defined]


class StrangersTicketForm(NewTicketForm):
    """A new message of somebody who is not signed in."""

    full_name = forms.CharField(
        label=_("Họ và tên"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name", "maxlength": "120"}),
    )
    phone = forms.CharField(
        label=_("Số điện thoại"),
        help_text=_("Một mã xác nhận sẽ gửi đến số này; trả lời cũng được báo qua số này."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "maxlength": "20"}),
    )


class OpenTicketForm(forms.Form):
    """Open a message again by its number and phone."""

    number = NumberField(
        label=_("Số phản ánh"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": _("Hãy nhập số phản ánh, ví dụ TN-2026-000123.")},
    )
    phone = NumberField(
        label=_("Số điện thoại đã dùng khi gửi"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        error_messages={
            "required": _("Hãy nhập số di động Việt Nam nhận được tin nhắn, ví dụ 0912 345 678.")
        },
    )
