"""/demo/giao-dien: every component and frame in its states, for review. Demo only; all data is made up."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from .. import errors
from ..access import public
from ..forms.day_field import DayField
from .icons import ICONS

FRAMES = ("app", "card", "use-card", "history", "wizard", "status", "desk", "public")
ERRORS = {
    "400": errors.BAD_REQUEST,
    "403": errors.FORBIDDEN,
    "404": errors.NOT_FOUND,
    "409": errors.CONFLICT,
    "413": errors.TOO_BIG,
    "429": errors.LIMITED,
    "500": errors.BROKEN,
    "csrf": errors.STALE_FORM,
}


class SampleForm(forms.Form):
    """One field of each kind."""

    code = forms.CharField(
        label=gettext_lazy("Mã số BHXH"),
        help_text=gettext_lazy("10 hoặc 12 chữ số, in trên thẻ BHYT hoặc sổ BHXH."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    birth = DayField(label=gettext_lazy("Ngày sinh"))
    sex = forms.ChoiceField(
        label=gettext_lazy("Giới tính"),
        choices=[("2", gettext_lazy("Nữ")), ("1", gettext_lazy("Nam"))],
        widget=forms.RadioSelect,
    )
    province = forms.ChoiceField(
        label=gettext_lazy("Tỉnh, thành phố"),
        choices=[("", gettext_lazy("Chọn…")), ("31", "Thành phố Hải Phòng")],
    )
    photo = forms.FileField(
        label=gettext_lazy("Ảnh mặt trước CCCD"),
        help_text=gettext_lazy("JPEG, PNG, WebP hoặc HEIC, tối đa 10 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/*", "capture": "environment"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Mật khẩu"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    note = forms.CharField(
        label=gettext_lazy("Lời nhắn"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    agree = forms.BooleanField(
        label=gettext_lazy("Tôi cam kết thông tin đã khai là đúng"),
        help_text=gettext_lazy("Tờ khai sẽ được đối chiếu với bản chính giấy tờ."),
    )


@public
@require_safe
def gallery(request: HttpRequest, frame: str = "") -> HttpResponse:
    """GET /demo/giao-dien and one page for each frame and error."""
    if not settings.DEMO:
        raise Http404
    if frame in ERRORS:
        return errors.answer(request, ERRORS[frame], {"retry_at": datetime(2026, 11, 22, 8, 5, tzinfo=UTC)})
    if frame and frame not in FRAMES:
        raise Http404
    return render(request, f"ui/gallery/{frame or 'index'}.html", _sample())


def _sample() -> dict[str, Any]:
    wrong = SampleForm({"code": "123", "birth": "31/02/1990", "province": ""}, auto_id="wrong_%s")
    wrong.add_error("code", _("Mã số BHXH có 10 hoặc 12 chữ số; ở đây mới có 3."))
    return {
        "form": SampleForm(auto_id="fine_%s"),
        "wrong": wrong,
        "frames": FRAMES,
        "icon_names": sorted(ICONS),
        "refusals": ERRORS,
        "when": datetime(2026, 11, 22, 7, 3, tzinfo=UTC),
        "born": date(1990, 1, 2),
        "faces": _faces(),
        "step_number": 3,
        "step_total": 6,
        "office_name": "BHXH cơ sở Hồng Bàng",
        "page": SimpleNamespace(number=2, pages=9, count=214, previous="?trang=1", next="?trang=3"),
        "queue": [
            ("Nguyễn Thị Lan", "HB-2604-000123 · nộp 8:12", "warn", "2 khác"),
            ("Trần Văn Mẫu", "HB-2604-000119 · nộp 8:20", "good", "Khớp"),
            ("Phạm Thị Ví Dụ", "HB-2604-000087 · chưa nộp tờ khai", "bad", "Hạn hôm nay"),
            ("Đỗ Minh Thử", "HB-2604-000131 · nộp 8:31", "good", "Khớp"),
        ],
    }


def _faces() -> list[SimpleNamespace]:
    """The card in each of its states."""
    last = date(2026, 12, 31)
    plain = {
        "name": "NGUYỄN THỊ LAN",
        "code": "0000000001",
        "facility": "Trung tâm Y tế mẫu Hồng Bàng",
        "share": "Hưởng 80 %",
        "initial": "L",
        "portrait": "",
        "late": "",
        "stamp": "",
        "ends": None,
        "is_ended": False,
        "has_card": True,
        "whose": "Thẻ của bạn",
    }
    states: list[dict[str, Any]] = [
        {"worth": "valid", "mark": "Còn giá trị"},
        {"worth": "valid", "mark": "Còn giá trị đến 31/12/2026", "late": "Đơn vị chậm đóng", "ends": last},
        {"worth": "ends_soon", "mark": "Sắp hết: đến 31/12/2026", "ends": last},
        {"worth": "ended", "stamp": "HẾT GIÁ TRỊ 05/10/2026", "is_ended": True},
        {"worth": "not_yet", "mark": "Dùng được từ 01/01/2027"},
        {"worth": "unknown", "mark": "Chưa rõ còn giá trị không"},
        {"worth": "none", "mark": "Chưa có thẻ", "code": "", "facility": "", "share": "", "has_card": False},
    ]
    return [SimpleNamespace(**plain | state) for state in states]
