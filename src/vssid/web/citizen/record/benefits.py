"""/thong-tin-huong: what was paid to the person, newest first, all or by kind, and where it came from."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from vssid.domain.offices import queries as offices
from vssid.domain.participants import queries as participants
from vssid.domain.participants.care.views import BenefitView
from vssid.web.ui import cookies
from vssid.web.ui.access import VisitRequest, citizen
from vssid.web.ui.templatetags.ui import ngay, tien

from . import provenance
from .numbered import nth

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab: the group of its rows (all for none), its label and name, why it may be empty, whom to ask.

    Who settles what is common knowledge, not from a source [M].
    """

    slug: str
    group: str
    label: Words
    name: Words
    why: Words
    ask: Words

    @property
    def address(self) -> str:
        """Where it stands; the one of all kinds is the first page."""
        return (
            reverse("citizen:benefits")
            if self.slug == ALL
            else reverse("citizen:benefits_of", args=[self.slug])
        )


ALL = "tat-ca"
TABS = {
    ALL: Tab(
        ALL,
        "",
        gettext_lazy("Tất cả"),
        gettext_lazy("bảo hiểm xã hội, thất nghiệp"),
        gettext_lazy(
            "Khi một chế độ được giải quyết và cập nhật vào dữ liệu BHXH, bạn thấy ở đây, mới nhất ở trên."
        ),
        gettext_lazy("Nếu đã nộp hồ sơ mà chưa thấy, hãy hỏi nơi nộp; mang theo số hồ sơ hoặc quyết định."),
    ),
    "mot-lan": Tab(
        "mot-lan",
        "one_off",
        gettext_lazy("BHXH một lần"),
        gettext_lazy("bảo hiểm xã hội một lần"),
        gettext_lazy("Thường là vì bạn chưa nhận BHXH một lần, hoặc quyết định chưa được cập nhật."),
        gettext_lazy("Hãy hỏi cơ quan BHXH nơi nộp hồ sơ; mang theo số hồ sơ hoặc quyết định nếu có."),
    ),
    "odts": Tab(
        "odts",
        "short_term",
        gettext_lazy("ODTS"),
        gettext_lazy("ốm đau, thai sản, dưỡng sức"),
        gettext_lazy(
            "Thường là vì chưa có hồ sơ ốm đau, thai sản hay dưỡng sức nào được giải quyết,"
            " hoặc đơn vị chưa nộp."
        ),
        gettext_lazy("Hãy hỏi phòng nhân sự xem hồ sơ đã nộp chưa, rồi hỏi cơ quan BHXH quản lý đơn vị."),
    ),
    "bhtn": Tab(
        "bhtn",
        "unemployment",
        gettext_lazy("BHTN"),
        gettext_lazy("bảo hiểm thất nghiệp"),
        gettext_lazy(
            "Thường là vì bạn chưa hưởng trợ cấp thất nghiệp, hoặc quyết định mới chưa được cập nhật."
        ),
        gettext_lazy("Hãy hỏi trung tâm dịch vụ việc làm nơi nộp hồ sơ; về tiền đã chi, hỏi cơ quan BHXH."),
    ),
    "tnld": Tab(
        "tnld",
        "accident",
        gettext_lazy("TNLĐ-BNN"),
        gettext_lazy("tai nạn lao động, bệnh nghề nghiệp"),
        gettext_lazy(
            "Thường là vì chưa có trường hợp tai nạn lao động, bệnh nghề nghiệp nào được giải quyết."
        ),
        gettext_lazy("Nếu bạn từng bị, hãy hỏi đơn vị về hồ sơ đã lập, rồi hỏi cơ quan BHXH."),
    ),
    "hang-thang": Tab(
        "hang-thang",
        "monthly",
        gettext_lazy("Hàng tháng"),
        gettext_lazy("lương hưu, trợ cấp hằng tháng"),
        gettext_lazy("Thường là vì bạn chưa hưởng lương hưu hay trợ cấp hằng tháng."),
        gettext_lazy("Nếu bạn đang hưởng, hãy hỏi cơ quan BHXH nơi chi trả."),
    ),
}
SLUGS = {tab.group: slug for slug, tab in TABS.items() if tab.group}
REGIMES: dict[str, Words] = {
    "one_off": gettext_lazy("BHXH một lần"),
    "sickness": gettext_lazy("Ốm đau"),
    "maternity": gettext_lazy("Thai sản"),
    "convalescence": gettext_lazy("Dưỡng sức, phục hồi sức khỏe"),
    "unemployment": gettext_lazy("Trợ cấp thất nghiệp"),
    "accident": gettext_lazy("Tai nạn lao động, bệnh nghề nghiệp"),
    "pension": gettext_lazy("Lương hưu"),
    "allowance": gettext_lazy("Trợ cấp hằng tháng"),
}
PAID_BY: dict[str, Words] = {
    "cash": gettext_lazy("Tiền mặt"),
    "account": gettext_lazy("Tài khoản ngân hàng"),
}


