"""/tra-cuu/gia-tri-the: is a health-insurance card valid. What is typed travels in the body only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from vssid.domain.cards import qr_text
from vssid.domain.lookups import card_check
from vssid.domain.lookups.card_check import Answer, Code
from vssid.domain.lookups.challenges import Proof
from vssid.kernel.errors import Invalid
from vssid.web.ui.access import VisitRequest, public

from . import asking
from .forms import CardForm
from .services import draw

PAGE = "card_check.html"
# Kind of note, title, what to do.
WORDS = {
    Code.VALID: (
        "good",
        gettext_lazy("Thẻ có giá trị sử dụng"),
        gettext_lazy("Khi khám chữa bệnh, mang thẻ kèm giấy tờ có ảnh."),
    ),
    Code.OLD_ENDED_NEW_ISSUED: (
        "warn",
        gettext_lazy("Số thẻ này đã hết giá trị, đã có thẻ mới"),
        gettext_lazy("Hãy dùng thẻ mới. Số in trên thẻ mới là mã số BHXH, 10 chữ số cuối của số này."),
    ),
    Code.OLD_VALID_NEW_ISSUED: (
        "good",
        gettext_lazy("Số thẻ này còn giá trị, đã có thẻ mới"),
        gettext_lazy("Nên dùng thẻ mới. Số in trên thẻ mới là mã số BHXH, 10 chữ số cuối của số này."),
    ),
    Code.ENDED: (
        "bad",
        gettext_lazy("Thẻ đã hết giá trị sử dụng"),
        gettext_lazy("Hãy đóng tiếp tại điểm thu, hoặc hỏi đơn vị nếu đơn vị đóng cho bạn."),
    ),
    Code.NOT_YET: (
        "warn",
        gettext_lazy("Thẻ chưa đến ngày có giá trị"),
        gettext_lazy("Thẻ dùng được từ ngày ghi dưới đây."),
    ),
}


@public
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: VisitRequest) -> HttpResponse:
    """GET the form; POST answers on the same page."""
    if request.method != "POST":
        return draw(request, PAGE, form=CardForm())
    form = CardForm(request.POST)

    def look(proof: Proof, address: str, now: datetime) -> Answer | None:
        asked = card_check.clean(scanned(form.raw), now=now)
        return card_check.check(asked, proof, address=address, now=now)

    none = _("Không có thẻ nào khớp đủ số thẻ, họ tên và ngày sinh này. Hãy xem lại cả ba như in trên thẻ.")
    found = asking.answer(request, PAGE, form, look, none=none)
    if isinstance(found, HttpResponse):
        return found
    kind, title, advice = WORDS[found.code]
    code = "" if found.code is Code.NOT_YET else found.code
    return draw(request, PAGE, answer=found, kind=kind, result=title, advice=advice, code=code)


def scanned(raw: Mapping[str, str]) -> dict[str, str]:
    """The fields, taken from the card's QR where one was scanned. Raises Invalid(scan)."""
    if not raw["scan"].strip():
        return dict(raw)
    try:
        card = qr_text.parse(raw["scan"])
    except qr_text.NotACard:
        raise Invalid(scan="bad_scan") from None
    return {"card_number": card.code, "full_name": card.name, "birth_date": card.birth}
