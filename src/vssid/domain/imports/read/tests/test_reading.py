import gzip
import unicodedata
from pathlib import Path

import pytest

from vssid.domain.imports.check import cells, messages
from vssid.domain.imports.errors import BadFile
from vssid.domain.imports.files import reading
from vssid.domain.imports.importer import Counts, Importer

IMPORTER = Importer(
    kind="words",
    title="words",
    columns=(
        cells.text("code", "", 5, required=True),
        cells.text("word", "", 20),
        cells.text("note", "", 20),
    ),
    key={"code": "s.code"},
    merge=lambda batch: Counts(),
)


def write(folder: Path, content: bytes) -> Path:
    path = folder / "words.csv"
    path.write_bytes(content)
    return path


def packed(content: bytes) -> bytes:
    """Gzipped; without a time, as the names of tests are made from it."""
    return gzip.compress(content, mtime=0)


def read(path: Path) -> list[tuple[int, list[str]]]:
    return [(row.line, row.cells) for row in reading.rows(reading.open_source(path, IMPORTER))]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("delimiter", [b",", b";"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_it_reads_utf8_with_or_without_mark_and_either_delimiter(tmp_path, mark, delimiter, end):
    lines = [b"code,word", "a,Hải".encode(), b"", b'b,"x,y"' if delimiter == b"," else b'b,"x;y"']
    content = mark + end.join(line.replace(b",", delimiter) if b'"' not in line else line for line in lines)
    content = content.replace(b"b,", b"b" + delimiter)
    rows = read(write(tmp_path, content))
    assert rows[0] == (2, ["a", "Hải"])
    assert rows[1][0] == 4
    assert len(rows[1][1]) == 2


def test_decomposed_letters_are_composed(tmp_path):
    assert read(write(tmp_path, "code,word\na,Ha\u0309i\n".encode())) == [(2, ["a", "Hải"])]


def test_the_columns_of_an_error_file_are_no_strangers(tmp_path):
    assert read(write(tmp_path, b"code,word,line,field,code,message\n")) == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\n", "empty"),
        ("code,word\na,Ha\u0309i".encode("cp1258"), "not_utf8"),
        (b"code,word\na,\xc3", "not_utf8"),
        ("code,word\n".encode("utf-16"), "not_utf8"),
        (b"code,word\na,\x00", "not_text"),
        (b"PK\x03\x04 rest of a workbook", "broken"),
        (b"\x1f\x8b rest of a gzip", "broken_gzip"),
        (packed(b"code,word\n" + b"a,b\n" * 99)[:-9], "broken_gzip"),
        (packed(packed(b"code,word\n")), "not_text"),
        (packed("code,word\na,Ha\u0309i".encode("cp1258")), "not_utf8"),
        ("code,word\n".encode("utf-16-be"), "not_utf8"),
        (b"PAR1 rest of a Parquet file", "broken"),
        (b"\xd0\xcf\x11\xe0 an old or locked workbook", "not_text"),
        (b'"code,word' + b"x" * 140_000, "header"),
        (b"word\nx", "header"),
        (b"code,wrod\na,b", "header"),
        (b"code,code\na,b", "header"),
    ],
)
def test_what_is_no_such_file_is_refused_with_a_sentence(tmp_path, content, reason):
    with pytest.raises(BadFile) as refusal:
        reading.open_source(write(tmp_path, content), IMPORTER)
    assert refusal.value.facts["reason"] == reason
    assert messages.file_sentence(refusal.value).endswith(".")


# As Windows-1258 writes it: base letters with a hat or horn, then the tone as a mark of its own.
def windows_1258(text: str) -> bytes:
    tones = "\u0300\u0301\u0303\u0309\u0323"
    plain = unicodedata.normalize("NFD", text)
    letters = [(sign, "") if sign not in tones else ("", sign) for sign in plain]
    kept: list[str] = []
    for letter, tone in letters:
        if letter and unicodedata.combining(letter):
            after = kept.pop() if kept[-1] in tones else ""
            kept[-1] = unicodedata.normalize("NFC", kept[-1] + letter)
            kept.append(after)
        else:
            kept.append(letter or tone)
    return "".join(kept).encode("cp1258")


PEOPLE = "code,word\na,Nguyễn Thị Hồng\nb,Đặng Quốc Bảo\nc,Vũ Hương Giang\n"


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (windows_1258(PEOPLE), "Windows-1258"),
        (packed(windows_1258(PEOPLE)), "Windows-1258"),
        (PEOPLE.encode("utf-16"), "UTF-16"),
        (PEOPLE.encode("utf-16-le"), "UTF-16"),
        (b"\xd0\xcf\x11\xe0 an old or locked workbook", "Excel (.xls)"),
        (b"%PDF-1.7 rest", "PDF"),
    ],
)
def test_the_refusal_names_what_the_file_is_and_what_is_expected(tmp_path, content, named):
    with pytest.raises(BadFile) as refusal:
        reading.open_source(write(tmp_path, content), IMPORTER)
    sentence = messages.file_sentence(refusal.value)
    assert named in sentence
    assert "UTF-8" in sentence


def test_a_gzipped_file_is_the_same_source_as_its_text(tmp_path):
    plain = reading.open_source(write(tmp_path, PEOPLE.encode()), IMPORTER)
    small = reading.open_source(write(tmp_path, packed(PEOPLE.encode())), IMPORTER)
    assert (small.sha256, small.size) == (plain.sha256, plain.size)
    assert next(reading.rows(small)).cells == ["a", "Nguyễn Thị Hồng"]


def test_a_wrong_header_says_what_was_expected(tmp_path):
    with pytest.raises(BadFile) as refusal:
        reading.open_source(write(tmp_path, b"wrod\nx"), IMPORTER)
    sentence = messages.file_sentence(refusal.value)
    assert "code, word, note" in sentence
    assert "wrod" in sentence


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(BadFile) as refusal:
        reading.open_source(tmp_path / "none.csv", IMPORTER)
    assert refusal.value.facts["reason"] == "missing"


def test_a_cell_without_end_spoils_its_row_only(tmp_path):
    huge = b"x" * 140_000
    path = write(tmp_path, b"code,word\na,b\nc," + huge + b'\nd,"' + huge + b'"\ne,f\n')
    faults = [(row.line, row.fault) for row in reading.rows(reading.open_source(path, IMPORTER))]
    assert faults == [(2, ""), (3, "unreadable"), (4, "unreadable"), (5, "")]
