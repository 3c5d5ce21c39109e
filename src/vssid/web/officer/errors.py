"""Refusals that get a page of their own; the file's page shows the others beside its buttons."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from vssid.web.ui.errors import register_page

QUEUE = (_("Về hàng đợi"), "/can-bo")


def register() -> None:
    """Called once by urls."""
    register_page(
        "no_image",
        status=404,
        title=_("Không tìm thấy ảnh"),
        text=_("Ảnh chưa được gửi hoặc đã xóa sau thời hạn lưu."),
        action=QUEUE,
    )
