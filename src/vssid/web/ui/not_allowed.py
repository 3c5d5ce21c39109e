"""What staff read whose post may not do this: which act it is, and where it is told who may."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vssid.domain.offices.rights import SENTENCES, Right

from .errors import Page, answer, register_page


def _text(facts: Mapping[str, Any]) -> str:
    words = gettext(
        "Vị trí đang làm việc không có quyền này tại cơ quan đó: “%(act)s”. Nếu có vị trí khác, hãy mở bảng "
        "quyền hạn rồi chuyển vị trí ở trình đơn mang tên bạn; nếu cần quyền này, hãy liên hệ người quản trị "
        "nhân sự của cơ quan."
    )
    return words % {"act": SENTENCES[Right(facts["right"])]}


_WORDS = {
    "status": 403,
    "title": _("Vị trí này không có quyền thực hiện"),
    "text": _text,
    "action": (_("Xem bảng quyền hạn"), reverse_lazy("officer:rights")),
}
register_page("not_allowed", **_WORDS)  # type: ignore[arg-type]


def page(request: HttpRequest, right: Right) -> HttpResponse:
    """The page for a right that the post has not."""
    return answer(request, Page(**_WORDS), {"right": right.value})  # type: ignore[arg-type]
