"""The switch by hand: written down, never the last one, back by a trial."""

from __future__ import annotations

import pytest

from vssid.domain.audit.models import Event
from vssid.domain.notifications.models.gateways import Gateway
from vssid.domain.notifications.tests.fakes import NOW, make_message, run
from vssid.kernel.actor import Actor, ActorKind
from vssid.kernel.errors import NotYours

from .. import health, queries, switching
from ..states import Use
from .conftest import A, B

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pair")]
ADMIN = Actor(ActorKind.OFFICER, 500, "Vân", "0000", "administrator")


def switch(name: str, *, on: bool = False, why: str = "Bảo trì đêm nay") -> None:
    switching.switch(name, on=on, why=why, by=ADMIN, now=NOW)


def test_off_nothing_goes_by_it_and_who_did_it_is_known(pair):
    switch(A)
    assert run(make_message()).gateway == B
    row = next(row for row in queries.listed() if row.name == A)
    assert (row.use, row.weight, row.why, row.changed_by) == (Use.OFF, 0, "Bảo trì đêm nay", "Vân")
    event = Event.objects.get(kind="gateway.switched")
    assert (event.facts, event.actor_name) == ({"gateway": A, "on": False}, "Vân")


def test_on_it_is_tried_by_one_message_first(pair):
    switch(A)
    switch(A, on=True)
    assert [(one.weight, one.use) for one in health.standings()] == [(0, Use.TRIAL), (100, Use.USED)]
    assert run(make_message()).gateway == A
    assert run(make_message()).gateway == B


def test_the_last_one_is_not_switched_off():
    switch(A)
    with pytest.raises(switching.LastGateway):
        switch(B)
    assert Gateway.objects.get(name=B).weight == 100


def test_a_second_switch_a_reason_too_short_and_an_unknown_name_are_refused():
    with pytest.raises(switching.SwitchedAlready):
        switch(A, on=True)
    for why in ("", "x", "x" * 201):
        with pytest.raises(switching.ReasonNeeded):
            switch(A, why=why)
    with pytest.raises(NotYours):
        switch("nobody")
    assert not Event.objects.filter(kind="gateway.switched").exists()
