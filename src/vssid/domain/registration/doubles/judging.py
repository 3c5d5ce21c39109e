"""A new application may make older open ones doubtful: what the queue counts of them is read anew."""

from __future__ import annotations

from collections.abc import Iterable

from vssid.infra import jobs

from ..models import Application
from ..states import OPEN
from .signs import Double

JOB = "registration.judge"


def later(doubles: Iterable[Double]) -> None:
    """Queue the open ones among the others, in the transaction that sends the new one."""
    others = {other for double in doubles for other in double.others}
    open_ids = Application.objects.filter(id__in=others, state__in=sorted(OPEN)).values_list("id", flat=True)
    for application_id in sorted(open_ids):
        jobs.defer(JOB, application_id=application_id)
