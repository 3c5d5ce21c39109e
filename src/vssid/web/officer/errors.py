"""The one answer to what does not lie at this office: not there, and back to the queue."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from vssid.domain.identity.errors import NoImage
from vssid.kernel.errors import NotYours
from vssid.web.ui import not_allowed as not_allowed  # its page is known once this is
from vssid.web.ui.access import VisitRequest
from vssid.web.ui.errors import Page, answer

P = ParamSpec("P")
View = Callable[Concatenate[VisitRequest, P], HttpResponse]

NOT_HERE = Page(
    404,
    _("Không có hồ sơ này tại cơ quan"),
    _(
        "Hồ sơ không tồn tại, thuộc cơ quan khác, hoặc ảnh đã xóa sau thời hạn lưu. Hãy kiểm tra "
        "lại số hồ sơ."
    ),
    (_("Về việc hôm nay"), reverse_lazy("officer:today")),
)


def or_not_here(view: View[P]) -> View[P]:
    """Unknown, another office's, erased: all read the same."""

    @wraps(view)
    def wrapper(request: VisitRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (NotYours, NoImage):
            return answer(request, NOT_HERE)

    return wrapper
