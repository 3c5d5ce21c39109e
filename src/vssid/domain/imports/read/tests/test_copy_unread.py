"""A CSV that goes into staging unread gives what reading it row by row gives."""

import csv
import io
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vssid.domain.imports.check import cells
from vssid.domain.imports.files import csv_files, limits, reading
from vssid.domain.imports.importer import Column, Counts, Importer, Unread

from .. import copy_unread as unread
from .. import loading, staging
from ..headings import Matcher

RUN = 0


def _person(cell, _seal):
    return ("cccd", "f" * 8) if len(cell) == 12 else ("bhxh", cell)


IMPORTER = Importer(
    kind="words",
    title="words",
    columns=(
        Column(
            "person",
            "",
            True,
            good="{c} ~ '^\\d{10}$'",
            code="bad_person",
            parse=_person,
            gives={"person_kind": "text", "person_key": "text"},
            unread=Unread("person_key", {"person_kind": "'bhxh'"}),
        ),
        cells.text("word", "", 20),
        cells.text("note", "", 20),
    ),
    key={"person": "s.person_key"},
    merge=lambda batch: Counts(),
)


def loaded(path: Path, *, unread_allowed: bool = True) -> tuple[bool, list[tuple[object, ...]]]:
    source = reading.open_source(path, IMPORTER)
    refused: list[tuple[object, ...]] = []
    with connection.cursor() as cursor:
        with pytest.MonkeyPatch.context() as patch:
            if not unread_allowed:
                patch.setattr(unread, "copy", lambda *_: None)
            how = loading.load(
                cursor, RUN, IMPORTER, source,
                seal=lambda _field, plain: plain,
                refuse=lambda *why: refused.append(why),
                leave_out=lambda *why: None,
                progress=lambda _done, _total: None,
            )  # fmt: skip
        cursor.execute(
            f"SELECT line, person_kind, person_key, word, note FROM {staging.table_name(RUN)} ORDER BY 1"
        )
        return how.checked, [*cursor.fetchall(), *refused]


def write(folder: Path, content: bytes) -> Path:
    path = folder / "words.csv"
    path.write_bytes(content)
    return path


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content",
    [
        b"person,word,note\n0000000001,a,b\n0000000002,,\n",
        b"\xef\xbb\xbfperson;word;note\r\n0000000001;a;b\r\n0000000002;;\r\n",
        b"note,person\nx,0000000001\n,0000000002",
        'person,word,note\n0000000001,"Công nhân, may","nói ""chào"""\n'.encode(),
        b'person,word,note\n0000000001,  hai  , \n0000000002,"", \n',
    ],
)
def test_a_plain_file_goes_in_unread_and_is_the_same(tmp_path, content):
    path = write(tmp_path, content)
    unread, rows = loaded(path)
    assert unread
    assert (False, rows) == loaded(path, unread_allowed=False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content",
    [
        b"person,word,note\n0000000001,a\n0000000002,b,c\n",  # too few cells
        b"person,word,note\n0000000001,a,b,c\n",  # too many
        b"person,word,note\n\n0000000001,a,b\n",  # a blank line
        b'person,word,note\n0000000001,"a\nb",c\n0000000002,d,e\n',  # a line break in a cell
        b'person,word,note\n0000000001,a "b" c,d\n',  # quotation marks that are part of the text
        b'person,word,note\n0000000001,2" ,d\n0000000002,"x",e\n',
        b"person,word,note\r\n0000000001,a,b\n0000000002,a,b\r\n",  # two kinds of line ends
        "person,word,note\n0000000001,Ha\u0309i,b\n".encode(),  # decomposed letters
        b"person,word,note\n031090000001,a,b\n",  # a cell that its column parses
        b"person,word,line,field,code,message\n0000000001,a,2,word,x,y\n",  # a corrected error file
        b"person,word,note\n\\.\n0000000001,a,b\n",  # the end of a COPY in older PostgreSQL
        "person,word,note\n0000000001,a,\u00a0\n".encode(),  # a space that is not one
        "person,word,note\n0000000001,a\u200bb,c\n".encode(),  # what nobody can see
        b"person,word,note\n0000000001,#N/A,c\n",  # a spreadsheet's error
        b"person,word,note\n0000000001,'=a,c\n",  # a spreadsheet's text mark
        b"person,word,note\n0000000001,@SUM(1),c\n",  # a formula
        "person,word,note\n0000000001,Nguyeãn,c\n".encode(),  # letters of VNI
        "person,word,note\n0000000001,TrÇn,c\n".encode(),  # letters of TCVN3
    ],
)
def test_a_file_that_postgresql_would_read_otherwise_is_read_by_us(tmp_path, content):
    path = write(tmp_path, content)
    unread, rows = loaded(path)
    assert not unread
    assert (False, rows) == loaded(path, unread_allowed=False)


_CELL = st.text(
    st.sampled_from(list('ab1 ,;"\n\r\t\\.ả\u0309\u00a0\u3000đ'))
    | st.characters(codec="utf-8", exclude_categories=["Cc"]),
    max_size=6,
)


@pytest.mark.django_db
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.from_regex(r"\A\d{10}(\d{2})?\Z"), _CELL, _CELL), max_size=5),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONE]),
)
def test_whatever_the_cells_both_ways_agree(tmp_path, rows, end, quoting):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator=end, quoting=quoting, escapechar="\\")
    writer.writerows([("person", "word", "note"), *rows])
    path = write(tmp_path, text.getvalue().replace("\0", "").encode())
    assert loaded(path)[1] == loaded(path, unread_allowed=False)[1]


def test_a_look_sees_what_lies_across_two_chunks(tmp_path, monkeypatch):
    content = 'code,word\r\na,x "y" z\r\nb,Ha\u0309i\r\nc, d\r\n'.encode()
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    whole = csv_files.open_csv(path, Matcher(IMPORTER), gzipped=False, bounds=limits.of_settings()).look
    for size in range(1, 40):
        monkeypatch.setattr(csv_files, "CHUNK", size)
        assert (
            csv_files.open_csv(path, Matcher(IMPORTER), gzipped=False, bounds=limits.of_settings()).look
            == whole
        )
    assert (whole.lines, whole.is_sure, whole.is_tight, whole.is_composed) == (4, False, False, False)
