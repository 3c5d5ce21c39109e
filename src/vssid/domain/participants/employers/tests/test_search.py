"""Employers are found by code, tax code and the words of their names."""

import re
import unicodedata
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.db.models import Value
from hypothesis import given
from hypothesis import strategies as st

from vssid.domain.offices.models import Office
from vssid.domain.participants.models.people import Employer
from vssid.domain.participants.tests.files import begin_with, load, load_cast
from vssid.kernel.text import fold

from .. import columns, search
from ..sql_words import WordsOf

pytestmark = pytest.mark.django_db
# Composed and decomposed, and what stands between words.
LETTERS = (
    "aăâbcdđeêioôơuưyAĂÂĐEÊÔƠƯWZáàảãạắằẳẵặấầẩẫậéẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵỒỰẢ"
    "\u0301\u0309\u0323üñçÐðƉƀßﬁ\u200b\u00adＡ１’`019 .,-–&/()'"
)
ELSEWHERE = {"run_id": 0, "line": 1, "as_of": datetime(2025, 7, 1, tzinfo=UTC)}


@pytest.fixture(autouse=True)
def register():
    load_cast()
    Office.objects.create(code="07901", name="BHXH Quận 1", province_code="79", **ELSEWHERE)
    rows = (
        ("TZ0002A", "Công ty Cổ phần Hoa Phượng Đỏ", "0200000002", "03101"),
        ("TZ0003B", "Cty CP Sao Mai – Chi nhánh Đông Á", "0200000003-001", "07901"),
        ("CZ0004A", "Hộ kinh doanh Nguyễn Thị Sao", "", ""),
    )
    begin_with(
        "employers",
        *({"code": a, "name": b, "tax_code": c, "office_code": d} for a, b, c, d in rows),
    )


def codes_for(text, **area):
    return [employer.code for employer, _ in search.search(text, **area).employers]


@pytest.mark.parametrize("typed", ["TZ0002A", " tz0002a ", "0200000002", "02 0000 0002"])
def test_a_code_or_a_tax_code_finds_its_employer_alone(typed):
    assert codes_for(typed) == ["TZ0002A"]


@pytest.mark.parametrize("typed", ["0200000003-001", "0200000003001"])
def test_the_tax_code_of_a_branch_is_found_with_and_without_its_dash(typed):
    assert codes_for(typed) == ["TZ0003B"]
    assert codes_for("0200000003") == [], "the tax code of the whole company is another one"


@pytest.mark.parametrize("typed", ["hoa phượng", "HOA PHUONG", "phuong hoa", "do cty hoa", "hoa phu"])
def test_words_are_found_without_marks_in_any_order_and_the_last_one_by_its_beginning(typed):
    assert codes_for(typed) == ["TZ0002A"]


def test_only_the_last_word_may_be_a_beginning():
    assert codes_for("phu hoa") == []


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("cty cp", {"TZ0002A", "TZ0003B"}),
        ("công ty cổ phần", {"TZ0002A", "TZ0003B"}),
        ("cp sao mai cty", {"TZ0003B"}),
        ("cong ty sao mai", {"TZ0001A", "TZ0003B"}),
        ("trach nhiem huu han sao mai", {"TZ0001A"}),
        ("hkd", {"CZ0004A"}),
    ],
)
def test_what_is_usual_to_write_short_is_found_either_way(typed, codes):
    assert set(codes_for(typed)) == codes


def test_names_that_hold_the_words_as_typed_come_first():
    assert codes_for("sao mai") == ["TZ0001A", "TZ0003B"]


def test_province_and_office_narrow_the_search():
    assert codes_for("sao mai", province="79") == ["TZ0003B"]
    assert codes_for("sao mai", province="31") == ["TZ0001A"]
    assert codes_for("sao mai", office="07901") == ["TZ0003B"]
    assert codes_for("", office="03101") == ["TZ0001A", "TZ0002A"]
    assert codes_for("TZ0001A", province="79") == []
    assert codes_for("sao", province="31", office="07901") == []


@pytest.mark.parametrize(
    "area", [{"province": "zz"}, {"province": "\x00"}, {"office": "'"}, {"office": "०३१०१"}]
)
def test_an_odd_area_holds_nobody(area):
    assert codes_for("sao", **area) == []


@given(st.text(max_size=90))
def test_whatever_is_typed_the_query_is_one_that_postgresql_reads(text):
    search.search(text)


