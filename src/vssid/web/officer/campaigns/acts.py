"""Write a campaign, start, stop, end and copy it, and set its waves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from vssid.domain.accounts.posts import reach
from vssid.domain.employers.campaigns import queries, running, scope, writing
from vssid.domain.employers.campaigns.states import State
from vssid.domain.employers.models.campaigns import Campaign
from vssid.domain.offices.rights import Right
from vssid.domain.rollout import queries as rollout
from vssid.kernel.actor import Actor
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import Invalid, NotYours
from vssid.web.ui.access import VisitRequest, may

from .. import frame
from ..casework.words import Words
from ..errors import or_not_here
from ..security.asking import asks_again
from . import letters, pages, words
from .forms import CampaignForm, Choices, StartedForm, WaveForm, refuse


@may(Right.RUN_CAMPAIGNS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: VisitRequest) -> HttpResponse:
    """…/them: write a campaign down; nothing goes out yet."""
    today = local_day(timezone.now())
    initial = {"letter_on": today, "size_from": 1}
    form = CampaignForm(_typed(request), initial=initial, **_choices(request.actor))

    def act() -> str:
        row = writing.write(form.written(), by=request.actor, now=timezone.now())
        return _place(row, "ghi")

    return _answer(request, form, act, _("Thêm chiến dịch"), reverse("officer:campaigns"))


@may(Right.RUN_CAMPAIGNS)
@require_http_methods(["GET", "HEAD", "POST"])
@or_not_here
def edit(request: VisitRequest, campaign_id: int) -> HttpResponse:
    """…/sua: all of a draft; of one that was started its title, last day and plan."""
    by = request.actor
    row = _run_by(campaign_id, by)
    form: Any
    initial = {name: getattr(row, name) for name in ("title", "letter_number", "letter_on", "until_on")}
    initial |= {"plan": row.plan_id, "seen": row.version}
    if row.state == State.DRAFT:
        initial |= {
            "office": row.office_id,
            "head": row.head_id if row.head_id != row.office_id else "",
            "size_from": row.size_from,
            "size_to": row.size_to,
            "area": row.area,
            "industry": row.industry,
            "officer": row.officer_id,
        }
        form = CampaignForm(_typed(request), initial=initial, **_choices(by))
    else:
        form = StartedForm(_typed(request), plans=_plans(by), initial=initial)

    def act() -> str:
        written = form.written() if row.state == State.DRAFT else form.written(row)
        seen = form.cleaned_data["seen"] or 0
        writing.change(campaign_id, written, seen=seen, by=by, now=timezone.now())
        return _place(campaign_id, "sua")

    return _answer(request, form, act, _("Sửa chiến dịch"), _place(campaign_id), row)


@may(Right.RUN_CAMPAIGNS)
@require_http_methods(["GET", "HEAD", "POST"])
@or_not_here
def add_wave(request: VisitRequest, campaign_id: int) -> HttpResponse:
    """…/dot: one more wave of letters."""
    row, form = _run_by(campaign_id, request.actor), WaveForm(_typed(request))

    def act() -> str:
        writing.add_wave(campaign_id, form.written(), by=request.actor, now=timezone.now())
        return _place(campaign_id, "dot")

    return _answer(request, form, act, _("Thêm đợt thư"), _place(campaign_id), row)


@may(Right.RUN_CAMPAIGNS)
@require_POST
@or_not_here
def remove_wave(request: VisitRequest, campaign_id: int, wave_id: int) -> HttpResponse:
    """…/dot/<wave>/bo: a wave that has not begun is not sent."""

    def act() -> None:
        writing.remove_wave(campaign_id, wave_id, by=request.actor, now=timezone.now())

    return _move(request, campaign_id, act, "bo")


@may(Right.RUN_CAMPAIGNS)
@asks_again
@require_POST
@or_not_here
def start(request: VisitRequest, campaign_id: int) -> HttpResponse:
    """…/chay: from now on letters go out by date."""
    return _moved(request, campaign_id, running.start, "chay")


@may(Right.RUN_CAMPAIGNS)
@require_POST
@or_not_here
def stop(request: VisitRequest, campaign_id: int) -> HttpResponse:
    """…/dung: nothing more goes out. Nobody is asked again for that."""
    return _moved(request, campaign_id, running.stop, "dung")


@may(Right.RUN_CAMPAIGNS)
@asks_again
@require_POST
@or_not_here
def resume(request: VisitRequest, campaign_id: int) -> HttpResponse:
    """…/chay-tiep: it goes on where it was stopped."""
    return _moved(request, campaign_id, running.resume, "tiep")


@may(Right.RUN_CAMPAIGNS)
@asks_again
@require_POST
@or_not_here
def end(request: VisitRequest, campaign_id: int) -> HttpResponse:
    """…/ket-thuc: it is over, for good."""
    return _moved(request, campaign_id, running.end, "het")


@may(Right.RUN_CAMPAIGNS)
@require_POST
@or_not_here
def copy(request: VisitRequest, campaign_id: int) -> HttpResponse:
    """…/chep: a new draft like it."""
    try:
        copied = writing.copy(campaign_id, by=request.actor, now=timezone.now())
    except words.REFUSALS as refused:
        return pages.shown(request, campaign_id, trouble=words.refusal(refused), status=409)
    return HttpResponseRedirect(_place(copied, "sao"))


def _moved(request: VisitRequest, campaign_id: int, move: Callable[..., None], done: str) -> HttpResponse:
    return _move(request, campaign_id, lambda: move(campaign_id, by=request.actor, now=timezone.now()), done)


def _move(request: VisitRequest, campaign_id: int, act: Callable[[], None], done: str) -> HttpResponse:
    """Do it and lead back to the campaign; refused, its page says why."""
    try:
        act()
    except words.REFUSALS as refused:
        return pages.shown(request, campaign_id, trouble=words.refusal(refused), status=409)
    return HttpResponseRedirect(_place(campaign_id, done))


def _answer(
    request: VisitRequest,
    form: forms.Form,
    act: Callable[[], str],
    title: Words,
    back: str,
    row: Campaign | None = None,
) -> HttpResponse:
    """The form; done, it leads on; refused, it is shown again as typed."""
    if form.is_valid():
        try:
            return HttpResponseRedirect(act())
        except Invalid as invalid:
            refuse(form, invalid)
        except words.REFUSALS as refused:
            form.add_error(None, words.refusal(refused))
    context = {"form": form, "title": title, "back": back, "campaign": row}
    return frame.page(request, "officer/campaigns/form.html", context, status=422 if form.errors else 200)


def _run_by(campaign_id: int, by: Actor) -> Campaign:
    """A campaign of an office where the post may run it; one of an office above is not there."""
    row = queries.campaign(campaign_id, by)
    if row.office_id not in {code for code, _name in reach.offices(by, Right.RUN_CAMPAIGNS)}:
        raise NotYours
    return row


def _choices(by: Actor) -> dict[str, Choices]:
    offices = reach.offices(by, Right.RUN_CAMPAIGNS)
    officers = rollout.officers([code for code, _name in offices], local_day(timezone.now()))
    return {
        "offices": list(offices),
        "plans": _plans(by),
        "officers": list(officers),
        "industries": scope.industries([code for code, _name in offices]),
    }


def _plans(by: Actor) -> Choices:
    rows = rollout.plans(rollout.seen_by(by))
    return [(row.id, f"{row.letter_number} · {row.title}") for row in rows if row.ended_at is None]


def _typed(request: VisitRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _place(campaign_id: int, done: str = "") -> str:
    here = reverse("officer:campaign", args=[campaign_id])
    return f"{here}?xong={done}" if done else here


HERE = "can-bo/chien-dich"
ONE = f"{HERE}/<int:campaign_id>"
routes = [
    path(HERE, pages.campaigns, name="campaigns"),
    path(f"{HERE}/them", new, name="campaign_new"),
    path(ONE, pages.campaign, name="campaign"),
    path(f"{ONE}/cac-don-vi", pages.targets, name="campaign_targets"),
    path(f"{ONE}/sua", edit, name="campaign_edit"),
    path(f"{ONE}/chay", start, name="campaign_start"),
    path(f"{ONE}/dung", stop, name="campaign_stop"),
    path(f"{ONE}/chay-tiep", resume, name="campaign_resume"),
    path(f"{ONE}/ket-thuc", end, name="campaign_end"),
    path(f"{ONE}/chep", copy, name="campaign_copy"),
    path(f"{ONE}/dot", add_wave, name="campaign_wave_new"),
    path(f"{ONE}/dot/<int:wave_id>", letters.wave, name="campaign_wave"),
    path(f"{ONE}/dot/<int:wave_id>/bo", remove_wave, name="campaign_wave_remove"),
    path(f"{ONE}/dot/<int:wave_id>/danh-sach", letters.post_list, name="campaign_post_list"),
    path(f"{ONE}/phan/<int:part_id>/thu", letters.pdf, name="campaign_part_pdf"),
    path(f"{ONE}/phan/<int:part_id>/da-gui", letters.posted, name="campaign_part_posted"),
]
