"""VSSID_DATABASE_URL: read as libpq reads it, refused in a sentence, never without limits."""

from __future__ import annotations

import pytest
from django.db import connection

from vssid.config import database
from vssid.config.env import BadSetting
from vssid.infra.database import limits, start

pytestmark = pytest.mark.faults


def options(url: str) -> dict[str, object]:
    parts = database.settings(url)["OPTIONS"]
    assert isinstance(parts, dict)
    return parts


def test_an_operators_own_options_stand_beside_the_limits():
    text = options("postgresql://u@h/n?options=-c%20search_path%3Dours")["options"]
    assert text.startswith(limits.options())
    assert "search_path=ours" in text


@pytest.mark.parametrize("name", limits.CLIENT)
@pytest.mark.parametrize("value", ["0", "-1", "viel", ""])
def test_a_client_limit_that_is_none_is_refused(name, value):
    with pytest.raises(BadSetting, match=name):
        database.settings(f"postgresql://u:secret@h/n?{name}={value}")


def test_a_client_limit_of_the_operator_is_kept():
    assert options("postgresql://u@h/n?connect_timeout=9")["connect_timeout"] == 9


def test_several_hosts_are_kept_and_the_writable_one_is_wanted():
    parts = database.settings("postgresql://u:p@one:5432,two:5433/n")
    assert (parts["HOST"], parts["PORT"]) == ("one,two", "5432,5433")
    assert options("postgresql://u:p@one,two/n")["target_session_attrs"] == "read-write"


@pytest.mark.parametrize("session_attrs", ["any", "standby", "read-only", "prefer-standby"])
def test_an_address_that_may_lead_to_a_standby_is_refused(session_attrs):
    with pytest.raises(BadSetting, match="chỉ đọc"):
        database.settings(f"postgresql://u@one,two/n?target_session_attrs={session_attrs}")


def test_a_hash_in_a_password_is_a_letter_like_others():
    assert database.settings("postgresql://u:se#cret@h:6000/n")["PASSWORD"] == "se#cret"
    assert database.settings("postgresql://u:se%23cr%40t@h/n")["PASSWORD"] == "se#cr@t"


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:sec/ret@h/n",
        "postgresql://u:sec@ret@h/n",
        "postgresql://u:sec%ret@h/n",
        "postgresql://h:secret/n",
        "postgresql://u@h/n?secret=1",
        "mysql://u:secret@h/n",
    ],
)
def test_an_address_that_cannot_be_read_is_refused_without_its_password(url):
    with pytest.raises(BadSetting) as refused:
        database.settings(url)
    assert "VSSID_DATABASE_URL" in str(refused.value)
    assert "sec" not in str(refused.value)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "value"), [*((name, "0") for name in limits.SERVER), ("statement_timeout", "40s")]
)
def test_a_limit_that_did_not_arrive_or_is_none_stops_the_start(name, value):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = '60s'")
        cursor.execute(f"SET LOCAL {name} = '{value}'")
    with pytest.raises(start.Unfit) as unfit:
        start.look()
    assert (unfit.value.code, unfit.value.facts["name"]) == ("limit", name)
