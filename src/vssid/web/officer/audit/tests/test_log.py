"""An auditor asks the log and reads sentences; who is asked about is told."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.making.registrations import (
    ELSEWHERE,
    HONG_BANG,
    LAN,
    make_office,
    make_officer_account,
    make_person,
)
from tests.page_text import text_of
from vssid.domain.audit import actions as audit
from vssid.domain.audit import anchors, files
from vssid.domain.audit.models import Event
from vssid.domain.offices import queries as offices
from vssid.domain.offices.models import Office
from vssid.domain.oversight import search as oversight
from vssid.infra import blobs
from vssid.kernel.actor import SYSTEM, Actor, ActorKind, person
from vssid.web.officer.audit import log
from vssid.web.officer.tests.desk import browser_of

pytestmark = pytest.mark.django_db
LOG, ASK, TAKE = "/can-bo/nhat-ky", "/can-bo/nhat-ky/tim", "/can-bo/nhat-ky/tep"
HEAD = "00000"


@pytest.fixture
def auditor():
    return browser_of(make_officer_account("kiem", role="auditor", name="Kiểm"))


def look(subject, office=HONG_BANG, kind="application.viewed", by=None, at=None):
    actor = Actor(ActorKind.OFFICER, by or 7, "Minh", office)
    audit.record(kind, subject=subject, by=actor, now=at or timezone.now())


def asked_for(client, **typed):
    today = timezone.localtime()
    days = {"since": f"{today - timedelta(days=1):%d/%m/%Y}", "until": f"{today:%d/%m/%Y}"}
    return client.post(ASK, days | typed)


def said_by(client, **typed):
    answer = asked_for(client, **typed)
    assert answer.status_code == 302, text_of(answer.content)
    return text_of(client.get(answer["Location"]).content)


def test_the_last_week_is_shown_in_sentences_the_newest_first(auditor):
    look(make_person(LAN), at=timezone.now() - timedelta(days=2))
    look(5, kind="application.approved")
    page = text_of(auditor.get(LOG).content)
    assert page.index("Duyệt hồ sơ đăng ký") < page.index("Mở xem hồ sơ đăng ký Người có mã số BHXH")
    assert f"Người có mã số BHXH {LAN.bhxh_code}" in page
    assert "BHXH 03101 (mẫu)" in page


def test_what_other_offices_did_is_not_found_whatever_is_asked(auditor):
    make_office(ELSEWHERE)
    look(5, office=ELSEWHERE, kind="application.refused")
    assert "Từ chối hồ sơ đăng ký" not in said_by(auditor)
    assert "Không có sự kiện nào" in said_by(auditor, office=ELSEWHERE)


def test_the_head_of_all_offices_sees_the_country_with_what_no_office_did():
    make_office(HEAD)
    make_office(HONG_BANG)
    Office.objects.filter(code=HONG_BANG).update(parent_id=HEAD)
    head = browser_of(make_officer_account("dau", office=HEAD, role="auditor"))
    look(5, kind="application.refused")
    audit.record("application.expired", subject=5, by=SYSTEM, now=timezone.now())
    page = said_by(head)
    assert "Từ chối hồ sơ đăng ký" in page
    assert "Hồ sơ đăng ký hết hạn" in page


def test_a_member_who_signs_in_is_of_the_staff_and_an_office_among_many_has_its_name(auditor, monkeypatch):
    monkeypatch.setattr(offices, "FEW", 0)
    minh = make_officer_account()
    audit.record("account.signed_in", subject=minh, by=person(minh), now=timezone.now(), office=HONG_BANG)
    page = said_by(auditor)
    assert "Cán bộ BHXH 03101 (mẫu) Đăng nhập Cán bộ Minh" in page


def test_a_province_without_a_head_above_it_does_not_see_its_neighbours():
    make_office(HONG_BANG)
    make_office(ELSEWHERE)
    assert oversight.reach_of(Actor(ActorKind.OFFICER, 1, "", HONG_BANG)) == HONG_BANG


def test_matter_officer_office_and_person_narrow_the_search(auditor):
    person_id = make_person(LAN)
    minh = make_officer_account()
    look(person_id, kind="procedure.viewed", by=minh)
    look(77, kind="ticket.answered", by=minh)
    assert "Trả lời phản ánh" not in said_by(auditor, matter="xem")
    assert "Mở xem hồ sơ dịch vụ công" in said_by(auditor, person=LAN.bhxh_code)
    assert "Trả lời phản ánh" not in said_by(auditor, person=LAN.bhxh_code)
    assert "Trả lời phản ánh" in said_by(auditor, officer="MINH", office=HONG_BANG)


def test_no_code_or_name_stands_in_an_address_and_the_form_shows_them_again(auditor):
    make_person(LAN)
    make_officer_account()
    address = asked_for(auditor, person=LAN.bhxh_code, officer="minh")["Location"]
    assert LAN.bhxh_code not in address
    assert "minh" not in address
    page = auditor.get(address).text
    assert f'value="{LAN.bhxh_code}"' in page
    assert 'value="minh"' in page


def test_who_reads_about_a_person_stands_in_that_persons_log(auditor):
    person_id = make_person(LAN)
    said_by(auditor)
    assert not Event.objects.filter(kind="audit.looked").exists()
    said_by(auditor, person=LAN.bhxh_code)
    assert Event.objects.get(kind="audit.looked").subject_id == person_id


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"since": ""}, "Hãy nhập ngày bắt đầu."),
        ({"since": "31/02/2026"}, "Ngày chưa đúng."),
        ({"until": "01/01/2020"}, "Ngày cuối trước ngày bắt đầu."),
        ({"since": "01/01/2020"}, "nhiều nhất 366 ngày"),
        ({"matter": "x"}, "Loại việc này không có."),
        ({"officer": "khong-co"}, "Không có cán bộ nào"),
        ({"office": "09999"}, "Không có cơ quan BHXH với mã này."),
        ({"person": "123"}, "Mã số BHXH gồm 10 hoặc 12 chữ số."),
        ({"person": "9999999999"}, "Không có người nào"),
    ],
)
def test_what_cannot_be_asked_is_told_beside_the_field_and_kept(auditor, typed, why):
    answer = asked_for(auditor, **typed)
    assert answer.status_code == 422
    assert why in text_of(answer.content)
    value = next(iter(typed.values()))
    assert "matter" in typed or f'value="{value}"' in answer.text or value == ""


@pytest.mark.parametrize(
    "query",
    ["?tu=x&den=y", "?viec=x", "?can-bo=x", "?co-quan=x", "?nguoi=99999999999999999999", "?sau=x_y_z",
     "?sau=2026-01-01T00:00:00_1_1", "?sau=2026-01-01T00:00:00%2B00:00_1_99999999999999999999999"],
)  # fmt: skip
def test_an_odd_address_shows_the_usual(auditor, query):
    look(5)
    assert "Mở xem hồ sơ đăng ký" in text_of(auditor.get(LOG + query).content)


def test_older_events_are_one_page_further(auditor, monkeypatch):
    monkeypatch.setattr(log, "PER_PAGE", 2)
    for subject in range(3):
        look(subject, kind=("ticket.opened", "ticket.answered", "ticket.closed")[subject],
             at=timezone.now() - timedelta(minutes=subject))  # fmt: skip
    first = auditor.get(f"{LOG}?viec=phan-anh")
    assert "Đóng phản ánh" not in text_of(first.content)
    further = first.text.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    page = text_of(auditor.get(further).content)
    assert "Đóng phản ánh" in page
    assert "Trả lời phản ánh" not in page


class TestTaking:
    def test_the_file_proves_itself_and_taking_it_is_an_event(self, auditor):
        look(5)
        answer = auditor.post(TAKE, {"viec": "xem"})
        assert answer["Content-Disposition"].startswith("attachment")
        report = files.checked(answer.content)
        assert (report.sound, report.events) == (True, 1)
        assert json.loads(answer.content.splitlines()[1])["kind"] == "application.viewed"
        assert Event.objects.get(kind="audit.exported").facts["events"] == 1

    def test_what_is_out_of_reach_is_not_in_it(self, auditor):
        make_office(ELSEWHERE)
        look(5, office=ELSEWHERE)
        assert files.checked(auditor.post(TAKE, {"co-quan": ELSEWHERE}).content).events == 0

    def test_more_than_a_file_holds_is_said_and_nothing_taken(self, auditor, monkeypatch):
        monkeypatch.setattr(files, "MOST_EVENTS", 1)
        look(5)
        look(6)
        answer = auditor.post(TAKE, {})
        assert answer.status_code == 422
        assert "Hãy thu hẹp lại" in text_of(answer.content)
        assert not Event.objects.filter(kind="audit.exported").exists()

    def test_a_director_reads_and_does_not_take(self):
        director = browser_of(make_officer_account("giam", role="director"))
        assert "Tải tệp kiểm tra được" not in director.get(LOG).text
        assert director.post(TAKE, {}).status_code == 403


def test_the_log_names_its_newest_anchor_and_is_read_while_the_store_is_away(
    auditor, monkeypatch, settings, tmp_path
):
    settings.BLOBS_URL, settings.DATA = f"file://{tmp_path}/blobs", tmp_path / "data"
    assert "Chưa có mốc neo nào" in text_of(auditor.get(LOG).content)
    mark = anchors.take(now=timezone.now()).mark
    assert mark[-16:] in text_of(auditor.get(LOG).content)

    def away(*_given):
        raise blobs.Away(is_full=False)

    monkeypatch.setattr(blobs, "stored_under", away)
    answer = auditor.get(LOG)
    assert (answer.status_code, "Kho tệp chưa trả lời" in text_of(answer.content)) == (200, True)


def test_a_reviewer_has_no_log():
    assert browser_of(make_officer_account()).get(LOG).status_code == 403
