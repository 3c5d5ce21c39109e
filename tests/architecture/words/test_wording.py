"""Words that were found wrong, and must not come back."""

from __future__ import annotations

import re

import pytest

from tests.architecture import messages
from vssid.domain.notifications.outbox import templates

from .forbidden_wording import FORBIDDEN

pytestmark = pytest.mark.architecture
# Printed in Vietnamese alone, so not in the catalogue.
PRINTED = [*messages.SOURCE.rglob("*.typ"), *messages.SOURCE.rglob("data/*_vi.toml")]


@pytest.fixture(scope="module")
def said() -> list[str]:
    """Every Vietnamese text that people read: messages, printed forms, the help, SMS."""
    words = [text for message in messages.said() for text in messages.forms(message)]
    words += templates.TEXTS.values()
    return words + [line for path in PRINTED for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(("pattern", "why"), FORBIDDEN)
def test_nothing_says_what_was_found_wrong(said, pattern, why):
    assert [text for text in said if re.search(pattern, text, re.IGNORECASE)] == [], why


@pytest.mark.parametrize(
    "wrong",
    [
        "Mã số 10 chữ số, in trên thẻ.",
        "Mang bản chính giấy tờ (CCCD, CMND hoặc hộ chiếu) đến cơ quan.",
        "Đưa mã QR ở góc phải mặt trước thẻ vào khung.",
    ],
)
def test_the_patterns_find_what_was_said_before(wrong):
    assert any(re.search(pattern, wrong, re.IGNORECASE) for pattern, _why in FORBIDDEN)
