"""Names of legal texts, in both languages."""

from __future__ import annotations

import csv

import pytest
from django.utils.translation import override

from tests.architecture import messages

from ..words import laws


@pytest.mark.parametrize(
    ("short", "vietnamese", "english"),
    [
        ("NĐ 188/2025/NĐ-CP", "Nghị định 188/2025/NĐ-CP", "Decree 188/2025/ND-CP"),
        ("NĐ 188/2025/NĐ-CP Đ21", "Nghị định 188/2025/NĐ-CP, Điều 21", "Decree 188/2025/ND-CP, article 21"),
        (
            "Law 41/2024/QH15 Đ34(4)",
            "Luật 41/2024/QH15, khoản 4 Điều 34",
            "Law 41/2024/QH15, article 34, clause 4",
        ),
        ("TT 25/2025/TT-BYT", "Thông tư 25/2025/TT-BYT", "Circular 25/2025/TT-BYT"),
        ("NQ 261/2025/QH15", "Nghị quyết 261/2025/QH15", "Resolution 261/2025/QH15"),
        ("QĐ 1804/QĐ-BYT", "Quyết định 1804/QĐ-BYT", "Decision 1804/QD-BYT"),
        ("CV 38/BYT-BH", "Công văn 38/BYT-BH", "Official letter 38/BYT-BH"),
        ("NQ 68", "Nghị quyết 68", "Resolution 68"),
        ("", "", ""),
    ],
)
def test_a_short_form_is_said_in_words(short, vietnamese, english):
    with override("vi"):
        assert laws.named(short) == vietnamese
    with override("en"):
        assert laws.named(short) == english


def test_no_legal_text_of_dated_data_has_vietnamese_letters_in_english():
    """Whatever a page takes from a table, its English has none."""
    left = {}
    for path in messages.SOURCE.rglob("data/*.csv"):
        with path.open(encoding="utf-8") as lines:
            rows = [row.get("legal_base") or "" for row in csv.DictReader(lines)]
        for text in {part for row in rows for part in row.split(";")}:
            with override("en"):
                if messages.has_vietnamese_letters(laws.named(text)):
                    left[path.name] = text
    assert left == {}
