"""A director plans a campaign, runs and stops it; a desk takes its letters and has them posted."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import openpyxl
import pypdfium2 as pdfium
import pytest
import time_machine
from django.test import Client

from tests.making import roll_out
from tests.making.employers import BIEN_XANH, SAO_MAI
from tests.making.registrations import NOW as EVENING
from tests.making.registrations import make_officer_account
from tests.making.roll_out import FIRST, PROVINCE, SECOND, THIRD
from tests.page_text import text_of
from vssid.domain.employers.campaigns import planning, waves
from vssid.domain.employers.campaigns import running as running_campaigns
from vssid.domain.employers.campaigns.states import State
from vssid.domain.employers.campaigns.tests.campaigns_made import (
    NOW,
    codes_of,
    make_campaign,
    make_employer,
    print_all,
    run_campaign,
)
from vssid.domain.employers.entries import actions as entries
from vssid.domain.employers.models import Campaign, Part, Target, Wave
from vssid.domain.notifications.models import Message
from vssid.domain.participants.models.people import Employer
from vssid.domain.reports import counting
from vssid.web.officer.tests.desk import browser_of

pytestmark = pytest.mark.django_db
LIST = "/can-bo/chien-dich"
TYPED = {
    "office": PROVINCE,
    "title": "Mời đơn vị lớn (mẫu)",
    "letter_number": "224/BHXH",
    "letter_on": "18/11/2026",
    "until_on": "31/12/2026",
    "size_from": "1",
}


@pytest.fixture(autouse=True)
def places(wednesday: time_machine.Traveller) -> None:
    roll_out.make_offices()
    make_employer(SAO_MAI, FIRST, 100, name="Công ty Sao Mai (mẫu)", address="Số 1 Lạch Tray")
    make_employer(BIEN_XANH, SECOND, 20, name="Công ty Biển Xanh (mẫu)")
    make_employer("TZ0004A", THIRD, 500, name="Công ty Xa (mẫu)")


def desk(role: str = "director", office: str = PROVINCE) -> Client:
    return browser_of(make_officer_account(f"{role}.{office}", office, "Hoa", role))


def running() -> int:
    campaign = make_campaign("letter")
    run_campaign(campaign)
    return campaign


def test_a_campaign_is_written_shown_with_whom_it_is_for_given_a_wave_and_run() -> None:
    client = desk()
    made = client.post(f"{LIST}/them", TYPED)
    campaign = Campaign.objects.get()
    assert made["Location"] == f"{LIST}/{campaign.id}?xong=ghi"
    page = text_of(client.get(f"{LIST}/{campaign.id}").content)
    assert "Đơn vị sẽ nhận thư 2" in page
    assert "Công ty Sao Mai (mẫu)" in page
    assert "Công ty Xa" not in page
    assert not Target.objects.exists()
    refused = client.post(f"{LIST}/{campaign.id}/chay")
    assert refused.status_code == 409
    assert "chưa có đợt thư nào" in text_of(refused.content)
    wave = {"kind": "letter", "on_day": "18/11/2026", "most": "", "way": "post"}
    assert client.post(f"{LIST}/{campaign.id}/dot", wave)["Location"].endswith("?xong=dot")
    assert client.post(f"{LIST}/{campaign.id}/chay")["Location"].endswith("?xong=chay")
    planning.plan(campaign.id, NOW)
    waves.begin_due(campaign.id, NOW)
    assert "Đang in" in text_of(client.get(f"{LIST}/{campaign.id}").content)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("letter_number", "", "Hãy nhập số văn bản."),
        ("until_on", "31/11/2026", "Ngày chưa đúng."),
        ("until_on", "17/11/2026", "Ngày cuối đã qua."),
        ("size_from", "nhiều", "Hãy nhập số người từ 0"),
        ("size_to", "0", "từ số người ít nhất trở lên"),
        ("area", "?!", "Hãy gõ chữ có trong địa chỉ"),
        ("industry", "?!", "Hãy gõ chữ có trong ngành nghề"),
        ("head", THIRD, "Hãy chọn cơ quan trong danh sách."),
        ("office", THIRD, "Hãy chọn cơ quan trong danh sách."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_stays_typed(field: str, value: str, said: str) -> None:
    answer = desk().post(f"{LIST}/them", TYPED | {field: value})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in text_of(answer.content)
    assert 'value="Mời đơn vị lớn (mẫu)"' in page
    assert not Campaign.objects.exists()


def test_a_campaign_for_an_industry_offers_those_of_the_register_and_says_what_it_means() -> None:
    Employer.objects.filter(code=SAO_MAI).update(industry="May mặc")
    client = desk()
    form = client.get(f"{LIST}/them").content.decode()
    assert '<option value="May mặc">1 đơn vị</option>' in form
    made = client.post(f"{LIST}/them", TYPED | {"industry": "may mac"})
    page = text_of(client.get(made["Location"]).content)
    assert "Ngành nghề may mac" in page
    assert "Đơn vị sẽ nhận thư 1" in page
    assert 'value="may mac"' in client.get(made["Location"].replace("?xong=ghi", "/sua")).content.decode()


def test_a_wave_that_cannot_be_is_told_beside_its_field() -> None:
    campaign = make_campaign("letter")
    typed = {"kind": "reminder", "on_day": "20/11/2026", "most": "x", "way": "post"}
    client = desk()
    assert "không có dấu chấm" in text_of(client.post(f"{LIST}/{campaign}/dot", typed).content)
    page = text_of(client.post(f"{LIST}/{campaign}/dot", typed | {"most": ""}).content)
    assert "Thư nhắc phải sau đợt trước ít nhất 7 ngày." in page


def test_a_draft_is_changed_and_two_that_change_it_at_once_do_not_overwrite_each_other() -> None:
    campaign, client = make_campaign("letter"), desk()
    page = client.get(f"{LIST}/{campaign}/sua").content.decode()
    assert 'value="224/BHXH-MẪU"' in page
    changed = client.post(f"{LIST}/{campaign}/sua", TYPED | {"head": FIRST, "seen": "1"})
    assert changed["Location"].endswith("?xong=sua")
    late = client.post(f"{LIST}/{campaign}/sua", TYPED | {"seen": "1"})
    assert "Có người vừa sửa chiến dịch này." in text_of(late.content)
    assert Campaign.objects.get().head_id == FIRST


def test_it_is_stopped_goes_on_is_copied_and_ended() -> None:
    campaign, client = running(), desk()
    for word, state in (("dung", State.STOPPED), ("chay-tiep", State.RUNNING)):
        assert client.post(f"{LIST}/{campaign}/{word}").status_code == 302
        assert Campaign.objects.get(id=campaign).state == state
    assert client.post(f"{LIST}/{campaign}/chay-tiep").status_code == 409
    title = {"title": "Tên mới", "until_on": "01/02/2027", "seen": "1", "size_from": "50"}
    assert client.post(f"{LIST}/{campaign}/sua", title).status_code == 302
    assert Campaign.objects.get(id=campaign).size_from is None
    assert client.post(f"{LIST}/{campaign}/chep")["Location"].endswith("?xong=sao")
    assert client.post(f"{LIST}/{campaign}/ket-thuc").status_code == 302
    assert client.post(f"{LIST}/{campaign}/sua", title).status_code == 422
    assert Campaign.objects.get(id=campaign).state == State.ENDED


def test_to_start_asks_again_who_is_at_the_desk_and_to_stop_does_not(
    wednesday: time_machine.Traveller,
) -> None:
    draft, going, client = make_campaign("letter"), make_campaign("letter", letter_number="2"), desk()
    run_campaign(going)
    wednesday.move_to(EVENING + timedelta(minutes=6))
    assert "Xác nhận lại là bạn" in text_of(client.post(f"{LIST}/{draft}/chay").content)
    assert Campaign.objects.get(id=draft).state == State.DRAFT
    assert client.post(f"{LIST}/{going}/dung").status_code == 302
    assert Campaign.objects.get(id=going).state == State.STOPPED


def test_a_wave_that_has_not_begun_is_taken_out() -> None:
    campaign, client = make_campaign("letter"), desk()
    wave = Wave.objects.get()
    assert client.post(f"{LIST}/{campaign}/dot/{wave.id + 9}/bo").status_code == 404
    assert client.post(f"{LIST}/{campaign}/dot/{wave.id}/bo")["Location"].endswith("?xong=bo")
    assert not Wave.objects.exists()


def test_letters_are_taken_listed_for_the_post_and_noted_as_posted() -> None:
    campaign, client = running(), desk("administrator")
    wave, part = Wave.objects.get(), Part.objects.get()
    waiting = client.post(f"{LIST}/{campaign}/phan/{part.id}/thu")
    assert waiting.status_code == 409
    assert "chưa in xong" in text_of(waiting.content)
    print_all(campaign)
    letters = client.post(f"{LIST}/{campaign}/phan/{part.id}/thu")
    assert (letters["Content-Type"], letters["Cache-Control"]) == ("application/pdf", "no-store, private")
    assert len(pdfium.PdfDocument(letters.content)) == 2
    listed = client.post(f"{LIST}/{campaign}/dot/{wave.id}/danh-sach", {"dang": "xlsx", "phan": "1"})
    sheet = openpyxl.load_workbook(io.BytesIO(listed.content)).active
    told = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert {"Công ty Sao Mai (mẫu)", "Số 1 Lạch Tray", SAO_MAI} <= set(told)
    here = f"{LIST}/{campaign}/dot/{wave.id}/danh-sach"
    assert "Số 1 Lạch Tray" in client.post(here, {"dang": "csv"}).content.decode()
    for typed in ({"dang": "pdf"}, {"dang": "csv", "phan": "²"}):
        assert client.post(here, typed).status_code == 404
    assert client.post(f"{LIST}/{campaign}/phan/{part.id}/da-gui")["Location"].endswith("?xong=gui")
    assert "Đã gửi" in text_of(client.get(f"{LIST}/{campaign}/dot/{wave.id}").content)
    code = codes_of(campaign)[SAO_MAI]
    for page in ("", "/cac-don-vi", f"/dot/{wave.id}"):
        assert code not in client.get(f"{LIST}/{campaign}{page}").content.decode()


def test_a_wave_by_e_mail_tells_what_became_of_it_and_which_letters_go_by_post_instead() -> None:
    Employer.objects.filter(code=SAO_MAI).update(email="hr@sao-mai.example")
    campaign, client = make_campaign(), desk()
    typed = {"kind": "letter", "on_day": "18/11/2026", "most": ""}
    assert "Hãy chọn cách gửi" in text_of(client.post(f"{LIST}/{campaign}/dot", typed).content)
    assert client.post(f"{LIST}/{campaign}/dot", typed | {"way": "email"}).status_code == 302
    run_campaign(campaign)
    print_all(campaign)
    wave = Wave.objects.get()
    page = text_of(client.get(f"{LIST}/{campaign}/dot/{wave.id}").content)
    assert "E-mail đang gửi 1" in page
    assert "(1 qua e-mail)" in page
    Message.objects.update(state="failed", reason="smtp_550", body=None, ended_at=NOW)
    running_campaigns.run_all(NOW)
    print_all(campaign)
    page = text_of(client.get(f"{LIST}/{campaign}/dot/{wave.id}").content)
    assert "E-mail không gửi được 1" in page
    assert "Phần 2 thay e-mail" in page
    assert "E-mail không gửi được 1" in text_of(client.get(f"{LIST}/{campaign}").content)
    assert "e-mail không gửi được" in text_of(client.get(f"{LIST}/{campaign}/cac-don-vi").content)


@pytest.mark.parametrize("way", ["email", "both"])
def test_e_mail_is_refused_beside_its_field_where_none_is_sent(way: str, settings: Any) -> None:
    settings.MAIL_GATEWAY = "off"
    campaign = make_campaign()
    typed = {"kind": "letter", "on_day": "18/11/2026", "most": "", "way": way}
    answer = desk().post(f"{LIST}/{campaign}/dot", typed)
    assert answer.status_code == 422
    assert "Hãy chọn gửi bưu điện." in text_of(answer.content)


def test_the_message_of_a_letter_is_seen_by_the_office_of_its_campaign_alone_and_never_its_code() -> None:
    Employer.objects.filter(code=SAO_MAI).update(email="hr@sao-mai.example")
    campaign = make_campaign("letter", way="email")
    run_campaign(campaign)
    print_all(campaign)
    message = Message.objects.get()
    here = f"/can-bo/tin-gui-di/{message.subject_id}/{message.id}"
    page = text_of(desk("administrator").get(here).content)
    assert "Thư mời đơn vị của chiến dịch" in page
    assert "h•••@sao-mai.example" in page
    assert not re.search(r"([0-9A-Z]{4}-){4}[0-9A-Z]{4}", page)
    assert desk("administrator", THIRD).get(here).status_code == 404


def test_employers_are_listed_by_how_far_they_came_and_found_by_name() -> None:
    campaign, client = running(), desk()
    print_all(campaign)
    entries.look(SAO_MAI, codes_of(campaign)[SAO_MAI], address="203.0.113.9", now=NOW)
    names = {"": {"Sao Mai", "Biển Xanh"}, "da-mo": {"Sao Mai"}, "da-in": {"Biển Xanh"}, "da-vao": set()}
    for tab, told in names.items():
        page = text_of(client.get(f"{LIST}/{campaign}/cac-don-vi", {"xem": tab}).content)
        assert {name for name in ("Sao Mai", "Biển Xanh") if f"Công ty {name}" in page} == told
    page = text_of(client.get(f"{LIST}/{campaign}/cac-don-vi", {"q": "bien xanh", "trang": "9"}).content)
    assert "Công ty Sao Mai" not in page
    assert "Công ty Biển Xanh" in page


def test_an_office_below_sees_its_own_employers_of_it_and_changes_nothing() -> None:
    campaign = running()
    print_all(campaign)
    part, wave = Part.objects.get(), Wave.objects.get()
    collector = desk("collection_officer", FIRST)
    page = text_of(collector.get(f"{LIST}/{campaign}/cac-don-vi").content)
    assert "Công ty Sao Mai" in page
    assert "Công ty Biển Xanh" not in page
    assert "Số đơn vị 1 " in text_of(collector.get(f"{LIST}/{campaign}").content)
    assert collector.get(f"{LIST}/{campaign}/dot/{wave.id}").status_code == 404
    assert collector.post(f"{LIST}/{campaign}/phan/{part.id}/thu").status_code == 404
    assert collector.post(f"{LIST}/{campaign}/dung").status_code == 403
    director = desk("director", FIRST)
    assert director.get(f"{LIST}/{campaign}").status_code == 200
    for word in ("chay", "dung", "chay-tiep", "ket-thuc", "chep", "sua", "dot"):
        assert director.post(f"{LIST}/{campaign}/{word}").status_code == 404, word
    assert Campaign.objects.get().state == State.RUNNING


@pytest.mark.parametrize(
    ("role", "office", "status"), [("director", THIRD, 404), ("reviewer", PROVINCE, 403)]
)
def test_a_campaign_is_not_there_for_others(role: str, office: str, status: int) -> None:
    assert desk(role, office).get(f"{LIST}/{running()}").status_code == status


def test_the_report_tells_each_campaign_that_ran_in_the_days() -> None:
    campaign, client = running(), desk()
    print_all(campaign)
    counting.recount(NOW)
    page = text_of(client.get("/can-bo/bao-cao/chien-dich").content)
    assert "Mời đơn vị vào hệ thống (mẫu)" in page
    assert "224/BHXH-MẪU, 18/11/2026" in page
    days = {"tu": "01/11/2026", "den": "10/11/2026"}
    page = text_of(client.get("/can-bo/bao-cao/chien-dich", days).content)
    assert "Không có chiến dịch nào chạy trong những ngày này." in page
