"""/can-bo/giao-viec: deal the files of a queue that are nobody's out to colleagues, by shares."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from vssid.domain.accounts.posts import assigning
from vssid.domain.casework.work import assignments
from vssid.domain.offices.rights import Right, rights_of
from vssid.kernel.errors import Invalid
from vssid.web.ui.access import VisitRequest, may

from .. import frame
from ..casework.in_hand import Queue
from ..casework.words import Words
from ..today import files

WRONG: dict[str, Words] = {
    "required": _("Cho ít nhất một cán bộ một phần."),
    "unknown": _("Có cán bộ hôm nay không nhận việc tại cơ quan. Danh sách dưới đây là mới nhất."),
    "too_large": _("Mỗi phần là một số từ 0 đến 9."),
}
TABS: Mapping[str, Words] = {
    "ho-so": _("Hồ sơ đăng ký"),
    "dich-vu": _("Dịch vụ công"),
    "gia-dinh": _("Hồ sơ của con"),
    "tin-nhan": _("Phản ánh"),
}


@may(Right.ASSIGN_FILES)
@require_http_methods(["GET", "HEAD", "POST"])
def deal(request: VisitRequest) -> HttpResponse:
    """GET shows who has how much and how many files are nobody's; POST deals these out."""
    queue = _queue(request)
    if request.method != "POST":
        return _page(request, queue)
    shares, by = _shares(request), request.actor
    keys = {file_id: key if len(key) > 1 else key[0] for file_id, key in queue.open_files(by.office).items()}
    try:
        count = assigning.deal_out(queue.kind, keys, shares, by=by, now=timezone.now())
    except Invalid as invalid:
        return _page(request, queue, wrong=WRONG[invalid.fields["shares"]], typed=shares, status=422)
    return HttpResponseRedirect(f"{reverse('officer:deal')}?hang={queue.word}&xong={count}")


def _queue(request: VisitRequest) -> Queue:
    """The queue the address or the form names, of those the post may see; else the first."""
    held = rights_of(request.actor.role)
    seen = {queue.word: queue for queue in files.QUEUES.values() if queue.kind.look in held}
    word = request.POST.get("hang", "") or request.GET.get("hang", "")
    return seen.get(word) or next(iter(seen.values()))


def _shares(request: VisitRequest) -> dict[int, int]:
    """Officer → share as typed; what is no single digit is too large."""
    shares = {}
    for name in request.POST:
        officer = name.removeprefix("phan-")
        if name != officer and officer.isascii() and officer.isdigit() and len(officer) < 19:
            share = request.POST.get(name, "").strip() or "0"
            is_digit = share.isascii() and share.isdigit() and len(share) == 1
            shares[int(officer)] = int(share) if is_digit else assigning.MOST_SHARE + 1
    return shares


def _page(
    request: VisitRequest,
    queue: Queue,
    *,
    wrong: Words = "",
    typed: Mapping[int, int] | None = None,
    status: int = 200,
) -> HttpResponse:
    by, now = request.actor, timezone.now()
    open_ids = [*queue.open_files(by.office)]
    given = assignments.names(queue.kind.name, open_ids)
    done = request.GET.get("xong", "")
    context: dict[str, Any] = {
        "queue": queue,
        "free": len(open_ids) - len(given),
        "open": len(open_ids),
        "colleagues": [
            (each, (typed or {}).get(each.id, 1)) for each in assigning.colleagues(queue.kind, by=by, now=now)
        ],
        "tabs": [(_address(word), words) for word, words in TABS.items()],
        "tab_here": _address(queue.word),
        "wrong": wrong,
        "dealt": int(done) if done.isascii() and done.isdigit() and len(done) < 6 else None,
    }
    return frame.page(request, "officer/work/deal.html", context, status=status)


def _address(word: str) -> str:
    return f"{reverse('officer:deal')}?hang={word}"


routes = [path("can-bo/giao-viec", deal, name="deal")]
