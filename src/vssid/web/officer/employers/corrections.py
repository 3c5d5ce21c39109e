"""/can-bo/don-vi/sua-doi: what HR asks the office to mend; answered one by one or many at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from vssid.domain.casework import claims
from vssid.domain.casework.errors import InOtherHands
from vssid.domain.casework.own_files import OwnFile
from vssid.domain.employers.corrections import answering, queries
from vssid.domain.employers.corrections.errors import AlreadyClosed
from vssid.domain.employers.corrections.moves import CORRECTION
from vssid.domain.employers.corrections.queries import Request
from vssid.domain.employers.corrections.reasons import ALL, AS_IT_IS, WAYS
from vssid.domain.employers.models.corrections import Correction
from vssid.domain.offices import policy
from vssid.domain.offices.policy import NotAllowed
from vssid.domain.offices.rights import Right
from vssid.kernel.errors import DomainError, Invalid, NotYours
from vssid.web.ui.access import VisitRequest, may
from vssid.web.ui.words import correction_words

from .. import frame
from ..casework import troubles
from ..casework.lists import PER_PAGE, address, numbered, pager
from ..casework.words import Words
from ..errors import or_not_here
from . import words

TABS: dict[str, tuple[Words, str]] = {
    "": (_("Chờ trả lời"), "open"),
    "da-tra-loi": (_("Đã trả lời"), "answered"),
    "khac": (_("Đã rút, tự đóng"), "ended"),
}
DOCUMENTS: dict[str, Words] = {
    "id_number": _("Số giấy tờ trong tệp"),
    "old_id_number": _("CMND cũ trong tệp"),
    "person_number": _("Số định danh cá nhân trong tệp"),
}
# With one act; each is answered in a transaction of its own.
MOST = 500
_DIGITS = 18
Act = Callable[[int], None]


@may(Right.SEE_EMPLOYERS)
@require_safe
def requests(request: VisitRequest) -> HttpResponse:
    """The queue of the office: what waits, the longest first; `don-vi` of one employer."""
    return _list(request, request.GET.get("xem", ""), request.GET.get("don-vi", "")[:7])


@may(Right.SEE_EMPLOYERS)
@require_safe
@or_not_here
def correction(request: VisitRequest, correction_id: int) -> HttpResponse:
    """One request: both sides, and the numbers of documents that HR gave. The look is an event."""
    return _one(request, correction_id)


@may(Right.FOLLOW_EMPLOYERS)
@require_POST
@or_not_here
def answer(request: VisitRequest) -> HttpResponse:
    """…/tra-loi: take (`nhan`; `nhan-ve` from a colleague), mended (`da-sua`, by the way `cach`) or as it is
    (`giu`, with `ly-do`): those that are chosen (`chon`), or all that wait of an employer (`tat-ca`). `mot`:
    from the page of one.
    """
    act, now = request.POST.get("viec", ""), timezone.now()
    chosen, single = _chosen(request), _number(request.POST.get("mot", ""))
    try:
        do = _acts(request, now)[act]
        if not chosen:
            raise Invalid(chosen="required")
        refused = _each(chosen, do)
    except KeyError:
        raise NotYours from None
    except Invalid as invalid:
        return _again(request, single, words.correction_wrong(invalid), 422)
    done = len(chosen) - len(refused)
    if refused and single:
        return _again(request, single, refused[0][1], 409)
    if single and act == "nhan-ve":
        return HttpResponseRedirect(reverse("officer:correction", args=[single]))
    if refused:
        lines = [f"{number}: {why}" for number, why in refused]
        return _again(request, 0, _count(done), 409, lines)
    return HttpResponseRedirect(
        address("officer:corrections", xong=str(done), **{"don-vi": _employer(request)})
    )


def _acts(request: VisitRequest, now: datetime) -> dict[str, Act]:
    by, text = request.actor, request.POST.get("text", "")
    way, why = ([code] if (code := request.POST.get(name, "")) else [] for name in ("cach", "ly-do"))
    return {
        "nhan": partial(answering.take, by=by, now=now),
        "nhan-ve": partial(answering.take_over, by=by, now=now),
        "da-sua": lambda key: answering.mend(key, way, text, by=by, now=now),
        "giu": lambda key: answering.keep(key, why, text, by=by, now=now),
    }


def _each(chosen: Mapping[int, str], do: Act) -> list[tuple[str, Words]]:
    """Do it to each; number and reason of those to which it was not done."""
    refused: list[tuple[str, Words]] = []
    for key, number in chosen.items():
        try:
            do(key)
        except (AlreadyClosed, InOtherHands, OwnFile, NotAllowed) as error:
            refused.append((number, _why(error)))
    return refused


def _why(refused: DomainError) -> Words:
    if isinstance(refused, OwnFile):
        return troubles.own_file(refused).title
    if isinstance(refused, InOtherHands):
        return _("đồng nghiệp đang xử lý")
    if isinstance(refused, AlreadyClosed):
        return _("đã được trả lời, rút lại hoặc tự đóng trước đó")
    return _("không thuộc việc của vị trí bạn")


def _chosen(request: VisitRequest) -> dict[int, str]:
    """Those that are meant, with their numbers. Raises NotYours before anything is done to any."""
    if "tat-ca" in request.POST and (employer := _employer(request)):
        rows = queries.within(request.actor, "open", employer=employer)
        return dict(rows.values_list("id", "number")[:MOST])
    meant = {_number(one) for one in request.POST.getlist("chon")[:MOST]}
    rows = Correction.objects.filter(policy.within(request.actor, Right.SEE_EMPLOYERS), id__in=meant)
    there = dict(rows.values_list("id", "number"))
    if there.keys() != meant:
        raise NotYours
    return there


def _again(
    request: VisitRequest, single: int, trouble: Words, status: int, lines: Sequence[Words] = ()
) -> HttpResponse:
    if single:
        return _one(request, single, trouble=trouble, lines=lines, status=status)
    return _list(request, "", _employer(request), trouble=trouble, lines=lines, status=status)


def _list(
    request: VisitRequest,
    tab: str,
    employer: str,
    *,
    trouble: Words = "",
    lines: Sequence[Words] = (),
    status: int = 200,
) -> HttpResponse:
    by, now, tab = request.actor, timezone.now(), tab if tab in TABS else ""
    rows = queries.within(by, TABS[tab][1], employer=employer)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("trang", "1")[:6])
    shown = list(page)
    sides = queries.sides([row.id for row in shown])
    holders = claims.others(CORRECTION.name, [row.id for row in shown], by=by, now=now)

    def at(**other: Any) -> str:
        return address("officer:corrections", **{"xem": tab, "don-vi": employer, **other})

    context = {
        "rows": [
            {**_worded(queries.view(row)), "sides": sides[row.id], "holder": holders.get(row.id)}
            for row in shown
        ],
        "tabs": [(at(xem=slug), said) for slug, (said, _states) in TABS.items()],
        "tab_here": at(),
        "employer": employer,
        "employer_name": sides[shown[0].id].employer_name if employer and shown else "",
        "waiting": page.paginator.count if not tab else 0,
        "most": MOST,
        "answers": not tab and policy.reach(by, Right.FOLLOW_EMPLOYERS) is not None,
        "page": pager(page, lambda number: at(trang=numbered(number))),
        "done": _count(_number(request.GET["xong"])) if "xong" in request.GET else "",
        "trouble": trouble,
        "lines": lines,
        **_form(request),
    }
    return frame.page(request, "officer/employers/corrections.html", context, status=status)


def _one(
    request: VisitRequest, key: int, *, trouble: Words = "", lines: Sequence[Words] = (), status: int = 200
) -> HttpResponse:
    by, now = request.actor, timezone.now()
    row = answering.look_at(key, by=by, now=now)
    sides = queries.sides([row.id])[row.id]
    told = queries.documents(sides.row)
    context = {
        **_worded(queries.view(row)),
        "sides": sides,
        "documents": [(DOCUMENTS[name], value) for name, value in told.items()],
        "holder": claims.other(CORRECTION.name, row.id, by=by, now=now),
        "answers": policy.allows(by, Right.FOLLOW_EMPLOYERS, row.office_id),
        "trouble": trouble,
        "lines": lines,
        **_form(request),
    }
    return frame.page(request, "officer/employers/correction.html", context, status=status)


def _worded(one: Request) -> dict[str, Any]:
    state, pill = correction_words.STATES[one.state]
    reasons = [ALL[code] for code in one.reasons if code in ALL]
    kind = correction_words.KINDS[one.kind]
    return {"is": one, "kind": kind, "state": state, "pill": pill, "reasons": reasons}


def _form(request: VisitRequest) -> dict[str, Any]:
    """The form of the answer, as it was filled in."""
    typed = request.POST
    return {
        "ways": [(code, reason.label) for code, reason in WAYS.items()],
        "whys": [(code, reason.label) for code, reason in AS_IT_IS.items()],
        "typed": {"way": typed.get("cach", ""), "why": typed.get("ly-do", ""), "text": typed.get("text", "")},
        "chosen": {_number(one) for one in typed.getlist("chon")},
    }


def _count(many: int) -> str:
    return ngettext("Đã ghi %(n)s đề nghị.", "Đã ghi %(n)s đề nghị.", many) % {"n": many}


def _employer(request: VisitRequest) -> str:
    return request.POST.get("don-vi", "")[:7]


def _number(text: str) -> int:
    return int(text[:_DIGITS]) if text.isascii() and text.isdigit() else 0


routes = [
    path("can-bo/don-vi/sua-doi", requests, name="corrections"),
    path("can-bo/don-vi/sua-doi/tra-loi", answer, name="corrections_answer"),
    path("can-bo/don-vi/sua-doi/<int:correction_id>", correction, name="correction"),
]
