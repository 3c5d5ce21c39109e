"""What a worker types at an invitation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from vssid.web.ui.forms.registration_fields import TextForm, text_field


class InviteForm(TextForm):
    """The code of a text, an e-mail, a slip or a poster."""

    code = text_field(
        _("Mã mời"), help_text=_("12 chữ và số trong tin nhắn, thư, phiếu hoặc áp phích của đơn vị."),
        autocapitalize="characters", autocomplete="off", maxlength="30",
    )  # fmt: skip


class OwnProofForm(TextForm):
    """Of an own invitation: one of the two."""

    birth_date = text_field(_("Ngày sinh"), inputmode="numeric", autocomplete="bday", maxlength="14")
    id_number = text_field(
        _("hoặc số CCCD, Căn cước"), help_text=_("12 chữ số. Chỉ cần một trong hai."), inputmode="numeric",
        maxlength="20",
    )  # fmt: skip


class PosterProofForm(TextForm):
    """At an employer's poster or link: both."""

    bhxh_code = text_field(
        _("Mã số BHXH"), help_text=_("10 hoặc 12 chữ số, in trên thẻ BHYT hoặc sổ BHXH."),
        inputmode="numeric", maxlength="20",
    )  # fmt: skip
    birth_date = text_field(_("Ngày sinh"), inputmode="numeric", autocomplete="bday", maxlength="14")
