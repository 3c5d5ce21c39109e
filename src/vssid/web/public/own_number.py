"""/tra-cuu/ma-so-bhxh: one's own BHXH number. What is typed travels in the body only."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from vssid.domain.accounts.errors import Limited
from vssid.domain.lookups import challenges, numbers
from vssid.domain.lookups.challenges import Proof
from vssid.domain.lookups.errors import ChallengeNeeded
from vssid.kernel.errors import Invalid
from vssid.kernel.ids import BhxhCode
from vssid.web.ui import client
from vssid.web.ui.access import VisitRequest, public

from . import words
from .forms import OwnNumberForm
from .services import draw
from .wizard import REFUSED

PAGE = "own_number.html"


@public
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def own_number(request: VisitRequest) -> HttpResponse:
    """GET the form; POST answers on the same page."""
    if request.method != "POST":
        return draw(request, PAGE, form=OwnNumberForm())
    form, now = OwnNumberForm(request.POST), timezone.now()
    proof = Proof(*(request.POST.get(name, "")[:600] for name in ("thu-thach", "tong", "viec")))
    try:
        asked = numbers.clean(form.raw, now=now)
        found = numbers.find(asked, proof, address=client.address(request), now=now)
    except Invalid as refused:
        words.refuse(form, refused)
        return draw(request, PAGE, form=form, status=REFUSED)
    except ChallengeNeeded as needed:
        if needed.facts["was_wrong"]:
            form.add_error(None, _("Kết quả chưa đúng hoặc đã quá lâu. Hãy trả lời câu hỏi mới."))
        return draw(request, PAGE, form=form, challenge=challenges.make(), status=REFUSED)
    except Limited as refused:
        form.add_error(None, words.limited(refused, now))
        return draw(request, PAGE, form=form, status=429)
    return _answer(request, form, found)


def _answer(request: VisitRequest, form: OwnNumberForm, found: BhxhCode | None) -> HttpResponse:
    page: dict[str, Any] = {"form": form}
    if found is None:
        form.add_error(
            None,
            _("Không có mã số nào khớp đủ họ tên, ngày sinh, số giấy tờ và tỉnh này. Hãy xem lại cả bốn."),
        )
        return draw(request, PAGE, status=REFUSED, **page)
    return draw(request, PAGE, found=found, **page)
