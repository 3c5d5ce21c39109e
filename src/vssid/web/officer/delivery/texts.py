"""/can-bo/tin-gui-di/mau: the texts of each kind, tried before they are used, and every version of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from vssid.domain.notifications.languages import Language
from vssid.domain.notifications.outbox import templates
from vssid.domain.notifications.wording import lint, wordings
from vssid.domain.offices.rights import Right
from vssid.kernel.errors import DomainError, NotYours
from vssid.web.ui.access import VisitRequest, may

from .. import frame
from ..security.asking import asks_again
from . import reach, words

TRY, TAKE_BACK = "xem", "lay-lai"
LANGUAGES: dict[Language, words.Words] = {
    Language.VI: gettext_lazy("Tiếng Việt"),
    Language.EN: gettext_lazy("Tiếng Anh"),
}
_PROBLEMS: dict[str, words.Words] = {
    "empty": gettext_lazy("Hãy viết nội dung tin."),
    "link": gettext_lazy("Tin không được có đường dẫn hay tên miền."),
    "long": gettext_lazy("Tin quá dài: không dấu chỉ được 1 phần (160 ký tự), có dấu nhiều nhất 3 phần."),
    "marks": gettext_lazy("Có chữ có dấu. Hãy bỏ dấu, hoặc chọn gửi có dấu."),
    "shape": gettext_lazy("Dấu { } chỉ dùng cho tên giá trị, ví dụ {code}."),
}
# What each language must say, and what only one of them may be told.
_OF_LANGUAGE: dict[Language, dict[str, words.Words]] = {
    Language.VI: {"no_promise": gettext_lazy("Tin phải có câu “BHXH khong gui duong dan.”")},
    Language.EN: {
        "empty": gettext_lazy("Hãy viết nội dung tiếng Anh."),
        "no_promise": gettext_lazy("Tin tiếng Anh phải có câu “BHXH never sends links.”"),
        "marks": gettext_lazy("Tin tiếng Anh không được có chữ có dấu."),
        "long": gettext_lazy("Tin tiếng Anh quá dài: chỉ được 1 phần (160 ký tự)."),
    },
}


class TextForm(forms.Form):
    """A text in both languages, whether the Vietnamese may have diacritics, and why it changes."""

    text = forms.CharField(
        label=gettext_lazy("Nội dung tiếng Việt"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 4, "lang": "vi"}),
        error_messages={"required": gettext_lazy("Hãy viết nội dung tin.")},
    )
    english = forms.CharField(
        label=gettext_lazy("Nội dung tiếng Anh"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 4, "lang": "en"}),
        error_messages={"required": gettext_lazy("Hãy viết nội dung tiếng Anh.")},
    )
    with_marks = forms.BooleanField(
        label=gettext_lazy("Gửi bản tiếng Việt có dấu (tốn nhiều phần tin hơn)"), required=False
    )
    why = forms.CharField(label=gettext_lazy("Lý do"), max_length=wordings.LONGEST, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput)


@may(Right.SEE_DELIVERY)
@require_safe
def texts(request: VisitRequest) -> HttpResponse:
    """GET every kind with the texts it has now, filled with the longest values, and their parts."""
    rows = [(kind, words.kind(kind), wordings.now_of(kind)) for kind in templates.TEXTS]
    rows.sort(key=lambda row: str(row[1]))
    shown = [(kind, name, version, _shown(wordings.judged(kind, version))) for kind, name, version in rows]
    context = {"rows": shown}
    return frame.page(request, "officer/delivery/texts.html", context)


@may(Right.SEE_DELIVERY, change=Right.MANAGE_DELIVERY)
@asks_again
@require_http_methods(["GET", "HEAD", "POST"])
def text(request: VisitRequest, kind: str) -> HttpResponse:
    """GET one kind and its versions; POST tries a text, uses it, or takes an earlier one back."""
    if kind not in templates.TEXTS:
        raise Http404
    now = wordings.now_of(kind)
    start = {
        "text": now.text,
        "english": now.english,
        "with_marks": now.with_marks,
        "seen": wordings.versions(kind)[0].number,
    }
    form = TextForm(request.POST if request.method == "POST" else None, initial=start)
    tried = None
    if request.method == "POST" and form.is_valid():
        if _done(request, kind, form):
            return HttpResponseRedirect(reverse("officer:delivery_text", args=[kind]) + "?da=dung")
        tried = None if form.errors else _shown(wordings.judged(kind, _texts(form)))
    context = {
        "kind": kind,
        "name": words.kind(kind),
        "now": now,
        "shown": _shown(wordings.judged(kind, now)),
        "tried": tried,
        "fields": sorted(lint.fields_of(templates.TEXTS[kind]) or ()),
        "versions": wordings.versions(kind),
        "newest": start["seen"],
        "form": form,
        "manages": reach.manages_all(request.actor),
        "done": request.GET.get("da") == "dung",
    }
    return frame.page(request, "officer/delivery/text.html", context, status=422 if form.errors else 200)


def _shown(judged: dict[Language, lint.Judged]) -> list[tuple[str, words.Words, lint.Judged]]:
    """Each language by its code and name, with its text tried."""
    return [(language.value, LANGUAGES[language], judged[language]) for language in Language]


def _done(request: VisitRequest, kind: str, form: TextForm) -> bool:
    """Was it written? Else the form says why not; a text that is only tried is not written."""
    what = request.POST.get("viec", "")
    if what != TAKE_BACK:
        _say_problems(kind, form)
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
            wordings.write(kind, _texts(form), **facts)
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


def _say_problems(kind: str, form: TextForm) -> None:
    judged = wordings.judged(kind, _texts(form))
    for language, field in ((Language.VI, "text"), (Language.EN, "english")):
        for problem in judged[language].problems:
            form.add_error(field, _problem(problem, language))


def _problem(code: str, language: Language) -> str:
    what, _colon, name = code.partition(":")
    if what == "field":
        return _("Không có giá trị {%(name)s} cho loại tin này.") % {"name": name}
    if what == "missing":
        return _("Thiếu {%(name)s}: người nhận cần giá trị này.") % {"name": name}
    return str(_OF_LANGUAGE[language].get(what) or _PROBLEMS[what])


def _texts(form: TextForm) -> wordings.Both:
    given = form.cleaned_data
    return wordings.Both(given["text"], given["english"], bool(given["with_marks"]))


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else -1
