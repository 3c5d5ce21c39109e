"""The pages of delivery: figures, a message found, sent again, a gateway switched; for whom each is."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
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
from vssid.domain.audit.models import Event
from vssid.domain.notifications import actions
from vssid.domain.notifications.delivery import counting, finding
from vssid.domain.notifications.gateways import health
from vssid.domain.notifications.gateways.tests.conftest import A, B, pair
from vssid.domain.notifications.inbox.kinds import KINDS
from vssid.domain.notifications.languages import Language
from vssid.domain.notifications.models.gateways import Gateway
from vssid.domain.notifications.models.messages import Message
from vssid.domain.notifications.outbox import letters, sending, templates, transitions
from vssid.domain.notifications.outbox.states import State
from vssid.domain.offices.models import Office
from vssid.domain.participants.models.people import Person
from vssid.domain.vault import sealing as vault
from vssid.kernel.ids import Phone
from vssid.web.officer.tests.desk import browser_of, open_account

from .. import chart, words

pytestmark = pytest.mark.django_db
pair = pair
PAGE = "/can-bo/tin-gui-di"
TEXT = "BHXH: ma xac nhan 654321."


def van(office: str = HONG_BANG, role: str = "administrator") -> Client:
    """Vân's browser, who administrates; of the country's office, when no other is beside."""
    return browser_of(make_officer_account(f"van.{role[:5]}.{office}", office, "Vân", role))


def make_message(subject_id: int | None = None, *, kind: str = "phone_code", series: str = "") -> Message:
    subject_id = subject_id or vault.new_subject_id()
    message_id = actions.send_sms(
        to=Phone.parse_mobile("0912345678"),
        text=TEXT,
        kind=kind,
        subject_id=subject_id,
        now=timezone.now(),
        expires_in=timedelta(hours=1),
        series=series,
    )
    return Message.objects.get(subject_id=subject_id, id=message_id)


def address(message: Message, rest: str = "") -> str:
    return f"{PAGE}/{message.subject_id}/{message.id}{rest}"


def found(client: Client, typed: str) -> str:
    return text_of(client.post(f"{PAGE}/tim", {"q": typed}).content)


def test_before_the_first_count_the_page_says_when_to_come_back():
    assert "Chưa có số liệu" in text_of(van().get(PAGE).content)


def test_the_page_shows_figures_and_as_of_when(pair):
    client, message = van(), make_message()
    sending.attempt(message.subject_id, message.id, clock=timezone.now)
    counting.count(timezone.now())

    page = client.get(PAGE)

    said = text_of(page.content)
    assert "Số liệu tính đến" in said
    assert re.search(r"Mã xác nhận số điện thoại\s+1\s+0\s+0\s+1", said), said
    assert re.search(rf"{A}\s+1\s+0\s+0\s+1", said)
    assert "Vinaphone" in said
    assert page.content.decode().count('<rect class="under-way"') == 1
    assert "Không có tin" in text_of(client.get(PAGE, {"kenh": "email"}).content)
    assert client.get(PAGE, {"ky": "7-ngay", "kenh": "x"}).status_code == 200


def test_bars_stand_on_each_other_and_the_highest_is_as_high_as_the_picture():
    from vssid.domain.notifications.delivery.board import HourLine

    now = timezone.now()
    drawn = chart.bars([HourLine(now, 2, 1, 1), HourLine(now, 0, 0, 1), HourLine(now, 0, 0, 0)])
    assert [(bar.sort, bar.y, bar.height) for bar in drawn] == [
        ("delivered", "90.00", "90.00"),
        ("under-way", "45.00", "45.00"),
        ("lost", "0.00", "45.00"),
        ("under-way", "135.00", "45.00"),
    ]
    assert chart.bars([HourLine(now, 0, 0, 0)]) == []


def test_a_message_is_found_by_number_phone_and_code_and_its_secret_is_nowhere():
    client, person_id = van(), make_person()
    message = make_message(person_id)
    number = finding.number_of(message.id)

    for typed in (number, "0912 345 678", LAN.bhxh_code):
        assert number in found(client, typed), typed
    assert "Không tìm thấy tin nào" in found(client, "0987654321")

    page = client.get(address(message))
    for secret in ("654321", "912345678", "0912"):
        assert secret not in text_of(page.content)
    assert "Mã xác nhận số điện thoại" in text_of(page.content)
    assert "678" in text_of(page.content)
    event = Event.objects.get(kind="message.viewed")
    assert (event.subject_id, event.actor_name) == (person_id, "Vân")


def test_a_person_of_another_office_and_a_stranger_are_not_there_for_an_office():
    make_office(ELSEWHERE)
    make_office(HONG_BANG)
    person_id = make_person()
    Person.objects.filter(person_id=person_id).update(office_id=HONG_BANG)
    message, strangers = make_message(person_id), make_message()
    own, other = van(), van(ELSEWHERE)
    for one, client, status in ((message, own, 200), (message, other, 404), (strangers, own, 404)):
        assert client.get(address(one)).status_code == status
    assert finding.number_of(message.id) in found(own, "0912345678")
    assert finding.number_of(strangers.id) not in found(own, "0912345678")
    assert other.post(address(message, "/gui-lai")).status_code == 404
    assert Event.objects.filter(kind="message.viewed").count() == 1


def test_the_country_sees_its_offices_and_strangers():
    make_office(HONG_BANG)
    make_office("00000", "BHXH Việt Nam (mẫu)")
    Office.objects.filter(code=HONG_BANG).update(parent_id="00000")
    country = van("00000")
    for message in (make_message(make_person()), make_message()):
        assert country.get(address(message)).status_code == 200


def test_a_director_sees_and_does_not_send_again_and_a_reviewer_sees_nothing():
    message = make_message(make_person())
    director, reviewer = van(role="director"), van(role="reviewer")
    assert "Gửi lại" not in text_of(director.get(address(message)).content)
    assert director.post(address(message, "/gui-lai")).status_code == 403
    assert director.post(f"{PAGE}/cong/{A}", {"ly-do": "bảo trì"}).status_code == 403
    assert reviewer.get(PAGE).status_code == 403


def test_what_waits_is_sent_at_once_and_the_page_says_so():
    client, message = van(), make_message(make_person())
    later = timezone.now() + timedelta(minutes=9)
    Message.objects.filter(id=message.id).update(next_try_at=later)
    answer = client.post(address(message, "/gui-lai"), follow=True)
    assert "Đã đưa tin đi gửi lại" in text_of(answer.content)
    assert Message.objects.get(id=message.id).next_try_at < later


def test_a_code_that_has_ended_is_not_sent_again_and_the_page_says_what_to_do():
    client, message = van(), make_message(make_person(), series="phone")
    rows = Message.objects.filter(id=message.id)
    transitions.end(rows, State.FAILED, reason="undelivered", now=timezone.now())
    answer = client.post(address(message, "/gui-lai"))
    assert answer.status_code == 409
    assert "Người nhận hãy yêu cầu mã mới" in text_of(answer.content)
    assert 'action="' + address(message, "/gui-lai") not in client.get(address(message)).content.decode()


def test_an_unknown_message_is_not_there():
    client, message = van(), make_message()
    Message.objects.filter(id=message.id).delete()
    assert client.get(address(message)).status_code == 404
    assert client.post(address(message, "/gui-lai")).status_code == 404


def test_a_gateway_is_switched_off_and_on_with_a_reason(pair):
    client = van()
    answer = client.post(f"{PAGE}/cong/{A}", {"ly-do": "Bảo trì đêm nay", "bat": "0"}, follow=True)
    said = text_of(answer.content)
    assert "Đã đổi cổng gửi tin" in said
    assert "Vân: Bảo trì đêm nay" in said
    assert Gateway.objects.get(name=A).use == "off"
    client.post(f"{PAGE}/cong/{A}", {"ly-do": "Đã sửa xong", "bat": "1"})
    assert Gateway.objects.get(name=A).use == "trial"
    assert client.post(f"{PAGE}/cong/khong-co", {"ly-do": "Bảo trì", "bat": "0"}).status_code == 404


def test_what_is_refused_is_said_beside_the_field_and_what_was_typed_stays(pair):
    client = van()
    short = client.post(f"{PAGE}/cong/{A}", {"ly-do": "ab", "bat": "0"})
    assert short.status_code == 422
    assert "từ 5 đến 200 ký tự" in text_of(short.content)
    assert 'value="ab"' in short.content.decode()
    client.post(f"{PAGE}/cong/{A}", {"ly-do": "Bảo trì", "bat": "0"})
    last = client.post(f"{PAGE}/cong/{B}", {"ly-do": "Bảo trì nốt", "bat": "0"})
    assert last.status_code == 409
    assert "cổng cuối cùng" in text_of(last.content)
    assert 'value="Bảo trì nốt"' in last.content.decode()
    twice = client.post(f"{PAGE}/cong/{A}", {"ly-do": "Bảo trì", "bat": "0"})
    assert "Có người vừa đổi cổng này" in text_of(twice.content)


def test_only_the_country_switches_what_all_share(pair):
    make_office(ELSEWHERE)
    client = van()
    assert "Tắt cổng này" not in text_of(client.get(PAGE).content)
    refused = client.post(f"{PAGE}/cong/{A}", {"ly-do": "Bảo trì", "bat": "0"})
    assert refused.status_code == 409
    assert [one.weight for one in health.standings()] == [51, 49]


def test_every_kind_of_text_has_words():
    kinds = templates.TEXTS.keys() | letters.TEXTS.keys() | KINDS.keys()
    assert {kind for kind in kinds if words.kind(kind) == kind} == set()


def test_a_telling_of_a_person_with_an_account_goes_to_the_phone_of_the_account(pair):
    from vssid.domain.notifications.inbox import notices

    client, person_id = van(), make_person()
    open_account(person_id)
    now = timezone.now()
    reach: Any = lambda: notices.Reach(Phone.parse_mobile("0912345678"))  # noqa: E731
    notices.notify(person_id, "account_frozen", now=now, facts={"at": now.isoformat()}, reach=reach)
    message = Message.objects.get(kind="account_frozen", channel="sms")
    transitions.end(Message.objects.filter(id=message.id), State.FAILED, reason="undelivered", now=now)

    answer = client.post(address(message, "/gui-lai"))

    assert answer.status_code == 302
    fresh = Message.objects.get(kind="account_frozen", channel="sms", state="created")
    assert fresh.to_masked[-3:] == LAN.phone[-3:]


CAPS = f"{PAGE}/muc-tran"
CAP = {"scope": "others", "most": "5", "from_on": "01/01/2100", "why": "Hợp đồng mới"}


def test_a_cap_is_set_from_a_day_on_and_who_did_it_is_shown():
    client, today = van(), timezone.localdate().strftime("%d/%m/%Y")
    assert "1.000.000" in text_of(client.get(CAPS).content)
    answer = client.post(CAPS, CAP | {"from_on": today}, follow=True)
    said = text_of(answer.content)
    assert "Đã đặt mức trần" in said
    assert "Vân: Hợp đồng mới" in said
    assert client.post(CAPS, CAP | {"scope": "kind:phone_code", "from_on": today}).status_code == 302
    assert "Mã xác nhận số điện thoại" in text_of(client.get(CAPS).content)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"most": "nhiều"}, "Hãy nhập một số"),
        ({"from_on": "01/01/2020"}, "từ hôm nay trở đi"),
        ({"why": "ab"}, "từ 5 đến 200 ký tự"),
    ],
)
def test_a_cap_that_makes_no_sense_is_refused_beside_its_field(wrong, said):
    answer = van().post(CAPS, CAP | wrong)
    assert answer.status_code == 422
    assert said in text_of(answer.content)
    name, typed = next(iter(wrong.items()))
    assert f'value="{typed}"' in answer.content.decode(), name


def test_only_the_country_sets_caps():
    make_office(ELSEWHERE)
    client = van()
    assert 'name="most"' not in client.get(CAPS).content.decode()
    refused = client.post(CAPS, CAP)
    assert refused.status_code == 422
    assert "chỉ quản trị của cơ quan trung ương" in text_of(refused.content)
    assert van(role="director").post(CAPS, CAP).status_code == 403


def test_when_four_fifths_are_used_the_first_page_says_so():
    client, today = van(), timezone.localdate().strftime("%d/%m/%Y")
    client.post(CAPS, CAP | {"most": "1", "from_on": today})
    message = make_message()
    sending.attempt(message.subject_id, message.id, clock=timezone.now)
    assert "Sắp hết mức trần" in text_of(client.get(PAGE).content)
    assert "Sắp hết" in text_of(client.get(CAPS).content)


MAU = f"{PAGE}/mau/phone_code"
NEW = "BHXH: ma cua ban {code}, dung trong {minutes} phut. BHXH khong gui duong dan."
ENGLISH = "BHXH: your code {code}, good for {minutes} minutes. BHXH never sends links."
WRITE = {"text": NEW, "english": ENGLISH, "why": "Dễ hiểu hơn", "seen": "0", "viec": "dung"}


def test_a_text_is_tried_used_and_taken_back_and_who_wrote_it_is_shown():
    client = van()
    assert "Mã xác nhận số điện thoại" in text_of(client.get(f"{PAGE}/mau").content)
    tried = client.post(MAU, WRITE | {"viec": "xem", "why": ""})
    assert "ma cua ban 123456" in text_of(tried.content)
    assert "1 phần, 71 ký tự" in text_of(tried.content)
    assert "your code 123456, good for 120" in text_of(tried.content)
    assert "1 phần, 71 ký tự" in text_of(tried.content)
    assert templates.render("phone_code", code="1", minutes=5).startswith("BHXH: ma xac nhan")

    said = text_of(client.post(MAU, WRITE, follow=True).content)
    assert "Đã đổi mẫu tin" in said
    assert "Vân: Dễ hiểu hơn" in said
    assert templates.render("phone_code", code="1", minutes=5).startswith("BHXH: ma cua ban 1,")
    english = templates.render("phone_code", language=Language.EN, code="1", minutes=5)
    assert english == ENGLISH.format(code="1", minutes=5)

    back = {"viec": "lay-lai", "ban": "0", "seen": "1", "text": "x", "english": "x", "why": "Dùng lại bản 0"}
    assert client.post(MAU, back).status_code == 302
    assert templates.render("phone_code", code="1", minutes=5).startswith("BHXH: ma xac nhan")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"text": "Vào bhxh.vn"}, "không được có đường dẫn"),
        ({"text": NEW.replace("{code}", "")}, "Thiếu {code}"),
        ({"text": NEW + " {password}"}, "Không có giá trị {password}"),
        ({"english": ENGLISH.replace("{code}", "")}, "Thiếu {code}"),
        ({"english": NEW}, "BHXH never sends links"),
        ({"english": ENGLISH + " x" * 60}, "Tin tiếng Anh quá dài"),
        ({"english": ""}, "Hãy viết nội dung tiếng Anh"),
        ({"why": "x"}, "từ 5 đến 200 ký tự"),
        ({"seen": "7"}, "Có người vừa đổi mẫu này"),
    ],
)
def test_a_text_that_may_not_be_is_refused_and_what_was_typed_stays(wrong, said):
    answer = van().post(MAU, WRITE | wrong)
    assert answer.status_code == 422
    assert said in text_of(answer.content)
    for field in ("text", "english"):
        assert (WRITE | wrong)[field] in answer.content.decode().replace("&#x27;", "'")
    assert templates.render("phone_code", code="1", minutes=5).startswith("BHXH: ma xac nhan")


def test_only_the_country_writes_texts():
    make_office(ELSEWHERE)
    client = van()
    assert "Sửa nội dung" not in text_of(client.get(MAU).content)
    assert client.post(MAU, WRITE).status_code == 422
    assert van(role="director").post(MAU, WRITE).status_code == 403
    assert client.get(f"{PAGE}/mau/khong-co").status_code == 404
