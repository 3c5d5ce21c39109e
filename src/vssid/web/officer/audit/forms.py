"""What is asked of the log, as a form."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vssid.domain.accounts import actions as accounts
from vssid.domain.offices import queries as offices
from vssid.domain.participants import queries as participants
from vssid.kernel.ids import BadCode, BhxhCode
from vssid.kernel.text import number_text
from vssid.web.ui.forms.day_field import DayField
from vssid.web.ui.forms.number_field import NumberField

from .words import MATTERS

LONGEST = timedelta(days=366)


class SearchForm(forms.Form):
    """Days, matter, officer, office and person; gives numbers instead of names, for addresses."""

    since = DayField(label=_("Từ ngày"), error_messages={"required": _("Hãy nhập ngày bắt đầu.")})
    until = DayField(label=_("Đến hết ngày"), error_messages={"required": _("Hãy nhập ngày cuối.")})
    matter = forms.ChoiceField(
        label=_("Loại việc"),
        required=False,
        choices=[("", _("Mọi việc")), *((code, words) for code, (words, _begins) in MATTERS.items())],
        error_messages={"invalid_choice": _("Loại việc này không có. Hãy chọn trong danh sách.")},
    )
    officer = NumberField(
        label=_("Tên đăng nhập của cán bộ"),
        required=False,
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    office = NumberField(label=_("Mã cơ quan BHXH"), required=False, max_length=10)
    person = NumberField(
        label=_("Mã số BHXH của người dân"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_officer(self) -> int | None:
        """The number of the member of staff."""
        typed = self.cleaned_data["officer"]
        if not typed:
            return None
        account = accounts.find(accounts.login_of(typed), "staff")
        if account is None:
            raise forms.ValidationError(_("Không có cán bộ nào với tên đăng nhập này."))
        return account.person_id

    def clean_office(self) -> str:
        """The code, when there is such an office."""
        code = number_text(self.cleaned_data["office"])
        if code and not offices.exists(code):
            raise forms.ValidationError(_("Không có cơ quan BHXH với mã này."))
        return code

    def clean_person(self) -> int | None:
        """The number of the person."""
        typed = self.cleaned_data["person"]
        if not typed:
            return None
        try:
            person = participants.by_bhxh_code(BhxhCode.parse(typed))
        except BadCode:
            raise forms.ValidationError(_("Mã số BHXH gồm 10 hoặc 12 chữ số.")) from None
        if person is None:
            raise forms.ValidationError(_("Không có người nào trong dữ liệu BHXH với mã số này."))
        return person.person_id

    def clean(self) -> dict[str, Any]:
        """The days are in order and not too far apart."""
        given = super().clean() or {}
        since, until = given.get("since"), given.get("until")
        if isinstance(since, date) and isinstance(until, date):
            if until < since:
                self.add_error("until", _("Ngày cuối trước ngày bắt đầu."))
            elif until - since > LONGEST:
                self.add_error("until", _("Mỗi lần tra cứu được nhiều nhất 366 ngày. Hãy thu hẹp lại."))
        return given
