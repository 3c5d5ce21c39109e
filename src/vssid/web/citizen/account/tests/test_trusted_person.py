"""A trusted person: named with the password, agreed on the other phone, gone at once, and never signed in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.making.families import make_member
from tests.making.registrations import BINH
from tests.making.sms import texts_to
from tests.page_text import without_tokens
from vssid.domain.accounts.guardianship import trusted
from vssid.domain.accounts.models.accounts import Account, LoginName, Session
from vssid.domain.accounts.models.relations import TrustedPerson
from vssid.domain.audit.models import Event
from vssid.domain.verification.errors import CodeExpired
from vssid.kernel.errors import Invalid
from vssid.kernel.ids import Phone
from vssid.web.citizen.family.tests.test_requests import lan, tuan
from vssid.web.citizen.tests.cast import LAN, PASSWORD, browser, sign_in

pytestmark = pytest.mark.django_db
HERE = "/nguoi-tin-cay"
OTHER = Phone("+84987654321")
TYPED = {"viec": "ten", "name": "Bình", "phone": "0987 654 321", "password": PASSWORD}


def code_in(text: str) -> str:
    return next(word.strip(".,") for word in text.split() if word.strip(".,").isdigit() and len(word) >= 6)


def agreed():
    """Lan with a trusted person; gives her id and browser."""
    person_id, client = lan()
    client.post(HERE, TYPED)
    client.post(HERE, {"viec": "ma", "code": code_in(texts_to(person_id, "trusted_ask")[0])})
    return person_id, client


def test_named_with_the_password_and_agreed_by_the_code_of_the_other_phone():
    person_id, client = lan()
    assert client.post(HERE, TYPED)["Location"] == HERE
    assert "Chờ đồng ý" in client.get(HERE).text
    named = trusted.of(person_id)
    assert named is not None
    assert named.agreed_at is None
    wrong = client.post(HERE, {"viec": "ma", "code": "000000"})
    assert wrong.status_code == 422
    client.post(HERE, {"viec": "ma", "code": code_in(texts_to(person_id, "trusted_ask")[0])})
    page = client.get(HERE).text
    assert "Đã đồng ý" in page
    assert "0987" not in without_tokens(page)
    assert "them nguoi tin cay" in texts_to(person_id, "trusted_named")[0]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"password": "sai mat khau"}, "Mật khẩu chưa đúng"),
        ({"phone": "0225 382 1055"}, "số di động Việt Nam"),
        ({"phone": "0912 345 678"}, "của chính bạn"),
        ({"name": ""}, "Hãy nhập tên"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_sent(changes, said):
    person_id, client = lan()
    answer = client.post(HERE, TYPED | changes)
    assert answer.status_code == 422
    assert said in answer.text
    assert texts_to(person_id, "trusted_ask") == []


def test_who_has_not_agreed_gets_nothing():
    person_id, client = lan()
    client.post(HERE, TYPED)
    assert not trusted.send_code(person_id, "123456", now=timezone.now())
    assert texts_to(person_id, "trusted_code") == []
    assert not trusted.send_activation(
        person_id, account=LAN, password="7KQ2M-X9DRT", now=timezone.now(), hours=72
    )


def test_an_activation_password_may_go_there_too():
    person_id, _client = agreed()
    now = timezone.now()
    assert trusted.send_activation(person_id, account=LAN, password="7KQ2M-X9DRT", now=now, hours=72)
    assert "7KQ2M-X9DRT" in texts_to(person_id, "trusted_activation")[0]


def test_removed_is_removed_at_once_with_what_is_on_its_way():
    person_id, client = agreed()
    assert trusted.send_code(person_id, "123456", now=timezone.now())
    for _time in range(2):
        client.post(HERE, {"viec": "bo"})
    assert trusted.of(person_id) is None
    assert texts_to(person_id, "trusted_code") == []
    assert not trusted.send_code(person_id, "123456", now=timezone.now())
    assert Event.objects.filter(kind="trusted.removed").count() == 1


def test_a_removed_request_cannot_be_agreed_to():
    person_id, client = lan()
    client.post(HERE, TYPED)
    code = code_in(texts_to(person_id, "trusted_ask")[0])
    client.post(HERE, {"viec": "bo"})
    assert client.post(HERE, {"viec": "ma", "code": code})["Location"] == HERE
    assert trusted.of(person_id) is None


def test_the_code_dies_after_its_minutes():
    person_id, _client = lan()
    now = timezone.now()
    trusted.ask(person_id, "Bình", OTHER, address="203.0.113.9", now=now)
    code = code_in(texts_to(person_id, "trusted_ask")[0])
    with pytest.raises(CodeExpired):
        trusted.agree(person_id, code, address="203.0.113.9", now=now + timedelta(minutes=6))


def test_the_trusted_person_cannot_sign_in_and_sees_nothing():
    person_id, _client = agreed()
    trusted.send_code(person_id, "123456", now=timezone.now())
    code = code_in(texts_to(person_id, "trusted_code")[0])
    assert Account.objects.count() == 1
    assert set(LoginName.objects.values_list("person_id", flat=True)) == {person_id}
    assert set(Session.objects.values_list("person_id", flat=True)) == {person_id}
    stranger = browser("198.51.100.7")
    for name in (LAN, "0987654321"):
        assert sign_in(stranger, name, code).status_code == 422
    assert "Bình" not in tuan().get(HERE).text


def test_uses_and_requests_have_limits():
    person_id, _client = agreed()
    now = timezone.now()
    for _time in range(5):
        assert trusted.send_code(person_id, "123456", now=now)
        now += timedelta(minutes=20)
    assert not trusted.send_code(person_id, "123456", now=now)


def test_one_phone_is_trusted_by_a_family_not_by_everybody():
    person_id, _client = lan()
    make_member(BINH)
    now = timezone.now()
    for other in range(trusted.PEOPLE_OF_ONE_PHONE):
        trusted.ask(900 + other, "Bình", OTHER, address=f"198.51.{other}.1", now=now)
        TrustedPerson.objects.filter(person_id=900 + other).update(agreed_at=now)
    with pytest.raises(Invalid):
        trusted.ask(person_id, "Bình", OTHER, address="203.0.113.9", now=now)
