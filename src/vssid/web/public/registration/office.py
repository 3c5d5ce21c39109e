"""Step 4, /dang-ky/noi-nop: the office that will receive the signed form, nearest first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from vssid.domain.offices import queries as offices
from vssid.domain.offices.queries import OfficeView
from vssid.domain.registration.draft import form, steps
from vssid.domain.registration.draft.drafts import DraftView
from vssid.kernel.errors import Invalid
from vssid.kernel.sheets import Sheet
from vssid.web.ui.access import VisitRequest

from . import file_cookie, wizard, words
from .forms import OfficeForm

STEP = steps.OFFICE
NEAR = 3


def _offices(draft: DraftView) -> list[OfficeView]:
    return offices.nearest(draft.values["commune_code"], draft.values["province_code"])


def _form_of(request: HttpRequest) -> OfficeForm:
    draft = file_cookie.draft_of(request)
    known = [(nearby.code, nearby.name) for nearby in _offices(draft)] if draft else []
    return OfficeForm(request.POST, choices=known)


@wizard.reached(STEP)
@wizard.told_when_late(_form_of)
def office(request: VisitRequest, draft: DraftView) -> HttpResponse:
    """GET and POST /dang-ky/noi-nop."""
    nearest = _offices(draft)
    posted = request.POST.get("office_code") if request.method == "POST" else ""
    # An invitation names an office before one was chosen.
    kept = draft.values.get("office_code") or wizard.typed(draft, STEP).get("office_code", "")
    chosen = posted or kept
    choices = [(nearby.code, nearby.name) for nearby in nearest]
    office_form = (
        OfficeForm(request.POST, choices=choices)
        if request.method == "POST"
        else OfficeForm(initial={"office_code": chosen}, choices=choices)
    )
    status = 200
    if request.method == "POST":
        if request.POST.get("go") == "back":
            return HttpResponseRedirect(wizard.before(STEP))
        try:
            wizard.accept(draft, STEP, form.clean_office(office_form.raw), Sheet.sent(request.POST))
            return wizard.after(STEP)
        except Invalid as refused:
            words.refuse(office_form, refused)
            status = wizard.REFUSED
    near, rest = nearest[:NEAR], nearest[NEAR:]
    context = {
        "form": office_form,
        "near": near,
        "rest": rest,
        "chosen": chosen,
        "chosen_in_rest": any(nearby.code == chosen for nearby in rest),
        "province_code": draft.values["province_code"],
    }
    return wizard.page(request, STEP, "public/registration/office.html", context, status=status)
