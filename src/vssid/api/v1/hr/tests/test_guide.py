"""The examples of docs/api/hr.md do what they say, against a real server; its lists are the code's."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import Any

import pytest

from tests.environment import ROOT
from tests.making.employers_hr import HERE
from vssid.api import oauth
from vssid.api.urls import urlpatterns
from vssid.domain.employers.alignment.kinds import Kind
from vssid.domain.employers.invitations.rules import Channel, Skip
from vssid.domain.employers.invitations.tests import invited
from vssid.domain.employers.models import InvitationRound
from vssid.domain.employers.roster.stages import Stage
from vssid.domain.employers.software.scopes import Scope
from vssid.domain.employers.software.tests.made import make_administrator, make_program

GUIDE = (ROOT / "docs/api/hr.md").read_text(encoding="utf-8")


def example(name: str) -> str:
    """A code block by the name in its first line."""
    [block] = [
        text for text in re.findall(r"```\w+\n(.*?)```", GUIDE, re.DOTALL) if f"# example: {name}\n" in text
    ]
    return str(block)


@pytest.mark.process
@pytest.mark.django_db(transaction=True)
def test_the_examples_run(live_server: Any) -> None:
    workers = invited.make_workers()
    made = make_program(make_administrator(HERE))
    told = {"VSSID": live_server.url, "CLIENT_ID": str(made.client_id), "CLIENT_SECRET": made.secret}

    def run(script: str) -> str:
        shell = subprocess.run(
            ["sh", "-eu"], input=script, env=os.environ | told, capture_output=True, text=True, check=True
        )
        return str(shell.stdout)

    told["TOKEN"] = run(f'{example("token")}\nprintf %s "$TOKEN"')
    listed = json.loads(run(example("workers")))["workers"]
    assert {row["id"] for row in listed} == {workers.lan, workers.binh}
    read = subprocess.run(
        [sys.executable, "-c", example("every worker")],
        env=os.environ | told, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert read.splitlines() == [f"{row['bhxh_code']} none" for row in listed]
    first, again = (json.loads(run(example("invitations"))) for _time in range(2))
    assert first == again
    assert (first["invited"], InvitationRound.objects.count()) == (2, 1)


def test_the_guide_names_what_there_is() -> None:
    words = {stage.name.lower() for stage in Stage}.union(Kind, Channel, Skip, Scope)
    assert {word for word in words if f"`{word}`" not in GUIDE} == set()
    paths = {str(each.pattern) for each in urlpatterns if str(each.pattern).startswith("api/v1/hr/")}
    assert {path for path in {*paths, oauth.PATH} if f"/{path}`" not in GUIDE} == set()
