"""The fields of a registration, for drawing only: every rule is the domain's, so all fields are text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms.widgets import ChoiceWidget
from django.utils.translation import gettext_lazy as _

from vssid.kernel.ids import IdKind, Phone
from vssid.kernel.typed import parse_date

from .choices import commune_choices, province_choices

LONGEST = 300
Choices = Sequence[tuple[str, Any]]


class TextForm(forms.Form):
    """Fields of text that Django does not judge; labels and errors are tied by ids `id_…`."""

    @property
    def raw(self) -> dict[str, str]:
        """What was typed, cut at a length nobody needs."""
        return {name: str(self.data.get(name, ""))[:LONGEST] for name in self.fields}


def text_field(label: Any, *, help_text: Any = "", **attrs: str) -> forms.CharField:
    """One line of text."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", **attrs}),
    )


def choice_field(
    label: Any, widget: type[ChoiceWidget], choices: Choices = (), **attrs: str
) -> forms.CharField:
    """One of several."""
    return forms.CharField(label=label, required=False, widget=widget(choices=choices, attrs=attrs))


class WhoForm(TextForm):
    """Step 1."""

    bhxh_code = text_field(
        _("Mã số BHXH"),
        help_text=_("10 hoặc 12 chữ số, in trên thẻ BHYT hoặc sổ BHXH."),
        inputmode="numeric",
        maxlength="20",
    )
    full_name = text_field(
        _("Họ và tên"), help_text=_("Viết đủ dấu như trên giấy tờ."), autocomplete="name",
        autocapitalize="words", maxlength="120",
    )  # fmt: skip
    birth_date = text_field(_("Ngày sinh"), inputmode="numeric", autocomplete="bday", maxlength="14")
    sex = choice_field(_("Giới tính"), forms.RadioSelect, [("2", _("Nữ")), ("1", _("Nam"))])
    id_kind = choice_field(
        _("Loại giấy tờ"),
        forms.RadioSelect,
        [
            (IdKind.CCCD.value, _("CCCD hoặc Căn cước (12 số)")),
            (IdKind.PASSPORT.value, _("Hộ chiếu")),
        ],
    )
    id_number = text_field(_("Số giấy tờ"), maxlength="20")
    issued_on = text_field(
        _("Ngày cấp"), help_text=_("In ở mặt sau CCCD, Căn cước, hoặc trang thông tin của hộ chiếu."),
        inputmode="numeric", maxlength="14",
    )  # fmt: skip
    card_address = forms.CharField(required=False, widget=forms.HiddenInput)


class ContactForm(TextForm):
    """Step 2."""

    phone = text_field(
        _("Số điện thoại di động"),
        help_text=_("Mã xác nhận, nhắc hạn và mật khẩu gửi đến số này bằng tin nhắn."),
        type="tel", inputmode="tel", autocomplete="tel", maxlength="20",
    )  # fmt: skip
    email = text_field(_("E-mail"), type="email", inputmode="email", autocomplete="email", maxlength="254")
    province_code = choice_field(_("Tỉnh, thành phố"), forms.Select)
    commune_code = choice_field(_("Phường, xã, đặc khu"), forms.Select)
    street = text_field(
        _("Số nhà, đường; hoặc thôn, xóm, tổ"),
        autocomplete="address-line1",
        autocapitalize="words",
        maxlength="220",
    )

    def __init__(self, *args: Any, province: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["province_code"].widget.choices = province_choices()
        self.fields["commune_code"].widget.choices = commune_choices(province)


def shown(values: Mapping[str, Any]) -> dict[str, str]:
    """Clean values of a draft as a person types them."""
    texts = {
        name: str(value) for name, value in values.items() if isinstance(value, (str, int)) and value != ""
    }
    for name in ("birth_date", "issued_on"):
        if texts.get(name):
            texts[name] = f"{parse_date(texts[name]):%d/%m/%Y}"
    if texts.get("phone"):
        texts["phone"] = Phone(texts["phone"]).national()
    return texts
