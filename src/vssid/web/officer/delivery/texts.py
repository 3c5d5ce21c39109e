"""/can-bo/tin-gui-di/mau: the text of each kind, tried before it is used, and every version of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from vssid.domain.notifications.outbox import templates
from vssid.domain.notifications.wording import lint, wordings
from vssid.domain.offices.rights import Right
from vssid.kernel.errors import DomainError, NotYours
from vssid.web.ui.access import VisitRequest, may

from .. import frame
from ..security.asking import asks_again
from . import reach, words

TRY, TAKE_BACK = "xem", "lay-lai"
_PROBLEMS: dict[str, words.Words] = {
    "empty": gettext_lazy("Hãy viết nội dung tin."),
    "link": gettext_lazy("Tin không được có đường dẫn hay tên miền."),
    "long": gettext_lazy("Tin quá dài: không dấu chỉ được 1 phần (160 ký tự), có dấu nhiều nhất 3 phần."),
    "marks": gettext_lazy("Có chữ có dấu. Hãy bỏ dấu, hoặc chọn gửi có dấu."),
    "shape": gettext_lazy("Dấu { } chỉ dùng cho tên giá trị, ví dụ {code}."),
    "no_promise": gettext_lazy("Tin phải có câu “BHXH khong gui duong dan.”"),
}


class TextForm(forms.Form):
    """A text, whether it may have diacritics, and why it changes."""

    text = forms.CharField(
        label=gettext_lazy("Nội dung"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 4, "lang": "vi"}),
        error_messages={"required": gettext_lazy("Hãy viết nội dung tin.")},
    )
    with_marks = forms.BooleanField(label=gettext_lazy("Gửi có dấu (tốn nhiều phần tin hơn)"), required=False)
    why = forms.CharField(label=gettext_lazy("Lý do"), max_length=wordings.LONGEST, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput)


@may(Right.SEE_DELIVERY)
@require_safe
def texts(request: VisitRequest) -> HttpResponse:
    """GET every kind with the text it has now, filled with the longest values, and its parts."""
    rows = [(kind, words.kind(kind), wordings.now_of(kind)) for kind in templates.TEXTS]
    rows.sort(key=lambda row: str(row[1]))
    context = {"rows": [(kind, name, version, _judge(kind, version)) for kind, name, version in rows]}
    return frame.page(request, "officer/delivery/texts.html", context)


@may(Right.SEE_DELIVERY, change=Right.MANAGE_DELIVERY)
@asks_again
@require_http_methods(["GET", "HEAD", "POST"])
def text(request: VisitRequest, kind: str) -> HttpResponse:
    """GET one kind and its versions; POST tries a text, uses it, or takes an earlier one back."""
    if kind not in templates.TEXTS:
        raise Http404
    now = wordings.now_of(kind)
    start = {"text": now.text, "with_marks": now.with_marks, "seen": wordings.versions(kind)[0].number}
    form = TextForm(request.POST if request.method == "POST" else None, initial=start)
    tried = None
    if request.method == "POST" and form.is_valid():
        tried = lint.judge(form.cleaned_data["text"], own=templates.TEXTS[kind], with_marks=_marks(form))
        if _done(request, kind, form, tried):
            return HttpResponseRedirect(reverse("officer:delivery_text", args=[kind]) + "?da=dung")
    context = {
        "kind": kind,
        "name": words.kind(kind),
        "now": now,
        "shown": _judge(kind, now),
        "tried": tried if tried and not tried.problems else None,
        "fields": sorted(lint.fields_of(templates.TEXTS[kind]) or ()),
        "versions": wordings.versions(kind),
        "newest": start["seen"],
        "form": form,
        "manages": reach.manages_all(request.actor),
        "done": request.GET.get("da") == "dung",
    }
    return frame.page(request, "officer/delivery/text.html", context, status=422 if form.errors else 200)


def _done(request: VisitRequest, kind: str, form: TextForm, tried: lint.Judged) -> bool:
    """Was it written? Else the form says why not; a text that is only tried is not written."""
    what = request.POST.get("viec", "")
    if what != TAKE_BACK:
        for problem in tried.problems:
            form.add_error("text", _problem(problem))
    if what == TRY or form.errors:
        return False
    if not reach.manages_all(request.actor):
        form.add_error(None, str(words.NOT_OF_ALL))
        return False
    given = form.cleaned_data
    facts: dict[str, Any] = {
        "seen": given["seen"],
        "why": given["why"],
        "by": request.actor,
        "now": timezone.now(),
    }
    try:
        if what == TAKE_BACK:
            wordings.take_back(kind, _number(request.POST.get("ban", "")), **facts)
        else:
            wordings.write(kind, given["text"], with_marks=given["with_marks"], **facts)
    except (wordings.BadWording, wordings.ReasonNeeded, wordings.WrittenMeanwhile, NotYours) as refused:
        form.add_error(*_refused(refused))
        return False
    return True


def _refused(refused: DomainError) -> tuple[str | None, str]:
    if isinstance(refused, wordings.ReasonNeeded):
        return "why", _("Hãy ghi lý do, từ 5 đến 200 ký tự.")
    if isinstance(refused, wordings.WrittenMeanwhile):
        return None, _("Có người vừa đổi mẫu này. Hãy xem bản mới bên dưới rồi làm lại.")
    return None, _("Bản cũ này không dùng lại được: giá trị của loại tin đã thay đổi.")


def _problem(code: str) -> str:
    what, _colon, name = code.partition(":")
    if what == "field":
        return _("Không có giá trị {%(name)s} cho loại tin này.") % {"name": name}
    if what == "missing":
        return _("Thiếu {%(name)s}: người nhận cần giá trị này.") % {"name": name}
    return str(_PROBLEMS[what])


def _judge(kind: str, version: wordings.Version) -> lint.Judged:
    return lint.judge(version.text, own=templates.TEXTS[kind], with_marks=version.with_marks)


def _marks(form: TextForm) -> bool:
    return bool(form.cleaned_data["with_marks"])


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else -1
