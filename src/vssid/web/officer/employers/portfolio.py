"""/can-bo/don-vi/cua-toi: the employers one looks after, by what they need; and what is written of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from vssid.domain.employers.portfolio import diary, queries
from vssid.domain.employers.portfolio.needs import Need
from vssid.domain.employers.portfolio.queries import Needed
from vssid.domain.offices.rights import Right
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import Invalid
from vssid.web.ui.access import VisitRequest, may

from .. import frame
from ..casework.lists import PER_PAGE, address, numbered, pager
from ..casework.words import Words
from ..errors import or_not_here
from . import pages
from .entry_form import WRONG, EntryForm

TABS: Mapping[str, tuple[Words, Need | None]] = {
    "": (gettext_lazy("Tất cả"), None),
    "viec": (gettext_lazy("Việc đến hạn"), Need.TASK),
    "tin-nhan": (gettext_lazy("Chờ trả lời"), Need.QUESTIONS),
    "to-khai": (gettext_lazy("Tờ khai sắp hết hạn"), Need.FORMS),
    "sua-doi": (gettext_lazy("Đề nghị sửa"), Need.REQUESTS),
    "no-dong": (gettext_lazy("Tháng chưa đóng"), Need.ARREARS),
    "chua-vao": (gettext_lazy("Chưa vào hệ thống"), Need.NOT_IN),
}


@may(Right.FOLLOW_EMPLOYERS)
@require_safe
def portfolio(request: VisitRequest) -> HttpResponse:
    """The employers one looks after today, the most pressing need first; `can` of one need."""
    now, tab = timezone.now(), request.GET.get("can", "")
    tab = tab if tab in TABS else ""
    lines = queries.of(request.actor, now=now)
    counts = {slug: len(lines) if need is None else _having(lines, need) for slug, (_s, need) in TABS.items()}
    need = TABS[tab][1]
    rows = lines if need is None else [line for line in lines if line.has(need)]
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("trang", "1")[:6])

    def at(**other: Any) -> str:
        return address("officer:portfolio", **{"can": tab, **other})

    context = {
        "rows": [
            {"line": line, "needs": [_worded(line.code, needed) for needed in line.needs]} for line in page
        ],
        "tabs": [(at(can=slug), said, counts[slug]) for slug, (said, _need) in TABS.items()],
        "tab_here": at(),
        "tab": tab,
        "has_any": bool(lines),
        "page": pager(page, lambda number: at(trang=numbered(number))),
    }
    return frame.page(request, "officer/employers/portfolio.html", context)


@may(Right.FOLLOW_EMPLOYERS)
@require_POST
@or_not_here
def write(request: VisitRequest, code: str) -> HttpResponse:
    """…/so: an entry; refused, the employer's page shows it again as typed."""
    form = EntryForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            diary.write(
                code, typed["kind"], typed["on_day"], typed["text"], by=request.actor, now=timezone.now()
            )
        except Invalid as invalid:
            for field, wrong in invalid.fields.items():
                form.add_error(field, WRONG[field, wrong])
        else:
            return _back(code, "so")
    return pages.shown(request, code, entry_form=form, status=422)


@may(Right.FOLLOW_EMPLOYERS)
@require_POST
@or_not_here
def done(request: VisitRequest, code: str, entry_id: int) -> HttpResponse:
    """…/so/<entry>/xong: a task is done."""
    diary.done(entry_id, code, by=request.actor, now=timezone.now())
    return _back(code, "viec")


def _back(code: str, said: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('officer:employer', args=[code])}?xong={said}#so")


def _having(lines: list[queries.Line], need: Need) -> int:
    return sum(line.has(need) for line in lines)


def _worded(code: str, needed: Needed) -> dict[str, Any]:
    said, pill, url = WORDED[needed.need](code, needed)
    return {"said": said, "pill": pill, "url": url, "day": needed.day, "need": needed.need.value}


def _task(code: str, needed: Needed) -> tuple[str, str, str]:
    said = ngettext("%(n)s việc đến hạn", "%(n)s việc đến hạn", needed.many) % {"n": needed.many}
    is_late = needed.day is not None and needed.day < local_day(timezone.now())
    return said, "bad" if is_late else "warn", f"{reverse('officer:employer', args=[code])}#so"


def _questions(code: str, needed: Needed) -> tuple[str, str, str]:
    said = ngettext("%(n)s tin nhắn chờ trả lời", "%(n)s tin nhắn chờ trả lời", needed.many)
    is_late = needed.day is not None and needed.day < local_day(timezone.now())
    url = f"{reverse('officer:employer', args=[code])}#tin"
    return said % {"n": needed.many}, "bad" if is_late else "warn", url


def _forms(code: str, needed: Needed) -> tuple[str, str, str]:
    said = ngettext("%(n)s tờ khai sắp hết hạn nộp", "%(n)s tờ khai sắp hết hạn nộp", needed.many) % {
        "n": needed.many
    }
    return said, "warn", address("officer:report_workers", **{"don-vi": code})


def _requests(code: str, needed: Needed) -> tuple[str, str, str]:
    said = ngettext("%(n)s đề nghị sửa chờ trả lời", "%(n)s đề nghị sửa chờ trả lời", needed.many)
    return said % {"n": needed.many}, "warn", address("officer:corrections", **{"don-vi": code})


def _arrears(code: str, needed: Needed) -> tuple[str, str, str]:
    said = ngettext("Chậm đóng %(n)s tháng", "Chậm đóng %(n)s tháng", needed.many) % {"n": needed.many}
    return said, "bad", reverse("public:employers_one", args=[code])


def _not_in(code: str, _needed: Needed) -> tuple[str, str, str]:
    return (
        str(gettext_lazy("Chưa có ai vào hệ thống")),
        "plain",
        f"{reverse('officer:employer', args=[code])}#moi",
    )


WORDED: Mapping[Need, Callable[[str, Needed], tuple[str, str, str]]] = {
    Need.TASK: _task,
    Need.QUESTIONS: _questions,
    Need.FORMS: _forms,
    Need.REQUESTS: _requests,
    Need.ARREARS: _arrears,
    Need.NOT_IN: _not_in,
}
HERE = "can-bo/don-vi/<slug:code>/so"
routes = [
    path("can-bo/don-vi/cua-toi", portfolio, name="portfolio"),
    path(HERE, write, name="employer_write"),
    path(f"{HERE}/<int:entry_id>/xong", done, name="employer_task_done"),
]
