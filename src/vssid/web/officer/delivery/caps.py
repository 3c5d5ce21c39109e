"""/can-bo/tin-gui-di/muc-tran: how many texts a day, how much of it is used, and setting it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from vssid.domain.notifications.caps import setting
from vssid.domain.notifications.caps import spending as kept
from vssid.domain.notifications.caps.words import SCOPES
from vssid.domain.notifications.outbox import templates
from vssid.domain.offices.rights import Right
from vssid.kernel.calendar import local_day
from vssid.web.ui.access import VisitRequest, may
from vssid.web.ui.forms.day_field import DayField

from .. import frame
from ..security.asking import asks_again
from . import reach, words


class CapForm(forms.Form):
    """What is capped, how much, from which day, and why."""

    scope = forms.ChoiceField(label=gettext_lazy("Áp dụng cho"))
    most = forms.IntegerField(
        label=gettext_lazy("Nhiều nhất, tin một ngày"),
        min_value=0,
        max_value=setting.MOST,
        error_messages={
            "required": gettext_lazy("Hãy nhập số tin."),
            "invalid": gettext_lazy("Hãy nhập một số, không có dấu chấm."),
        },
    )
    from_on = DayField(label=gettext_lazy("Từ ngày"))
    why = forms.CharField(
        label=gettext_lazy("Lý do"),
        min_length=setting.SHORTEST,
        max_length=setting.LONGEST,
        error_messages={
            "required": gettext_lazy("Hãy ghi lý do, từ 5 đến 200 ký tự."),
            "min_length": gettext_lazy("Hãy ghi lý do, từ 5 đến 200 ký tự."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = sorted((kept.KIND + kind, str(words.kind(kind))) for kind in templates.TEXTS)
        named = [(scope, _("Loại tin: %(kind)s") % {"kind": name}) for scope, name in kinds]
        self.fields["scope"].choices = [*SCOPES.items(), *named]  # type: ignore[attr-defined]


@may(Right.SEE_DELIVERY, change=Right.MANAGE_DELIVERY)
@asks_again
@require_http_methods(["GET", "HEAD", "POST"])
def caps(request: VisitRequest) -> HttpResponse:
    """GET every cap and its use; POST sets one, refused beside the field."""
    now = timezone.now()
    initial = {"from_on": local_day(now)}
    form = CapForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and _put(request, form, now):
        return HttpResponseRedirect(reverse("officer:delivery_caps") + "?da=dat")
    context = {
        "caps": [(cap, scope_words(cap.scope)) for cap in kept.listed(now)],
        "form": form,
        "manages": reach.manages_all(request.actor),
        "done": request.GET.get("da") == "dat",
    }
    return frame.page(request, "officer/delivery/caps.html", context, status=422 if form.errors else 200)


def scope_words(scope: str) -> words.Words:
    """What a cap is of."""
    return SCOPES.get(scope) or words.kind(scope.removeprefix(kept.KIND))


def _put(request: VisitRequest, form: CapForm, now: datetime) -> bool:
    if not form.is_valid():
        return False
    if not reach.manages_all(request.actor):
        form.add_error(None, str(words.NOT_OF_ALL))
        return False
    given = form.cleaned_data
    try:
        setting.put(
            given["scope"],
            given["most"],
            given["from_on"],
            why=given["why"],
            by=request.actor,
            now=now,
        )
    except setting.BadCap as refused:
        form.add_error(refused.facts["field"], _("Hãy chọn từ hôm nay trở đi."))
        return False
    return True
