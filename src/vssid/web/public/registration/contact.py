"""Step 2, /dang-ky/lien-he: phone, e-mail, address; and the communes of a province."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.views.decorators.http import require_safe

from vssid.domain.registration.draft import form, steps
from vssid.domain.registration.draft.drafts import DraftView
from vssid.kernel.errors import Invalid
from vssid.kernel.sheets import Sheet
from vssid.web.ui.access import VisitRequest, public

from . import wizard, words
from .forms import ContactForm, commune_choices, shown

STEP = steps.CONTACT


def _form_of(request: HttpRequest) -> ContactForm:
    return ContactForm(request.POST, province=request.POST.get("province_code", ""))


@wizard.reached(STEP)
@wizard.told_when_late(_form_of)
def contact(request: VisitRequest, draft: DraftView) -> HttpResponse:
    """GET and POST /dang-ky/lien-he. `go=province` only loads the communes, for browsers without a script."""
    if request.method != "POST":
        kept = shown(draft.values) | wizard.typed(draft, STEP)
        return _page(request, ContactForm(initial=kept, province=kept.get("province_code", "")))
    contact_form = _form_of(request)
    go = request.POST.get("go")
    if go in {"back", "keep"}:
        wizard.remember(draft, STEP, contact_form.raw, Sheet.sent(request.POST))
        return wizard.left(request, STEP)
    if go == "province":
        wizard.remember(draft, STEP, contact_form.raw, Sheet.sent(request.POST))
        return HttpResponseRedirect(f"{wizard.path(STEP)}#id_commune_code")
    try:
        values = form.clean_contact(contact_form.raw)
    except Invalid as refused:
        wizard.remember(draft, STEP, contact_form.raw, Sheet.sent(request.POST))
        words.refuse(contact_form, refused)
        return _page(request, contact_form, status=wizard.REFUSED)
    wizard.accept(draft, STEP, values, Sheet.sent(request.POST))
    return wizard.after(STEP)


def _page(request: HttpRequest, contact_form: ContactForm, *, status: int = 200) -> HttpResponse:
    return wizard.page(
        request, STEP, "public/registration/contact.html", {"form": contact_form}, status=status
    )


@public
@require_safe
def communes(request: HttpRequest) -> JsonResponse:
    """GET /dang-ky/xa-phuong?tinh=31: [[label, [[code, name]…]]…], the first an empty choice."""
    first, *groups = commune_choices(request.GET.get("tinh", "")[:2])
    response = JsonResponse(
        {"first": str(first[1]), "groups": [[str(name), members] for name, members in groups]}
    )
    response["Cache-Control"] = "private, max-age=3600"
    return response
