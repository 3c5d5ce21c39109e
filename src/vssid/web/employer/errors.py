"""The one answer to what is not this employer's: not there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from vssid.kernel.errors import NotYours
from vssid.web.ui.access import VisitRequest
from vssid.web.ui.errors import Page, answer, register_page

P = ParamSpec("P")
R = TypeVar("R", bound=VisitRequest)

NOT_HERE = Page(
    404,
    _("Không có nội dung này tại đơn vị"),
    _("Nội dung không tồn tại, hoặc thuộc đơn vị khác. Nếu làm cho nhiều đơn vị, hãy xem đơn vị đang mở."),
    (_("Về trang của đơn vị"), reverse_lazy("employer:home")),
)

# A role that was taken away while its holder was at work.
register_page(
    "no_seat",
    status=403,
    title=_("Vai trò này không làm được việc đó"),
    text=_("Vai trò của bạn tại đơn vị vừa đổi hoặc kết thúc. Hãy mở lại trang của đơn vị."),
    action=(_("Về trang của đơn vị"), reverse_lazy("employer:home")),
)


def or_not_here(
    view: Callable[Concatenate[R, P], HttpResponse],
) -> Callable[Concatenate[R, P], HttpResponse]:
    """Unknown, another employer's, erased: all read the same."""

    @wraps(view)
    def wrapper(request: R, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NotYours:
            return answer(request, NOT_HERE)

    return wrapper
