"""…/dot/<wave>: the letters of a wave in parts: printed, taken, listed for the post, posted."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vssid.domain.employers.campaigns import posting, queries
from vssid.domain.employers.campaigns.queries import PostLine
from vssid.domain.employers.models.campaigns import Campaign, Part, Wave
from vssid.domain.offices import policy
from vssid.domain.offices.rights import Right
from vssid.domain.reports.paper import tables
from vssid.domain.reports.paper.printed import Head, Printed
from vssid.domain.reports.scope import place
from vssid.kernel.errors import NotYours
from vssid.web.ui import pdfs
from vssid.web.ui.access import VisitRequest, may

from .. import frame
from ..errors import or_not_here
from ..security.asking import asks_again
from . import words

FORMS = {"csv": (tables.CSV, tables.as_csv), "xlsx": (tables.XLSX, tables.as_xlsx)}


@may(Right.MANAGE_EMPLOYERS)
@require_safe
@or_not_here
def wave(request: VisitRequest, campaign_id: int, wave_id: int) -> HttpResponse:
    """GET the parts of a wave."""
    return shown(request, campaign_id, wave_id)


def shown(
    request: VisitRequest, campaign_id: int, wave_id: int, *, trouble: str = "", status: int = 200
) -> HttpResponse:
    """The page of a wave; `trouble`: why what was asked for was not done."""
    row = _campaign(request, campaign_id)
    line = queries.wave(wave_id, row.id)
    if line.asks_hr:
        raise NotYours  # without letters it has no page
    context = {
        "campaign": row,
        "wave": line,
        "kind": words.wave_kind(line.kind),
        "state": words.wave_state(line),
        "parts": list(queries.parts(line.id)),
        "done": words.DONE.get(request.GET.get("xong", ""), ""),
        "trouble": trouble,
    }
    return frame.page(request, "officer/campaigns/wave.html", context, status=status)


@may(Right.MANAGE_EMPLOYERS)
@asks_again
@require_POST
@or_not_here
def pdf(request: VisitRequest, campaign_id: int, part_id: int) -> HttpResponse:
    """…/phan/<part>/thu: the letters of a part, with their codes, kept by nobody on the way."""
    part = _part(request, campaign_id, part_id)
    try:
        content = posting.take(part_id, campaign_id, by=request.actor, now=timezone.now())
    except words.REFUSALS as refused:
        return shown(request, campaign_id, part.wave_id, trouble=words.refusal(refused), status=409)
    return pdfs.to_keep(f"thu-{campaign_id}-{part.wave_id}-{part.number}", content)


@may(Right.MANAGE_EMPLOYERS)
@require_POST
@or_not_here
def posted(request: VisitRequest, campaign_id: int, part_id: int) -> HttpResponse:
    """…/phan/<part>/da-gui: the letters of a part are on their way."""
    part = _part(request, campaign_id, part_id)
    try:
        posting.post(part_id, campaign_id, by=request.actor, now=timezone.now())
    except words.REFUSALS as refused:
        return shown(request, campaign_id, part.wave_id, trouble=words.refusal(refused), status=409)
    here = reverse("officer:campaign_wave", args=[campaign_id, part.wave_id])
    return HttpResponseRedirect(f"{here}?xong=gui")


@may(Right.MANAGE_EMPLOYERS)
@require_POST
@or_not_here
def post_list(request: VisitRequest, campaign_id: int, wave_id: int) -> HttpResponse:
    """…/dot/<wave>/danh-sach: POST `dang` (csv, xlsx), and `phan` of one part, gives the post list."""
    form, number, now = request.POST.get("dang", ""), request.POST.get("phan", ""), timezone.now()
    if form not in FORMS or not (number == "" or (number.isascii() and number.isdigit())):
        raise Http404
    row = _campaign(request, campaign_id)
    line = queries.wave(wave_id, row.id)
    part = int(number[:6]) if number else None
    try:
        lines = queries.post_list(line.id, row.id, part=part, now=now)
    except words.REFUSALS as refused:
        return shown(request, campaign_id, wave_id, trouble=words.refusal(refused), status=409)
    kind, write = FORMS[form]
    with translation.override("vi"):
        content = write(_printed(row, lines))
    response = HttpResponse(content, content_type=kind)
    name = f"gui-buu-dien-{campaign_id}-{wave_id}" + (f"-{part}" if part else "")
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


def _printed(row: Campaign, lines: list[PostLine]) -> Printed:
    now, office = timezone.now(), place(row.office_id)
    head = Head(
        office=office.name,
        superior=office.superior,
        place=office.province,
        since=row.letter_on,
        until=row.until_on,
        as_of=now,
        made_at=now,
        is_synthetic=row.is_synthetic,
    )
    columns = ("STT", _("Phần"), _("Mã đơn vị"), _("Tên đơn vị"), _("Địa chỉ"), _("Cơ quan quản lý"))
    headings = (*columns, _("Chuyên quản thu"))
    rows = tuple(
        (at, line.part, line.code, line.name, line.address, line.office_name, line.officer)
        for at, line in enumerate(lines, 1)
    )
    title = _("Danh sách gửi bưu điện theo văn bản số %(number)s") % {"number": row.letter_number}
    return Printed(title, head, headings, (True, True, *(False,) * 5), rows)


def _campaign(request: VisitRequest, campaign_id: int) -> Campaign:
    """A campaign whose letters the post may handle; one of an office above is not there."""
    row = queries.campaign(campaign_id, request.actor)
    if not policy.allows(request.actor, Right.MANAGE_EMPLOYERS, row.office_id):
        raise NotYours
    return row


def _part(request: VisitRequest, campaign_id: int, part_id: int) -> Part:
    row = _campaign(request, campaign_id)
    letters = Part.objects.exclude(wave__kind=Wave.ASK_HR)
    part = letters.filter(id=part_id, wave__campaign=row).first()
    if part is None:
        raise NotYours
    return part
