"""/tra-cuu/ma-so-bhxh: one's own BHXH number. What is typed travels in the body only."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from vssid.domain.lookups import numbers
from vssid.domain.verification.proofs import Proof
from vssid.kernel.ids import BhxhCode
from vssid.web.ui.access import VisitRequest, public

from .. import handover_cookie
from ..frame import draw
from ..registration.forms import OwnNumberForm
from . import limited_look_up

PAGE = "public/lookups/own_number.html"
FOUND = "number"


@public
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def own_number(request: VisitRequest) -> HttpResponse:
    """GET the form; POST answers on the same page."""
    if request.method != "POST":
        return draw(request, PAGE, form=OwnNumberForm())
    form = OwnNumberForm(request.POST)

    def look(proof: Proof, address: str, now: datetime) -> BhxhCode | None:
        return numbers.find(numbers.clean(form.raw, now=now), proof, address=address, now=now)

    none = _("Không có mã số nào khớp đủ họ tên, ngày sinh, số giấy tờ và tỉnh này. Hãy xem lại cả bốn.")
    bhxh_code = limited_look_up.answer(request, PAGE, form, look, none=none)
    if isinstance(bhxh_code, HttpResponse):
        return bhxh_code
    response = draw(request, PAGE, form=form, bhxh_code=bhxh_code)
    # Who came from the registration need not write it down: its first step has it filled in.
    handover_cookie.put(response, FOUND, {"bhxh_code": bhxh_code.reveal()})
    return response
