"""/kiem-tra: is a C14-TS statement real, by its code and a little proof, or by the file itself."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from vssid.domain.participants.participation.totals import first_day
from vssid.domain.statements import actions, queries
from vssid.domain.statements.errors import NotSigning
from vssid.domain.verification.errors import Limited
from vssid.infra.documents.pdf_signing import Seal, Verdict
from vssid.kernel.text import code_text
from vssid.web.ui import client
from vssid.web.ui.access import VisitRequest, public

from ..registration import wizard, words
from ..registration.forms import TextForm

HERE = "public/lookups/statement_check.html"


class CodeForm(TextForm):
    """Code and last four digits."""

    code = forms.CharField(
        label=gettext_lazy("Mã kiểm tra"),
        help_text=gettext_lazy("12 chữ và số, in cuối bản xác nhận."),
        required=False,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "maxlength": "20"}
        ),
    )
    last4 = forms.CharField(
        label=gettext_lazy("4 số cuối của mã số BHXH"),
        help_text=gettext_lazy("Mã số BHXH ghi trên bản xác nhận."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "maxlength": "8"}),
    )


class FileForm(forms.Form):
    """The PDF as it was downloaded."""

    file = forms.FileField(
        label=gettext_lazy("Tệp PDF đã nhận"),
        help_text=gettext_lazy("Tệp gốc, tối đa 2 MB; ảnh chụp hay bản in lại không kiểm tra được."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
    )


@public
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: VisitRequest) -> HttpResponse:
    """GET and POST /kiem-tra. Code and digits travel in the body only; nothing of the file is kept."""
    if request.method != "POST":
        return _page(request)
    return _by_file(request) if request.POST.get("cach") == "tep" else _by_code(request)


def _by_code(request: VisitRequest) -> HttpResponse:
    form, now = CodeForm(request.POST), timezone.now()
    last4 = code_text(form.raw["last4"])
    if not form.raw["code"].strip():
        form.add_error("code", _("Hãy nhập mã in cuối bản xác nhận."))
    if not (len(last4) == 4 and last4.isascii() and last4.isdigit()):
        form.add_error("last4", _("Hãy nhập đúng 4 chữ số."))
    if form.errors:
        return _page(request, form=form, status=wizard.REFUSED)
    try:
        said = actions.check(form.raw["code"], last4, address=client.address(request), now=now)
    except Limited as refused:
        form.add_error(None, words.limited(refused, now))
        return _page(request, form=form, status=429)
    if said is None:
        form.add_error(None, _("Không có bản xác nhận nào ứng với cả mã và 4 số này. Hãy xem lại cả hai."))
        return _page(request, form=form, status=wizard.REFUSED)
    return _page(request, said=said, until=first_day(said.until))


def _by_file(request: VisitRequest) -> HttpResponse:
    form, now = FileForm(request.POST, request.FILES), timezone.now()
    sent = request.FILES.get("file")
    if sent is None or not sent.size or sent.size > queries.LARGEST:
        form.add_error("file", _("Hãy chọn tệp PDF đã nhận, tối đa 2 MB."))
        return _page(request, file_form=form, status=wizard.REFUSED)
    try:
        seal = queries.seal_of(sent.read(), address=client.address(request), now=now)
    except Limited as refused:
        form.add_error(None, words.limited(refused, now))
        return _page(request, file_form=form, status=429)
    except NotSigning:
        seal = Seal(Verdict.UNKNOWN)
    return _page(request, seal=seal)


def _page(request: VisitRequest, *, status: int = 200, **facts: object) -> HttpResponse:
    page = {"form": CodeForm(), "file_form": FileForm(), **facts}
    return render(request, HERE, page, status=status)
