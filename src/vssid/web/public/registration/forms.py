"""The other forms of this door, for drawing only: every rule is the domain's, so all fields are text."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vssid.web.ui.forms.choices import commune_choices as commune_choices
from vssid.web.ui.forms.choices import province_choices
from vssid.web.ui.forms.registration_fields import Choices, choice_field, text_field
from vssid.web.ui.forms.registration_fields import ContactForm as ContactForm
from vssid.web.ui.forms.registration_fields import TextForm as TextForm
from vssid.web.ui.forms.registration_fields import WhoForm as WhoForm
from vssid.web.ui.forms.registration_fields import shown as shown


class OfficeForm(TextForm):
    """Step 4; the cards are drawn by the page."""

    office_code = choice_field(_("Cơ quan BHXH tiếp nhận"), forms.RadioSelect)

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
    employer_prints = forms.BooleanField(
        required=False,
        label=_("Đơn vị nơi tôi làm việc in tờ khai và nộp giúp tôi"),
        widget=forms.CheckboxInput(attrs={"value": "yes"}, check_test=lambda value: value in ("yes", True)),
    )


class CodeForm(TextForm):
    """Six digits from a message."""

    code = text_field(
        _("Mã 6 chữ số"), help_text=_("Nhận nhiều mã thì chỉ mã gửi sau cùng dùng được."),
        inputmode="numeric", autocomplete="one-time-code", maxlength="12", pattern="[0-9 ]*",
    )  # fmt: skip


class ResumeForm(TextForm):
    """Continue on another device: phone and BHXH code."""

    phone = text_field(
        _("Số điện thoại đã khai"), type="tel", inputmode="tel", autocomplete="tel", maxlength="20"
    )
    bhxh_code = text_field(_("Mã số BHXH đã khai"), inputmode="numeric", maxlength="20")


class LookUpForm(TextForm):
    """The public look-up: number and phone together."""

    number = text_field(
        _("Số hồ sơ"), help_text=_("In trên tờ khai và trong tin nhắn đã nhận."), autocapitalize="characters",
        maxlength="40",
    )  # fmt: skip
    phone = text_field(
        _("Số điện thoại đã khai"), type="tel", inputmode="tel", autocomplete="tel", maxlength="20"
    )


class OwnNumberForm(TextForm):
    """Whose BHXH number is looked for."""

    full_name = text_field(
        _("Họ và tên"), help_text=_("Không dấu cũng được."), autocomplete="name", autocapitalize="words",
        maxlength="120",
    )  # fmt: skip
    birth_date = text_field(_("Ngày sinh"), inputmode="numeric", autocomplete="bday", maxlength="14")
    id_number = text_field(
        _("Số CCCD, Căn cước hoặc hộ chiếu"),
        help_text=_("Số bạn đã khai với cơ quan BHXH; chỉ khai số CMND cũ thì nhập số ấy."),
        maxlength="20",
    )
    province_code = choice_field(_("Tỉnh, thành phố đang ở"), forms.Select)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["province_code"].widget.choices = province_choices()


class CardForm(TextForm):
    """Which health-insurance card is asked about."""

    scan = text_field(
        _("Mã QR trên thẻ"), help_text=_("Bấm vào ô rồi quét bằng máy quét, hoặc dán nội dung mã QR."),
        maxlength="1000",
    )  # fmt: skip
    card_number = text_field(
        _("Số thẻ BHYT"), help_text=_("10 hoặc 12 chữ số; trên thẻ cũ là 15 ký tự."),
        autocapitalize="characters", maxlength="24",
    )  # fmt: skip
    full_name = text_field(
        _("Họ và tên"), help_text=_("Không dấu cũng được."), autocapitalize="words", maxlength="120"
    )
    birth_date = text_field(
        _("Ngày sinh"), help_text=_("Thẻ chỉ ghi năm thì nhập năm."), inputmode="numeric", maxlength="14"
    )

    @property
    def raw(self) -> dict[str, str]:
        """As for every form; a QR is longer than what people type."""
        return super().raw | {"scan": str(self.data.get("scan", ""))[:1000]}
