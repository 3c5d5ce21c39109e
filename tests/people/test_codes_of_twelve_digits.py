"""Who is known by the personal number alone: it works like a BHXH code, and lies nowhere in plain."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.certain import certain
from tests.making.registrations import (
    LAN,
    NOW,
    make_application,
    make_draft,
    make_officer,
    make_person,
    make_ready,
    view,
)
from tests.people.test_sealed_at_rest import readable
from vssid.cli.checks import proving
from vssid.cli.keys import vaulting
from vssid.domain.accounts import jobs as account_jobs
from vssid.domain.accounts import login_names, queries
from vssid.domain.accounts.actions import set_password, sign_in
from vssid.domain.accounts.errors import WrongCredentials
from vssid.domain.accounts.models.accounts import Account, LoginName
from vssid.domain.accounts.sign_in import sessions
from vssid.domain.registration import actions, notices
from vssid.domain.registration import jobs as application_jobs
from vssid.domain.registration.desk import search
from vssid.domain.registration.errors import AlreadyOpen
from vssid.domain.registration.models import Application
from vssid.kernel.errors import Invalid

pytestmark = pytest.mark.django_db
NUMBER = LAN.id_number
HER = replace(LAN, bhxh_code=NUMBER)
OWN = "thuyền nan trên sóng"
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def account(monkeypatch) -> tuple[Account, str]:
    """Lan's account, opened for her personal number, and the activation password."""
    said: list[str] = []
    monkeypatch.setattr(notices, "send_activation", lambda *_, password, **_more: said.append(password))
    actions.approve(make_ready(HER), by=make_officer("Hoa"), now=LATER)
    return Account.objects.get(kind=Account.CITIZEN), said[0]


def enter(typed: str, password: str):
    return sign_in(typed, password, kind="citizen", address="203.0.113.9", device="", now=LATER)


def as_the_version_before() -> None:
    Application.objects.update(bhxh_code=NUMBER)
    Account.objects.filter(kind=Account.CITIZEN).update(login=NUMBER, sealed_login=None)
    LoginName.objects.filter(name__startswith="id:").update(name=NUMBER)


def test_no_row_of_any_table_tells_the_number(account):
    assert readable(NUMBER) == set()


@pytest.mark.parametrize("typed", [NUMBER, "0311 9000 0001", "031.190.000.001"])
def test_the_number_signs_in_however_it_is_typed(account, typed):
    signed = enter(typed, account[1])
    seen = certain(sessions.resolve(signed.token, now=LATER))
    assert seen.login == NUMBER
    assert queries.safety_of(seen.person_id).login == NUMBER


def test_another_number_does_not(account):
    with pytest.raises(WrongCredentials):
        enter("031190000002", account[1])


def test_the_own_password_may_not_hold_the_number(account):
    person_id = account[0].person_id
    with pytest.raises(Invalid) as refused:
        set_password(person_id, f"sen {NUMBER} sen", device="", now=LATER)
    assert refused.value.fields == {"password": "same_as_login"}
    set_password(person_id, OWN, device="", now=LATER)
    assert enter(NUMBER, OWN)


def test_the_desk_finds_the_file_and_the_message_names_the_account(monkeypatch):
    application_id = make_ready(HER)
    scan = search.read_scan("0311 9000 0001")
    assert [application.id for application in search.find("03101", scan, now=NOW, at_most=2)] == [
        application_id
    ]
    said = []
    monkeypatch.setattr(notices, "_send", lambda _id, _to, _kind, _now, _life, facts, **_: said.append(facts))
    actions.approve(application_id, by=make_officer("Hoa"), now=LATER)
    assert [facts["account"] for facts in said if "password" in facts] == [NUMBER]


@pytest.mark.parametrize("is_older", [False, True])
def test_one_application_is_open_for_a_number(is_older):
    make_person(HER)
    make_application(HER, known=False)
    if is_older:
        Application.objects.update(bhxh_code=NUMBER)
    with pytest.raises(AlreadyOpen):
        actions.submit(view(make_draft(HER)), now=LATER)
    assert Application.objects.count() == 1


def test_what_the_version_before_wrote_works_and_is_then_sealed(account):
    as_the_version_before()
    assert readable(NUMBER) >= {("accounts_account", NUMBER), ("registration_application", NUMBER)}
    assert certain(sessions.resolve(enter(NUMBER, account[1]).token, now=LATER)).login == NUMBER
    assert "vssid vault seal" in proving._plain()
    assert vaulting._seal() == 0
    assert (readable(NUMBER), proving._plain()) == (set(), "")
    assert certain(sessions.resolve(enter(NUMBER, account[1]).token, now=LATER)).login == NUMBER


def test_the_night_seals_it_too(account):
    as_the_version_before()
    account_jobs.seal_plain(0)
    assert not login_names.is_any_plain()
    application_jobs.seal_plain(0)
    assert readable(NUMBER) == set()
