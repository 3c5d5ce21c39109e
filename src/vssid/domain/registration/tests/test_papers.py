"""Form 01 and the calendar file."""

import io
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import typst
import zxingcpp
from django.utils import translation
from PIL import Image
from pypdf import PdfReader

from tests.making.registrations import LAN, NOW, Someone, make_application, make_draft
from vssid.domain.places import queries as places
from vssid.domain.registration.errors import Unprintable
from vssid.domain.registration.models import Application
from vssid.infra.documents import pdf, pdf_letters

from .. import actions, queries
from ..draft import drafts
from ..paper import calendar_file, form01

pytestmark = pytest.mark.django_db


def own(**changes):
    application = queries.own(make_application(**changes), now=NOW)
    assert application is not None
    return application


def words_of(document):
    reader = PdfReader(io.BytesIO(document))
    assert len(reader.pages) == 1
    return " ".join(reader.pages[0].extract_text().split())


def test_form_01_holds_every_field_the_office_and_a_place_to_sign():
    mine = own()
    words = words_of(form01.render(mine.status, mine.form))
    for expected in (
        "00001/2026/03101",
        "0000 000 001",
        "Nguyễn Thị Lan",
        "02/01/1990",
        "Nữ",
        "031190000001",
        "01/03/2021",
        "0912 345 678",
        "Số 12, ngõ 45",
        "BHXH quận Hồng Bàng",
        "Tại địa điểm tiếp nhận hồ sơ",
        "20:14 18/11/2026",
        "thứ Hai, 30/11/2026",
        "(ký, ghi rõ họ tên)",
        "Giao dịch điện tử theo Nghị định 164/2025/NĐ-CP",
        "khi không có tài khoản định danh điện tử (VNeID)",
        "chậm nhất trong giờ làm việc thứ Hai, 30/11/2026",
    ):
        assert expected in words


def test_form_01_stays_vietnamese_for_an_english_reader():
    mine = own()
    with translation.override("en"):
        words = words_of(form01.render(mine.status, mine.form))
    assert "Monday" not in words


def test_a_long_name_and_address_stay_on_one_page():
    long = Someone(full_name="Công Tằng Tôn Nữ " * 5 + "Lan")
    mine = own(who=long, street="Số 12, ngách 34/56, ngõ 78, " * 7)
    words_of(form01.render(mine.status, mine.form))


def test_what_a_person_types_is_text_to_the_form_not_markup():
    strange = Someone(full_name='#panic("x") *a* $b$ <c>')
    mine = own(who=strange)
    assert strange.full_name in words_of(form01.render(mine.status, mine.form))


@pytest.mark.parametrize(
    "changes", [{"full_name": "김민수"}, {"street": "Số 5, 首尔 lane"}, {"email": "민@vidu.vn"}]
)
def test_form_01_with_letters_that_cannot_be_printed_is_refused_not_drawn_with_boxes(changes):
    mine = own()
    with pytest.raises(Unprintable) as refused:
        form01.render(mine.status, replace(mine.form, **changes))
    assert refused.value.fields == tuple(changes)


@pytest.mark.parametrize("name", ["Y Ƀơ̆n Niê Kdăm", "H’Hen Niê", "Siu Ƀlŏ", "José Nuñez Łukasz"])
def test_form_01_prints_names_of_every_people_here_and_of_latin_passports(name):
    mine = own()
    assert name[-3:] in words_of(form01.render(mine.status, replace(mine.form, full_name=name)))


def test_a_draft_with_letters_that_cannot_be_printed_is_not_sent():
    draft = drafts.view(make_draft(street="Số 5, ngõ 首尔"))
    assert draft is not None
    with pytest.raises(Unprintable):
        actions.submit(draft, now=NOW)
    assert not Application.objects.exists()


def test_all_our_own_names_of_places_can_be_printed():
    ours = [province.name for province in places.provinces()]
    ours += [
        commune.name
        for code in [province.code for province in places.provinces()]
        for commune in places.communes_of(code)
    ]
    assert pdf_letters.lacking(" ".join(ours)) == ()


def test_the_barcode_reads_back_as_the_number(monkeypatch):
    mine = own()
    seen = {}

    def as_picture(template, data, files):
        sources: Any = {"main.typ": template.read_bytes(), **files}
        seen["png"] = typst.compile(sources, format="png", ppi=250, sys_inputs={"data": json.dumps(data)})
        return b""

    monkeypatch.setattr(pdf, "render", as_picture)
    form01.render(mine.status, mine.form)
    codes = zxingcpp.read_barcodes(Image.open(io.BytesIO(seen["png"])).convert("L"))
    assert [code.text for code in codes] == [mine.status.number]


def test_the_calendar_file_is_an_event_on_the_last_day():
    mine = own()
    event = calendar_file.due_day(
        mine.status, title="Nộp tờ khai; hết hạn", description="Dòng 1\nDòng 2", now=NOW
    )
    lines = event.decode().replace("\r\n ", "").split("\r\n")
    assert "DTSTART;VALUE=DATE:20261130" in lines
    assert "DTEND;VALUE=DATE:20261201" in lines
    assert "SUMMARY:Nộp tờ khai\\; hết hạn" in lines
    assert "DESCRIPTION:Dòng 1\\nDòng 2" in lines
    assert [line for line in lines if line.startswith("TRIGGER")] == ["TRIGGER:-P3DT16H", "TRIGGER:-PT16H"]
    assert all(len(line.encode()) <= 75 for line in event.decode().split("\r\n"))


def test_the_days_left_count_down_to_the_last_day():
    application_id = make_application(LAN)
    left = []
    for days in (0, 11, 12):
        mine = queries.own(application_id, now=NOW + timedelta(days=days))
        assert mine is not None
        left.append(mine.status.days_left)
    assert left == [12, 1, 0]