@citizen
@require_safe
def listed(request: VisitRequest, tab: str = ALL) -> HttpResponse:
    """GET /thong-tin-huong and /thong-tin-huong/{mot-lan,odts,bhtn,tnld,hang-thang}"""
    if request.path != _known(tab).address:
        return HttpResponseRedirect(TABS[tab].address)
    lines = [
        {
            "address": reverse("citizen:benefit", args=[SLUGS[benefit.group], number]),
            "span": span(benefit),
            "what": REGIMES[benefit.regime],
            "amount": amount(benefit),
        }
        for number, benefit in _numbered(request)
        if TABS[tab].group in ("", benefit.group)
    ]
    return _page(request, "citizen/record/benefits.html", tab, {"lines": lines})


@citizen
@require_safe
def detail(request: VisitRequest, tab: str, number: int) -> HttpResponse:
    """GET /thong-tin-huong/<tab>/<n>: one benefit, the oldest is 1."""
    group = _known(tab).group
    benefit = nth(
        [benefit for _number, benefit in reversed(_numbered(request)) if benefit.group == group], number
    )
    facts = {
        "what": REGIMES[benefit.regime],
        "span": span(benefit),
        "rows": rows(benefit),
        "origin": provenance.of(benefit.run_id, benefit.as_of),
    }
    return _page(request, "citizen/record/benefit.html", tab, facts)


def span(benefit: BenefitView) -> str:
    """`03/02/2025 – 07/02/2025`; one day alone; a monthly benefit without an end goes on."""
    first = ngay(benefit.from_date)
    if benefit.to_date:
        return first if benefit.to_date == benefit.from_date else f"{first} – {ngay(benefit.to_date)}"
    return _("từ %(day)s") % {"day": first} if benefit.is_monthly else first


def amount(benefit: BenefitView) -> str:
    """`1.200.000 đ`, or a month: `3.000.000 đ/tháng`."""
    if benefit.is_monthly:
        return _("%(amount)s đ/tháng") % {"amount": tien(benefit.amount).removesuffix(" đ")}
    return tien(benefit.amount)


def rows(benefit: BenefitView) -> list[tuple[str, str]]:
    """All that is known of a benefit; what is not told is left out."""
    goes_on = _("Đang hưởng") if benefit.is_monthly else ""
    fields = [
        (_("Chế độ"), str(REGIMES[benefit.regime])),
        (_("Số hồ sơ"), benefit.file_number),
        (_("Số quyết định"), benefit.decision_number),
        (_("Ngày duyệt"), ngay(benefit.decided_on) if benefit.decided_on else ""),
        (_("Từ ngày"), ngay(benefit.from_date)),
        (_("Đến ngày"), ngay(benefit.to_date) if benefit.to_date else goes_on),
        (_("Thời gian hưởng"), _length(benefit)),
        (_("Số tiền"), amount(benefit)),
        (_("Thời gian bảo lưu"), _months(benefit.kept_months) if benefit.kept_months is not None else ""),
        (_("Hình thức nhận"), str(PAID_BY.get(benefit.paid_by, ""))),
        (_("Ngày chi trả"), ngay(benefit.paid_on) if benefit.paid_on else ""),
        (_("Cơ quan giải quyết, chi trả"), _office(benefit.office_code)),
    ]
    return [(label, value) for label, value in fields if value]


def _length(benefit: BenefitView) -> str:
    if benefit.days is not None:
        return ngettext("%(n)s ngày", "%(n)s ngày", benefit.days) % {"n": benefit.days}
    return _months(benefit.months) if benefit.months is not None else ""


def _months(count: int) -> str:
    return ngettext("%(n)s tháng", "%(n)s tháng", count) % {"n": count}


def _office(code: str) -> str:
    try:
        return offices.office(code).name if code else ""
    except offices.UnknownOffice:
        return code


def _known(tab: str) -> Tab:
    if tab not in TABS:
        raise Http404
    return TABS[tab]


def _numbered(request: VisitRequest) -> list[tuple[int, BenefitView]]:
    """The person's benefits, the newest first, each with its number in its group, where the oldest is 1."""
    session = request.session_view
    assert session is not None
    counts: Counter[str] = Counter()
    numbered = []
    for benefit in reversed(participants.benefits(session.person_id)):
        counts[benefit.group] += 1
        numbered.append((counts[benefit.group], benefit))
    return numbered[::-1]


def _page(request: VisitRequest, template: str, tab: str, facts: dict[str, Any]) -> HttpResponse:
    now: datetime = timezone.now()
    frame = {
        "tab": TABS[tab],
        "slug": tab,
        "tabs": [(shown_tab.address, shown_tab.label) for shown_tab in TABS.values()],
        "confirmed": now,
    }
    return cookies.keep_offline(render(request, template, frame | facts))
