"""What is said where no page can be drawn: the process is too busy, or the sender too slow."""

from __future__ import annotations

import json

Header = tuple[str, str]
_PAGE = (
    '<!doctype html><html lang="vi"><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>'
    '<h1>{title}</h1><p>{text} Tổng đài 1900 9068.</p><p lang="en">{english}</p></html>'
)
_SAID = {
    503: (
        "Hệ thống đang có nhiều người dùng",
        "Thông tin đã lưu không bị mất. Hãy đợi khoảng nửa phút, tải lại trang này rồi gửi lại.",
        "The service is busy. Nothing saved is lost. Wait half a minute, reload this page and send again.",
    ),
    408: (
        "Gửi quá chậm nên đã dừng",
        "Tệp chưa được nhận. Hãy quay lại, gửi khi có mạng tốt hơn hoặc chọn tệp nhỏ hơn.",
        "The connection is too slow or was cut; nothing was received. Try again on a better network.",
    ),
    500: (
        "Hệ thống đang gặp trục trặc",
        "Hãy thử lại sau ít phút.",
        "Something went wrong on our side. Try again in a few minutes.",
    ),
}
_CODES = {503: "unavailable", 408: "too_slow", 500: "broken"}
ALWAYS: list[Header] = [
    ("Cache-Control", "no-store, private"),
    ("Content-Security-Policy", "default-src 'none'"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Served-By", "vssid"),
]


def said(status: int, path: str) -> tuple[list[Header], bytes]:
    """Headers and body of an answer that was made without asking anybody; for programs as RFC 9457 has it."""
    headers = [*ALWAYS, *([("Retry-After", "30")] if status == 503 else [])]
    if path.startswith("/api/"):
        problem = {"type": "about:blank", "status": status, "code": _CODES[status]}
        return [*headers, ("Content-Type", "application/problem+json")], json.dumps(problem).encode()
    title, text, english = _SAID[status]
    page = _PAGE.format(title=title, text=text, english=english)
    return [*headers, ("Content-Type", "text/html; charset=utf-8")], page.encode()
