"""A program of an employer, for whoever tests what it asks."""

from __future__ import annotations

import base64
import json
from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import urlencode

from django.test import Client
from django.utils import timezone

from tests.making.employers import make_hr
from vssid.domain.employers.seats import queries as seats
from vssid.domain.employers.seats.roles import Role
from vssid.domain.employers.software import clients
from vssid.domain.employers.software.clients import Made
from vssid.domain.employers.software.scopes import Scope
from vssid.kernel.actor import Actor, ActorKind
from vssid.kernel.calendar import local_day

FORM = "application/x-www-form-urlencoded"
TOKEN, HR = "/api/oauth/token", "/api/v1/hr"


def make_administrator(employer: str) -> Actor:
    """An administrator of the employer, as the one who acts."""
    now = timezone.now()
    number = make_hr("Trần Tuấn", (employer, Role.ADMINISTRATOR), now=now)
    seat = next(iter(seats.of_person(number, on=local_day(now))))
    return Actor(ActorKind.EMPLOYER, number, "Trần Tuấn", seat=seat.id, employer=employer)


def make_program(by: Actor, scopes: Collection[str] = tuple(Scope), name: str = "Lương Việt") -> Made:
    """A program that the administrator allows."""
    return clients.make(by.employer, name, scopes, by=by, now=timezone.now())


def ask_token(made: Made, form: Mapping[str, str] | None = None, *, by_form: bool = False) -> Any:
    """The answer of the token endpoint to this client's secret."""
    said = {"grant_type": "client_credentials", **(form or {})}
    proof = base64.b64encode(f"{made.client_id}:{made.secret}".encode()).decode()
    headers = {"Authorization": f"Basic {proof}"}
    if by_form:
        said, headers = said | {"client_id": str(made.client_id), "client_secret": made.secret}, {}
    return Client().post(TOKEN, urlencode(said), content_type=FORM, headers=headers)


class Program:
    """A client with a token, and what it asks."""

    def __init__(self, made: Made, form: Mapping[str, str] | None = None) -> None:
        self.headers = {"Authorization": f"Bearer {ask_token(made, form).json()['access_token']}"}

    def get(self, path: str) -> Any:
        """GET below /api/v1/hr."""
        return Client().get(f"{HR}{path}", headers=self.headers)

    def post(self, path: str, said: object, key: str = "") -> Any:
        """POST of JSON below /api/v1/hr."""
        headers = self.headers | ({"Idempotency-Key": key} if key else {})
        text = said if isinstance(said, str) else json.dumps(said)
        return Client().post(f"{HR}{path}", text, content_type="application/json", headers=headers)
