"""How many statements a page of the console asks: what grows here, 200 officers wait for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.making.registrations import BINH, NOW, make_application, make_officer, make_officer_account
from vssid.domain.registration import actions
from vssid.domain.registration.models import Application
from vssid.infra.database import prepared
from vssid.infra.database.together import Asked

from .desk import browser_of, minh

pytestmark = pytest.mark.django_db
PHONE = "0912345678"
# Of these, those of the session, the posts and the office are on every page.
MOST: dict[str, tuple[Callable[[Client, int], object], int]] = {
    "the start": (lambda client, _id: client.get("/can-bo"), 10),
    "the queue": (lambda client, _id: client.get("/can-bo/ho-so"), 12),
    # Three of them write: the look's event with its place in the chain, and whose hand the file is in.
    "a file": (lambda client, id: client.get(f"/can-bo/ho-so/{id}"), 38),
    "a search by number": (lambda client, id: client.post("/can-bo/tim", {"q": number_of(id)}), 5),
    "a search by phone": (lambda client, _id: client.post("/can-bo/tim", {"q": PHONE}), 17),
    "a search by name": (lambda client, _id: client.post("/can-bo/tim", {"q": "nguyen thi"}), 18),
}

MOST_WAITS = 15


def number_of(application_id: int) -> str:
    return Application.objects.get(id=application_id).number


@pytest.mark.parametrize("page", MOST)
def test_a_page_asks_no_more_than_before(page: str, wednesday: time_machine.Traveller) -> None:
    ask, most = MOST[page]
    client, lan, _binh = minh(), make_application(), make_application(BINH)
    ask(client, lan)  # what is asked once for each process or connection
    with CaptureQueriesContext(connection) as asked:
        ask(client, lan)
    said = "\n".join(query["sql"][:200] for query in asked)
    assert 3 < len(asked) <= most, f"{len(asked)} of {most}:\n{said}"


def test_a_file_waits_for_the_database_less_than_half_as_often_as_it_asks(
    wednesday: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, lan = minh(), make_application()
    client.get(f"/can-bo/ho-so/{lan}")
    rounds: list[int] = []
    together = prepared._run_together

    def counted(asked: Sequence[Asked]) -> object:
        rounds.append(len(asked))
        return together(asked)

    monkeypatch.setattr(prepared, "_run_together", counted)
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/can-bo/ho-so/{lan}")
    waits = len(asked) - sum(rounds) + len(rounds)
    assert waits <= MOST_WAITS, f"{waits} waits for {len(asked)} statements, together {rounds}"


def test_a_file_asks_no_more_in_an_office_of_many_officers_and_files(
    wednesday: time_machine.Traveller,
) -> None:
    director = browser_of(make_officer_account("giam.doc", role="director"))
    lan = make_application()
    few = statements_of(director, lan)
    for number in range(3):
        make_officer_account(f"them.{number}")
    actions.receive_form(make_application(BINH), by=make_officer(), now=NOW)
    assert statements_of(director, lan) == few


def statements_of(client: Client, application_id: int) -> int:
    client.get(f"/can-bo/ho-so/{application_id}")
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"/can-bo/ho-so/{application_id}").status_code == 200
    return len(asked)
