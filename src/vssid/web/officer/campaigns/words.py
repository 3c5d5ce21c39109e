"""Campaigns in the words of the console."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.domain.casework.errors import NotReady
from vssid.domain.employers.campaigns.eligible import Skipped
from vssid.domain.employers.campaigns.errors import NotNow, NotPrinted, PartErased, TooMany, WaveBegun
from vssid.domain.employers.campaigns.queries import WaveLine
from vssid.domain.employers.campaigns.results import Step
from vssid.domain.employers.campaigns.states import State
from vssid.domain.offices.policy import NotAllowed
from vssid.kernel.errors import DomainError, Invalid
from vssid.web.ui.templatetags.ui import so

from ..casework.words import Words
from .forms import WAYS, WRONG

STATES: Mapping[State, tuple[Words, str]] = {
    State.DRAFT: (gettext_lazy("Bản nháp"), "plain"),
    State.RUNNING: (gettext_lazy("Đang chạy"), "good"),
    State.STOPPED: (gettext_lazy("Đang dừng"), "warn"),
    State.ENDED: (gettext_lazy("Đã kết thúc"), "plain"),
}
STEPS: Mapping[Step, tuple[Words, str]] = {
    Step.PLANNED: (gettext_lazy("Chưa có thư"), "plain"),
    Step.PRINTED: (gettext_lazy("Đã lập thư"), "plain"),
    Step.POSTED: (gettext_lazy("Đã gửi"), "warn"),
    Step.OPENED: (gettext_lazy("Đã mở mã"), "warn"),
    Step.IN: (gettext_lazy("Đã vào"), "good"),
}
SKIPPED: Mapping[str, Words] = {
    Skipped.IN: gettext_lazy("Không lập thư: đơn vị đã vào"),
    Skipped.OVER: gettext_lazy("Không lập thư: đơn vị đã ngừng hoạt động hoặc sáp nhập"),
    Skipped.INVITED: gettext_lazy("Không lập thư: cán bộ đã mời riêng, mã đó đang dùng được"),
}
DONE: Mapping[str, Words] = {
    "ghi": gettext_lazy("Đã lưu. Chưa có gì được gửi đi."),
    "sua": gettext_lazy("Đã lưu thay đổi."),
    "sao": gettext_lazy("Đã chép thành bản nháp mới. Hãy nhập số văn bản rồi xem lại ngày của các đợt."),
    "chay": gettext_lazy("Chiến dịch bắt đầu chạy. Danh sách đơn vị đang được lập."),
    "dung": gettext_lazy("Đã dừng. Không có thư nào được in hay gửi qua e-mail nữa cho đến khi chạy tiếp."),
    "tiep": gettext_lazy("Chiến dịch chạy tiếp từ chỗ đã dừng."),
    "het": gettext_lazy("Đã kết thúc chiến dịch. Thư đã gửi và mã của thư vẫn dùng được."),
    "dot": gettext_lazy("Đã thêm đợt thư."),
    "bo": gettext_lazy("Đã bỏ đợt thư."),
    "gui": gettext_lazy("Đã ghi nhận gửi bưu điện."),
}
EMAILS: Mapping[str, Words] = {
    "waiting": gettext_lazy("e-mail đang gửi"),
    "sent": gettext_lazy("đã gửi e-mail"),
    "failed": gettext_lazy("e-mail không gửi được"),
}
MISSING: Mapping[str, Words] = {
    "number": gettext_lazy("chưa có số văn bản"),
    "waves": gettext_lazy("chưa có đợt thư nào"),
    "until": gettext_lazy("ngày cuối đã qua"),
}
REFUSALS = (NotNow, NotReady, WaveBegun, NotPrinted, PartErased, TooMany, NotAllowed, Invalid)


def refusal(refused: DomainError) -> str:
    """What to tell an officer about one of the refusals."""
    if isinstance(refused, NotReady):
        lacking = "; ".join(str(MISSING[name]) for name in refused.missing)
        return _("Chưa chạy được: %(lacking)s.") % {"lacking": lacking}
    if isinstance(refused, WaveBegun):
        return _("Đợt này đã bắt đầu nên không bỏ được. Muốn không in tiếp, hãy dừng chiến dịch.")
    if isinstance(refused, NotPrinted):
        return _("Thư của phần này chưa in xong. Hãy mở lại trang sau ít phút.")
    if isinstance(refused, PartErased):
        return _(
            "Thư của phần này đã xóa: mã chỉ được giữ 3 ngày sau khi gửi, hoặc đã hết hạn. "
            "Cần thư mới thì mời riêng tại trang của đơn vị."
        )
    if isinstance(refused, TooMany):
        return _("Danh sách dài quá %(most)s dòng. Hãy tải theo từng phần.") % {"most": so(refused.most)}
    if isinstance(refused, NotAllowed):
        return _("Vị trí của bạn không làm được việc này với chiến dịch.")
    if isinstance(refused, Invalid):
        return " ".join(str(WRONG.get(wrong, _("Chưa đúng."))) for wrong in refused.fields.items())
    return _("Việc này đã được làm trước đó. Hãy xem lại trang của chiến dịch.")


def wave_kind(kind: str) -> Words:
    """What a wave is called."""
    return {
        "letter": gettext_lazy("Thư mời"),
        "reminder": gettext_lazy("Thư nhắc"),
        "ask_hr": gettext_lazy("Đề nghị mời người lao động"),
    }[kind]


def wave_way(wave: WaveLine) -> Words:
    """How its letters go."""
    return "–" if wave.asks_hr else WAYS[wave.way]


def wave_state(wave: WaveLine) -> tuple[Words, str]:
    """Where a wave stands, and the kind of pill."""
    if wave.begun_at is None:
        return gettext_lazy("Chờ đến ngày"), "plain"
    if not wave.parts:
        return gettext_lazy("Không còn đơn vị cần gửi"), "plain"
    if not wave.is_printed:
        return gettext_lazy("Đang gửi") if wave.asks_hr else gettext_lazy("Đang in"), "warn"
    if wave.asks_hr:
        return gettext_lazy("Đã gửi"), "good"
    if wave.sent < wave.papers:
        return gettext_lazy("Chờ gửi bưu điện"), "warn"
    if wave.emails.waiting:
        return gettext_lazy("Đang gửi e-mail"), "warn"
    return gettext_lazy("Đã gửi"), "good"
