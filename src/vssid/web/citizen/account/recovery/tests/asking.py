"""How these tests ask for a code, and read it from the phone."""

from __future__ import annotations

import re
from typing import Any

from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.making.sms import texts_to
from vssid.domain.accounts.models.accounts import Claim
from vssid.domain.accounts.recovery import answering, claims
from vssid.web.citizen.tests.cast import LAN

NEW = "bon tu khac han"


def work() -> None:
    """What the worker does meanwhile."""
    for job in ProcrastinateJob.objects.filter(task_name=claims.JOB).order_by("id"):
        answering.answer(job.args["claim_id"], now=timezone.now())


def ask(client: Any, path: str = "/quen-mat-khau", code: str = LAN, **more: str) -> Any:
    """Send the form with the login name as a browser without JavaScript does."""
    key = re.search(r'name="khoa" value="([^"]+)"', client.get(path).text)
    assert key is not None
    answer = client.post(path, {"name": code, "khoa": key.group(1), **more})
    work()
    return answer


def code_in_text() -> str:
    """The newest code, read from the phone."""
    claim = Claim.objects.order_by("-id").first()
    assert claim is not None
    match = re.search(r"\b\d{6}\b", texts_to(claim.id, f"{claim.purpose}_code")[-1])
    assert match is not None
    return match.group()


def wrong_code() -> str:
    """Another code than the newest."""
    return "000000" if code_in_text() != "000000" else "111111"