@given(st.text(LETTERS, max_size=60))
def test_the_database_makes_the_same_words_of_a_name_as_our_folding(name):
    Employer.objects.filter(code="TZ0009A").delete()
    Employer.objects.create(code="TZ0009A", name=name, **ELSEWHERE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT tsvector_to_array(words) FROM participants_employer WHERE code = 'TZ0009A'")
        (made,) = cursor.fetchone()
    words = [word for word in re.split("[^a-z0-9]+", fold(name)) if word]
    assert sorted(made) == sorted(set(words))


def test_a_page_tells_whether_there_is_more():
    first = search.search("", limit=3)
    assert (len(first.employers), first.more) == (3, True)
    rest = search.search("", limit=3, offset=3)
    assert (len(rest.employers), rest.more) == (1, False)


def test_no_more_are_read_than_anybody_looks_at():
    last = max(Employer.objects.values_list("code", flat=True))
    assert last < "ZZ0000A"
    more = [f"ZZ{number:04d}A" for number in range(search.CANDIDATES + 30)]
    Employer.objects.bulk_create(
        [Employer(code=code, name="Công ty Đông Người", **ELSEWHERE) for code in more]
    )
    pages = [search.search("dong nguoi", offset=offset) for offset in range(0, 160, 20)]
    assert sum(len(page.employers) for page in pages) == search.CANDIDATES + 1
    assert [len(page.employers) for page in pages[:6]] == [20] * 6


def test_a_renamed_employer_is_found_by_its_new_name_alone(tmp_path):
    load(tmp_path, "employers", {"code": "TZ0002A", "name": "Công ty Đồng Tâm"})
    assert codes_for("dong tam") == ["TZ0002A"]
    assert codes_for("hoa phuong") == []


def test_one_employer_is_found_by_its_code_whatever_is_asked():
    row = search.by_code("tz0003b")
    assert row is not None
    assert (row[0].tax_code, row[0].office_code) == ("0200000003-001", "07901")
    assert [search.by_code(odd) for odd in ("", "\x00", "TZ 9999A", "x" * 5000)] == [None] * 4


@pytest.mark.parametrize("typed", ["TZ0001A ", "ＴＺ0001A", "\ufefftz0001a\u200b"])
def test_one_employer_is_found_however_its_code_was_pasted(typed):
    row = search.by_code(typed)
    assert row is not None
    assert row[0].code == "TZ0001A"


def test_everyone_comes_once_by_code(monkeypatch):
    monkeypatch.setattr(search, "_AT_ONCE", 2)
    codes = [employer.code for employer, _ in search.everyone()]
    assert codes == ["CZ0004A", "TZ0001A", "TZ0002A", "TZ0003B"]


def test_the_personal_number_of_an_owner_is_never_kept_as_a_tax_code(tmp_path):
    report = load(
        tmp_path, "employers", {"code": "CZ0005A", "name": "Hộ kinh doanh Mẫu", "tax_code": "031188000001"}
    )
    assert (report.new, report.refused) == (1, 0)
    assert Employer.objects.get(code="CZ0005A").tax_code == ""
    assert codes_for("031188000001") == []


@pytest.mark.parametrize("tax_code", ["12345", "0200000002-01", "MST0200000", "02000000020011"])
def test_a_wrong_tax_code_refuses_its_row(tmp_path, tax_code):
    report = load(tmp_path, "employers", {"code": "TZ0006A", "name": "Công ty Mẫu", "tax_code": tax_code})
    assert report.refused == 1
    assert report.error_file is not None
    assert "Mã số thuế gồm 10 chữ số" in report.error_file.read_text(encoding="utf-8-sig")
    assert columns.written(tax_code) == ""


def test_the_database_folds_every_code_point_as_we_do():
    def words(name: str) -> list[str]:
        return sorted({word for word in re.split("[^a-z0-9]+", fold(name)) if word})

    # Every letter, mark and sign of Latin and general use, and what else folds to a letter from a to z.
    points = [*range(1, 0x370), *range(0x1AB0, 0x1B00), *range(0x1D00, 0x2500), *range(0x2C60, 0x2C80)]
    points += [*range(0x3000, 0x3040), *range(0xA640, 0xA800), *range(0xAB30, 0xAB70), *range(0xFB00, 0xFB07)]
    points += [0x3164, *range(0xFE00, 0xFE30), *range(0xFEFF, 0xFFFE), *range(0xE0000, 0xE0080)]
    points += [point for point in range(0x370, 0x110000, 7) if not 0xD800 <= point < 0xE000]
    unlike = []
    with connection.cursor() as cursor:
        made = WordsOf(Value("")).template % {"expressions": "one.name"}
        names = [f"a{chr(point)}z" for point in points]
        cursor.execute(
            f"SELECT one.name, tsvector_to_array({made}) FROM unnest(%s::text[]) one(name)",
            [names],
        )
        for name, lexemes in cursor.fetchall():
            # Marks of other scripts part a word there: no name in Latin letters has them.
            if sorted(lexemes) != words(name) and (len(words(name)) > 1 or not is_of_another_script(name[1])):
                unlike.append((f"{ord(name[1]):04x}", lexemes, words(name)))
    assert unlike == []


def is_of_another_script(sign: str) -> bool:
    latin = range(0x300, 0x370), range(0x1AB0, 0x1B00), range(0x1DC0, 0x1E00), range(0x20D0, 0x2100)
    return unicodedata.combining(sign) > 0 and not any(ord(sign) in block for block in latin)
