"""How the app gets onto each kind of device, as data: what to do, step by step, with a drawing each.

Words of browsers differ between versions; those in quotes are what a Vietnamese phone shows [M].
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from .drawings import DRAWINGS


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do; `picture` names its drawing."""

    picture: str
    text: Promise

    @property
    def drawing(self) -> SafeString:
        """The drawing, silent for screen readers: the text says the same."""
        return mark_safe(  # noqa: S308 - our own constant
            '<svg class="drawn" viewBox="0 0 120 90" aria-hidden="true" focusable="false">'
            f"{DRAWINGS[self.picture]}</svg>"
        )


@dataclass(frozen=True, slots=True)
class Guide:
    """The steps for one kind of device and browser. `slug` is its place on the page."""

    slug: str
    icon: str
    title: Promise
    steps: tuple[Step, ...]
    hint: Promise


GUIDES = (
    Guide(
        "android-chrome",
        "device",
        _("Android: Chrome, Cốc Cốc, Edge"),
        (
            Step("dots", _("Bấm nút ba chấm ⋮ ở góc trên bên phải của trình duyệt.")),
            Step("list", _("Chọn “Thêm vào màn hình chính” (hoặc “Cài đặt ứng dụng”).")),
            Step("confirm", _("Bấm “Cài đặt”. Đợi vài giây.")),
            Step("home", _("Mở từ biểu tượng lá chắn xanh trên màn hình chính và đăng nhập một lần.")),
        ),
        _("Không cần Google Play, không tốn bộ nhớ như ứng dụng thường."),
    ),
    Guide(
        "android-samsung",
        "device",
        _("Android: Samsung Internet"),
        (
            Step("bottom-menu", _("Bấm nút ba gạch ☰ ở góc dưới bên phải.")),
            Step("list", _("Chọn “Thêm trang vào”, rồi chọn màn hình chính (có máy ghi “Màn hình chờ”).")),
            Step("confirm", _("Bấm “Thêm” hoặc “Cài đặt”.")),
            Step("home", _("Mở từ biểu tượng lá chắn xanh trên màn hình chính và đăng nhập một lần.")),
        ),
        _("Có biểu tượng mũi tên xuống trên thanh địa chỉ? Bấm vào đó cũng cài được."),
    ),
    Guide(
        "iphone",
        "device",
        _("iPhone, iPad: Safari"),
        (
            Step(
                "share",
                _("Bấm nút chia sẻ: hình vuông có mũi tên lên. Không thấy thì bấm dấu ba chấm trước."),
            ),
            Step("sheet", _("Kéo danh sách lên, chọn “Thêm vào MH chính”.")),
            Step("add", _("Bấm “Thêm” ở góc trên bên phải.")),
            Step("home", _("Mở từ biểu tượng lá chắn xanh và đăng nhập một lần trong ứng dụng.")),
        ),
        _(
            "Đã đăng nhập trong Safari thì vẫn phải đăng nhập lại trong ứng dụng: "
            "iPhone giữ hai nơi riêng nhau."
        ),
    ),
    Guide(
        "may-tinh",
        "building",
        _("Máy tính: Chrome, Edge"),
        (
            Step("address", _("Bấm biểu tượng cài đặt ở cuối thanh địa chỉ (màn hình có mũi tên xuống).")),
            Step("confirm", _("Bấm “Cài đặt”.")),
            Step("window", _("Ứng dụng mở trong cửa sổ riêng và có trong danh sách ứng dụng của máy.")),
        ),
        _("Máy dùng chung ở cơ quan, quán internet? Đừng cài: hãy dùng xong rồi đăng xuất."),
    ),
)
# Signs in the browser's own name of itself, first match wins.
SIGNS = (
    ("SamsungBrowser", "android-samsung"),
    ("iPhone", "iphone"),
    ("iPad", "iphone"),
    ("Android", "android-chrome"),
)
# Browsers inside other apps cannot install anything.
INSIDE_APPS = ("Zalo", "FBAN", "FBAV", "Instagram", "Line/", "TikTok", "musical_ly")


def for_device(agent: str) -> tuple[Guide, ...]:
    """All guides, the one for the browser that calls itself `agent` first."""
    first_slug = next((slug for sign, slug in SIGNS if sign in agent), "may-tinh")
    return tuple(sorted(GUIDES, key=lambda guide: guide.slug != first_slug))


def is_inside_app(agent: str) -> bool:
    """Is this the browser inside a chat or social app?"""
    return any(sign in agent for sign in INSIDE_APPS)
