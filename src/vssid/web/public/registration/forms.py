"""The forms of this door, for drawing only: every rule is the domain's, so all fields are text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms.widgets import ChoiceWidget
from django.utils.translation import gettext_lazy as _

from vssid.kernel.ids import IdKind, Phone
from vssid.kernel.typed import parse_date
from vssid.web.ui.forms.choices import commune_choices as commune_choices
from vssid.web.ui.forms.choices import province_choices

LONGEST = 300
Choices = Sequence[tuple[str, Any]]


class TextForm(forms.Form):
    """Fields of text that Django does not judge; labels and errors are tied by ids `id_…`."""

    @property
    def raw(self) -> dict[str, str]:
        """What was typed, cut at a length nobody needs."""
        return {name: str(self.data.get(name, ""))[:LONGEST] for name in self.fields}


def _text(label: Any, *, help_text: Any = "", **attrs: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", **attrs}),
    )


def _choice(label: Any, widget: type[ChoiceWidget], choices: Choices = (), **attrs: str) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=widget(choices=choices, attrs=attrs))


class WhoForm(TextForm):
    """Step 1."""

    bhxh_code = _text(
        _("Mã số BHXH"),
        help_text=_("10 hoặc 12 chữ số, in trên thẻ BHYT hoặc sổ BHXH."),
        inputmode="numeric",
        maxlength="20",
    )
    full_name = _text(
        _("Họ và tên"), help_text=_("Viết đủ dấu như trên giấy tờ."), autocomplete="name",
        autocapitalize="words", maxlength="120",
    )  # fmt: skip
    birth_date = _text(_("Ngày sinh"), inputmode="numeric", autocomplete="bday", maxlength="14")
    sex = _choice(_("Giới tính"), forms.RadioSelect, [("2", _("Nữ")), ("1", _("Nam"))])
    id_kind = _choice(
        _("Loại giấy tờ"),
        forms.RadioSelect,
        [
            (IdKind.CCCD.value, _("CCCD hoặc Căn cước (12 số)")),
            (IdKind.PASSPORT.value, _("Hộ chiếu")),
        ],
    )
    id_number = _text(_("Số giấy tờ"), maxlength="20")
    issued_on = _text(
        _("Ngày cấp"), help_text=_("In ở mặt sau CCCD, Căn cước, hoặc trang thông tin của hộ chiếu."),
        inputmode="numeric", maxlength="14",
    )  # fmt: skip
    card_address = forms.CharField(required=False, widget=forms.HiddenInput)


class ContactForm(TextForm):
    """Step 2."""

    phone = _text(
        _("Số điện thoại di động"),
        help_text=_("Mã xác nhận, nhắc hạn và mật khẩu gửi đến số này bằng tin nhắn."),
        type="tel", inputmode="tel", autocomplete="tel", maxlength="20",
    )  # fmt: skip
    email = _text(_("E-mail"), type="email", inputmode="email", autocomplete="email", maxlength="254")
    province_code = _choice(_("Tỉnh, thành phố"), forms.Select)
    commune_code = _choice(_("Phường, xã, đặc khu"), forms.Select)
    street = _text(
        _("Số nhà, đường; hoặc thôn, xóm, tổ"),
        autocomplete="address-line1",
        autocapitalize="words",
        maxlength="220",
    )

    def __init__(self, *args: Any, province: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["province_code"].widget.choices = province_choices()
        self.fields["commune_code"].widget.choices = commune_choices(province)


class OfficeForm(TextForm):
    """Step 4; the cards are drawn by the page."""

    office_code = _choice(_("Cơ quan BHXH tiếp nhận"), forms.RadioSelect)

    def __init__(self, *args: Any, choices: Choices = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["office_code"].widget.choices = choices


class ReviewForm(TextForm):
    """Step 5."""

    commitment = forms.BooleanField(
        required=False,
        label=_("Tôi cam kết thông tin đã khai là đúng sự thật và chịu trách nhiệm trước pháp luật."),
        widget=forms.CheckboxInput(attrs={"value": "yes"}, check_test=lambda value: value == "yes"),
    )


class CodeForm(TextForm):
    """Six digits from a message."""

    code = _text(
        _("Mã 6 chữ số"), help_text=_("Nhận nhiều mã thì chỉ mã gửi sau cùng dùng được."),
        inputmode="numeric", autocomplete="one-time-code", maxlength="12", pattern="[0-9 ]*",
    )  # fmt: skip


class ResumeForm(TextForm):
    """Continue on another device: phone and BHXH code."""

    phone = _text(_("Số điện thoại đã khai"), type="tel", inputmode="tel", autocomplete="tel", maxlength="20")
    bhxh_code = _text(_("Mã số BHXH đã khai"), inputmode="numeric", maxlength="20")


class LookUpForm(TextForm):
    """The public look-up: number and phone together."""

    number = _text(
        _("Số hồ sơ"), help_text=_("In trên tờ khai và trong tin nhắn đã nhận."), autocapitalize="characters",
        maxlength="40",
    )  # fmt: skip
    phone = _text(_("Số điện thoại đã khai"), type="tel", inputmode="tel", autocomplete="tel", maxlength="20")


class OwnNumberForm(TextForm):
    """Whose BHXH number is looked for."""

    full_name = _text(
        _("Họ và tên"), help_text=_("Không dấu cũng được."), autocomplete="name", autocapitalize="words",
        maxlength="120",
    )  # fmt: skip
    birth_date = _text(_("Ngày sinh"), inputmode="numeric", autocomplete="bday", maxlength="14")
    id_number = _text(
        _("Số CCCD, Căn cước hoặc hộ chiếu"),
        help_text=_("Số bạn đã khai với cơ quan BHXH; chỉ khai số CMND cũ thì nhập số ấy."),
        maxlength="20",
    )
    province_code = _choice(_("Tỉnh, thành phố đang ở"), forms.Select)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["province_code"].widget.choices = province_choices()


class CardForm(TextForm):
    """Which health-insurance card is asked about."""

    scan = _text(
        _("Mã QR trên thẻ"), help_text=_("Bấm vào ô rồi quét bằng máy quét, hoặc dán nội dung mã QR."),
        maxlength="1000",
    )  # fmt: skip
    card_number = _text(
        _("Số thẻ BHYT"), help_text=_("10 hoặc 12 chữ số; trên thẻ cũ là 15 ký tự."),
        autocapitalize="characters", maxlength="24",
    )  # fmt: skip
    full_name = _text(
        _("Họ và tên"), help_text=_("Không dấu cũng được."), autocapitalize="words", maxlength="120"
    )
    birth_date = _text(
        _("Ngày sinh"), help_text=_("Thẻ chỉ ghi năm thì nhập năm."), inputmode="numeric", maxlength="14"
    )

    @property
    def raw(self) -> dict[str, str]:
        """As for every form; a QR is longer than what people type."""
        return super().raw | {"scan": str(self.data.get("scan", ""))[:1000]}


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
