"""/tra-cuu/gia-tri-the: is a health-insurance card valid. What is typed travels in the body only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from vssid.domain.cards import qr_text
from vssid.domain.identity.errors import BadImage
from vssid.domain.lookups import card_check
from vssid.domain.lookups.card_check import IN_FORCE, Answer, Code
from vssid.domain.verification.errors import Limited
from vssid.domain.verification.proofs import Proof
from vssid.kernel import charsets
from vssid.kernel.errors import Invalid
from vssid.kernel.input_methods import is_garbled
from vssid.web.ui.access import VisitRequest, public

from ..frame import draw
from ..registration import card_reading
from ..registration.forms import CardForm
from . import limited_look_up

PAGE = "public/lookups/card_check.html"
_HEX = re.compile(r"[0-9a-fA-F]+")
NO_QR = gettext_lazy(
    "Chưa đọc được mã QR của thẻ BHYT. Hãy chụp gần hơn, đủ sáng, không lóa; hoặc nhập tay bên dưới."
)
# Kind of note, title, what to do.
WORDS = {
    Code.VALID: (
        "good",
        gettext_lazy("Thẻ còn thời hạn theo dữ liệu BHXH"),
        gettext_lazy(
            "Khi đi khám, dùng một trong các loại: CCCD, Căn cước gắn chip; VNeID mức 2; thẻ điện tử; "
            "thẻ giấy; hoặc đọc số thẻ."
        ),
    ),
    Code.OLD_ENDED_NEW_ISSUED: (
        "warn",
        gettext_lazy("Số thẻ này đã hết giá trị, đã có thẻ mới"),
        gettext_lazy("Hãy dùng thẻ mới. Số in trên thẻ mới là mã số BHXH."),
    ),
    Code.OLD_VALID_NEW_ISSUED: (
        "good",
        gettext_lazy("Số thẻ này còn thời hạn, đã có thẻ mới"),
        gettext_lazy("Nên dùng thẻ mới. Số in trên thẻ mới là mã số BHXH."),
    ),
    Code.UNKNOWN: (
        "warn",
        gettext_lazy("Chưa rõ thẻ còn giá trị không"),
        gettext_lazy(
            "Thẻ còn thời hạn, nhưng có thể đã được báo giảm hoặc thu hồi. Hãy hỏi đơn vị, cơ quan BHXH "
            "hoặc gọi tổng đài trước khi đi khám."
        ),
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
    card_answer = limited_look_up.answer(request, PAGE, form, look, none=none)
    if isinstance(card_answer, HttpResponse):
        return card_answer
    kind, title, advice = WORDS[card_answer.code]
    # An official "valid" would also say that the card was not recalled, which the register does not know.
    code = card_answer.code if card_answer.code in (Code.ENDED, Code.OLD_ENDED_NEW_ISSUED) else ""
    unsure = card_answer.code in IN_FORCE or card_answer.code is Code.NOT_YET
    return draw(
        request, PAGE, answer=card_answer, kind=kind, result=title, advice=advice, code=code, unsure=unsure
    )


@public
@require_POST
def read_frame(request: VisitRequest) -> JsonResponse:
    """POST /tra-cuu/doc-the: a camera frame (`photo`) or the text of a QR read on the phone (`text`)."""
    from vssid.domain.identity import reader  # as in identity.actions: once a picture comes

    now = timezone.now()
    try:
        if "text" in request.POST:
            texts = [request.POST["text"][:1000]]
        else:
            texts = card_reading.look_at(request, "photo", reader.read_qr_texts, now=now)
    except (BadImage, Limited) as refused:
        return card_reading.unread(refused, now)
    fields = next((filled for text in texts if (filled := _fields(text))), None)
    told = str(card_reading.NAME_UNREAD) if fields and not fields.get("full_name") else ""
    return JsonResponse({"fields": fields, "hint": str(NO_QR), "told": told})


def _fields(text: str) -> dict[str, str] | None:
    """The fields that the text of a card's QR fills; None when it is another code."""
    try:
        card = qr_text.parse(text)
    except qr_text.NotACard:
        return None
    fields = {"card_number": card.code, "birth_date": card.birth}
    name = charsets.mended(card.name) or ""
    # Bytes of another charset stay hexadecimal digits: no name.
    return {**fields, "full_name": name} if name and not _HEX.fullmatch(name) else fields


def scanned(raw: Mapping[str, str]) -> dict[str, str]:
    """The fields, taken from the card's QR where one was scanned; a name it lacks as typed.

    Raises Invalid(scan).
    """
    if not raw["scan"].strip():
        return dict(raw)
    # What the look-up needs of a card's QR is letters and digits without marks.
    if any(is_garbled(part) for part in raw["scan"].split("|")[:3]):
        raise Invalid(scan="input_method")
    if (fields := _fields(raw["scan"])) is None:
        raise Invalid(scan="bad_scan")
    return {"full_name": raw["full_name"], **fields}
