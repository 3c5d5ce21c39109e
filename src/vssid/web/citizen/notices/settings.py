"""/thong-bao/cai-dat: the ways of notices, one switch each, Web Push on this device, a notice to try."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from vssid.domain.accounts.contacts import notify
from vssid.domain.notifications.inbox import choices, subscriptions
from vssid.domain.notifications.inbox.kinds import LOCKED, Channel, Topic, offered
from vssid.domain.notifications.inbox.subscriptions import PushAddress
from vssid.domain.notifications.outbox import dead_addresses
from vssid.domain.verification import limits
from vssid.infra import mail, push
from vssid.web.ui.access import VisitRequest, citizen

from ..account import browser

# Name and why one would want it.
TOPICS: dict[Topic, tuple[Promise, Promise]] = {
    Topic.APPLICATION: (
        gettext_lazy("Hồ sơ của tôi"),
        gettext_lazy(
            "Hồ sơ đã nhận, được duyệt, không được duyệt hay hết hạn. "
            "Tin nhắn SMS về hồ sơ luôn gửi tới số trong hồ sơ."
        ),
    ),
    Topic.RESULTS: (
        gettext_lazy("Kết quả và trả lời"),
        gettext_lazy("Kết quả dịch vụ công, trả lời của cơ quan BHXH, hồ sơ của con."),
    ),
    Topic.ARREARS: (
        gettext_lazy("Đơn vị chậm đóng"),
        gettext_lazy(
            "Ngày 10 hằng tháng, khi có tháng chưa ghi nhận đơn vị đóng mà hạn đóng hằng tháng đã qua."
        ),
    ),
    Topic.SECURITY: (
        gettext_lazy("An toàn tài khoản"),
        gettext_lazy("Đổi mật khẩu, đăng nhập trên thiết bị mới. Luôn gửi, để không ai tắt được thay bạn."),
    ),
}


@citizen
@require_http_methods(["GET", "HEAD", "POST"])
def settings_page(request: VisitRequest) -> HttpResponse:
    """GET /thong-bao/cai-dat; POST keeps the choices."""
    session = request.session_view
    assert session is not None
    if request.method == "POST":
        choices.choose(session.person_id, _chosen(request), now=timezone.now())
        return HttpResponseRedirect(reverse("citizen:notice_settings", query={"luu": "1"}))
    devices = subscriptions.of(session.person_id)
    here = next((device for device in devices if device.session_id == session.session_id), None)
    page = {
        "topics": [{"name": name, "why": why} for name, why in TOPICS.values()],
        "channels": _channels(session.person_id),
        "push_offered": push.is_offered(),
        "here": here,
        "elsewhere": [device for device in devices if device is not here],
        "dead": subscriptions.dead(session.person_id),
        "saved": "luu" in request.GET,
        "tried": "thu" in request.GET,
    }
    return render(request, "citizen/notices/settings.html", page)


def _channels(person_id: int) -> list[dict[str, Any]]:
    """One switch a channel: on while any topic that may be chosen goes by it."""
    chosen, reach = choices.table(person_id), notify.reach(person_id)
    lost = {Channel.EMAIL: dead_addresses.of(reach.email), Channel.SMS: dead_addresses.of(reach.phone)}
    labels = {
        Channel.PUSH: (_("Thông báo trên các máy đã bật"), ""),
        Channel.EMAIL: (
            _("E-mail"),
            reach.email.masked() if reach.email else _("Chưa có địa chỉ e-mail của bạn"),
        ),
        Channel.SMS: (
            _("Tin nhắn SMS"),
            reach.phone.masked() if reach.phone else _("Chưa có số điện thoại của bạn"),
        ),
    }
    return [
        {
            "name": channel.value,
            "label": labels[channel][0],
            "to": labels[channel][1],
            "lost": lost.get(channel),
            "on": _is_on(chosen, channel),
        }
        for channel in _shown()
    ]


def _shown() -> list[Channel]:
    here = {Channel.PUSH: push.is_offered(), Channel.EMAIL: mail.is_offered(), Channel.SMS: True}
    return [channel for channel in (Channel.PUSH, Channel.EMAIL, Channel.SMS) if here[channel]]


def _is_on(chosen: Mapping[Topic, Collection[Channel]], channel: Channel) -> bool:
    return any(channel in channels for topic, channels in chosen.items() if topic not in LOCKED)


def _chosen(request: VisitRequest) -> dict[Topic, set[Channel]]:
    """What the switches say. One that was not turned leaves each topic as it was, as does one not shown."""
    session = request.session_view
    assert session is not None
    before = choices.table(session.person_id)
    chosen = {topic: set(before[topic]) for topic in TOPICS}
    for channel in _shown():
        on = channel.value in request.POST
        if on is _is_on(before, channel):
            continue
        for topic, channels in chosen.items():
            if on and channel in offered(topic):
                channels.add(channel)
            elif not on:
                channels.discard(channel)
    return chosen


@citizen
@require_POST
def try_out(request: VisitRequest) -> HttpResponse:
    """POST /thong-bao/thu: a notice to this person's own devices. Raises Limited."""
    session = request.session_view
    assert session is not None
    now = timezone.now()
    limits.hit("test_notice", str(session.person_id), now=now)
    notify.tell(session.person_id, "test", now=now)
    return HttpResponseRedirect(reverse("citizen:notice_settings", query={"thu": "1"}))


@citizen
@require_http_methods(["GET", "HEAD", "POST"])
def this_device(request: VisitRequest) -> HttpResponse:
    """GET /thong-bao/may: what a script or the service worker needs to subscribe. POST subscribes."""
    session = request.session_view
    assert session is not None
    if request.method != "POST":
        here = any(
            subscription.session_id == session.session_id
            for subscription in subscriptions.of(session.person_id)
        )
        key = push.public_key() if push.is_offered() else ""
        return JsonResponse({"key": key, "here": here, "csrf": get_token(request)})
    given = [request.POST.get(name, "") for name in ("endpoint", "p256dh", "auth")]
    subscriptions.subscribe(
        session.person_id,
        PushAddress.parse(*given),
        session_id=session.session_id,
        device=browser.name(request),
        now=timezone.now(),
    )
    return HttpResponse(status=204)


@citizen
@require_POST
def remove_device(request: VisitRequest) -> HttpResponse:
    """POST /thong-bao/may/bo: no more Web Push to one of the person's devices."""
    session = request.session_view
    assert session is not None
    try:
        subscription_id = UUID(request.POST.get("id", ""))
    except ValueError:
        return redirect("citizen:notice_settings")
    subscriptions.unsubscribe(session.person_id, subscription_id, now=timezone.now())
    return redirect("citizen:notice_settings")
