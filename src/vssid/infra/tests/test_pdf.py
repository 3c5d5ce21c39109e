"""PDFs look the same on every machine: only our own fonts, and no letter becomes a box."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
from pypdf import PdfReader

from vssid.infra.documents import pdf, pdf_letters

TEMPLATE = """#let d = json(bytes(sys.inputs.data))
#set text(font: "Noto Serif", lang: "vi")
#d.text #strong(d.text) #emph(d.text)"""
DATES = re.compile(rb"D:\d{14}[^)]*|\d{4}-\d\d-\d\dT[^<]*|/ID\s*\[[^]]*]|<xmpMM:[^/]*/")
VIETNAMESE = "".join(
    normalize("NFC", letter + mark)
    for letter in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
    for mark in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
)
# Ê Đê, Gia Rai, Ba Na, Xơ Đăng, Chăm, Mường and others write with these.
OTHERS = "đĐƀƁɃñÑčČĕĔŏŎŭŬĭĬěĚ ơ̆ ư̆ ê̆ ô̆ ê̌ ĭ̂ ʼ’ ǎǒ ŕ ğ ž"


def made(tmp_path, text):
    template = tmp_path / "a.typ"
    template.write_text(TEMPLATE, encoding="utf-8")
    return pdf.render(template, {"text": text})


def test_the_fonts_are_ours_and_no_other():
    assert pdf.fonts().families() == ["Noto Serif"]
    assert {Path(str(font.path)).parent for font in pdf.fonts().fonts()} == {pdf_letters.FONTS}
    assert (pdf_letters.FONTS / "OFL.txt").is_file()


def test_every_letter_of_vietnamese_and_of_the_languages_beside_it_is_printed(tmp_path):
    assert pdf_letters.lacking(VIETNAMESE + OTHERS) == ()
    reader = PdfReader(io.BytesIO(made(tmp_path, VIETNAMESE + OTHERS)))
    (page,) = reader.pages
    resources: Any = page["/Resources"]
    fonts = {str(font.get_object()["/BaseFont"]) for font in resources["/Font"].values()}
    assert {name.split("+")[-1].split("-")[0] for name in fonts} == {"NotoSerif"}
    assert "ƀ" in page.extract_text()


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("김민수", ("김", "민", "수")),
        ("王小明 Minh", ("王", "小", "明")),
        ("Иван Ли", ("И", "в", "а", "н", "Л", "и")),
        ("สมชาย", ("ส", "ม", "ช", "า", "ย")),
        ("Minh 😀😀", ("😀",)),
        ("áo \U0002a6b2", ("\U0002a6b2",)),
        ("Nguyễn\u200b Thị\ufe0f Lan\n", ()),
        (normalize("NFD", "Nguyễn Thị Ngữ, Ƀơ̆n"), ()),
    ],
)
def test_letters_that_cannot_be_printed_are_named_once_and_in_order(text, letters):
    assert pdf_letters.lacking(text) == letters


def test_a_letter_that_cannot_be_printed_is_refused_not_drawn_as_a_box(tmp_path):
    with pytest.raises(ValueError, match="cannot be printed"):
        made(tmp_path, "김민수")


def test_what_must_be_printed_all_the_same_has_the_number_of_the_letter(tmp_path):
    data, letters = pdf_letters.marked({"text": "김 Lan", "more": [("김", 1), None]})
    assert data == {"text": "[U+AE40] Lan", "more": [["[U+AE40]", 1], None]}
    assert letters == ("김",)
    assert "[U+AE40] Lan" in PdfReader(io.BytesIO(made(tmp_path, data["text"]))).pages[0].extract_text()


def test_the_file_is_the_same_with_and_without_fonts_of_the_machine(tmp_path):
    (tmp_path / "a.typ").write_text(TEMPLATE, encoding="utf-8")
    program = (
        "import sys; from pathlib import Path; from vssid.infra.documents import pdf;"
        "sys.stdout.buffer.write(pdf.render(Path(sys.argv[1]), {'text': 'Nguyễn Thị Lan Ƀơ̆n'}))"
    )
    bare = {"HOME": str(tmp_path), "FONTCONFIG_FILE": os.devnull, "XDG_DATA_DIRS": str(tmp_path)}
    (tmp_path / ".fonts").mkdir()
    made = []
    for more in ({}, bare):
        ran = subprocess.run(
            [sys.executable, "-c", program, str(tmp_path / "a.typ")],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **more},
            capture_output=True,
            check=True,
            timeout=60,
        )
        made.append(DATES.sub(b"", ran.stdout))
    assert made[0].startswith(b"%PDF-")
    assert made[0] == made[1]
