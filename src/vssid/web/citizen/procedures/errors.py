"""Pages of what procedures refuse in the middle of a step."""

from __future__ import annotations

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from vssid.web.ui.errors import register_page

from . import words

register_page(
    "not_eligible",
    status=409,
    title=_("Chưa làm được thủ tục này"),
    text=lambda facts: words.NOT_ELIGIBLE[facts["reason"]],
    action=(_("Về Dịch vụ công"), reverse_lazy("public:services")),
)
