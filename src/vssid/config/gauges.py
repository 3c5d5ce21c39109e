"""What /metrics measures at the moment it is asked."""

from __future__ import annotations

from collections.abc import Callable

from django.db import Error, connection
from django.utils import timezone

from vssid.domain.accounts.contacts import older_values
from vssid.domain.audit import clock_faults
from vssid.domain.installation import standing as installation
from vssid.domain.notifications import queries as messages
from vssid.domain.notifications.caps import spending
from vssid.domain.notifications.delivery import gauges as delivery
from vssid.domain.notifications.gateways import health as gateways
from vssid.domain.notifications.outbox import provider_faults
from vssid.domain.verification import text_budgets
from vssid.infra import metrics
from vssid.infra.database import clock
from vssid.infra.queue import standing


def measured() -> metrics.Gauges:
    """What the database knows, or that it does not answer. A question that fails takes only its own away."""
    gauges: metrics.Gauges = {}
    answered = False
    rooms = (_messages, provider_faults.gauges, gateways.gauges, _caps, _delivery, _texts, _older)
    for question in (_jobs, standing.gauges, *rooms, _copy, _clocks):
        answer = _asked(question)
        answered = answered or answer is not None
        gauges |= answer or {}
    return gauges | {"vssid_database_up": metrics.gauge("Whether the database answers", float(answered))}


def _asked(question: Callable[[], metrics.Gauges]) -> metrics.Gauges | None:
    try:
        return question()
    except Error:
        return None


def _jobs() -> metrics.Gauges:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FILTER (WHERE status = 'todo'), count(*) FILTER (WHERE status = 'doing'),"
            " count(*) FILTER (WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now()))"
            " FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"
        )
        waiting, running, due = cursor.fetchone()
    return {
        "vssid_jobs_waiting": metrics.gauge("Jobs not yet started", waiting),
        "vssid_jobs_due": metrics.gauge("Jobs that could start now", due),
        "vssid_jobs_running": metrics.gauge("Jobs a worker holds", running),
    }


def _texts() -> metrics.Gauges:
    used = text_budgets.used(timezone.now())
    return {
        "vssid_stranger_texts_used": (
            "Part of the budget of texts for strangers that is used in this hour or day",
            ("window",),
            {(window,): part for window, part in used.items()},
        )
    }


def _caps() -> metrics.Gauges:
    return spending.gauges(timezone.now())


def _delivery() -> metrics.Gauges:
    return delivery.gauges(timezone.now())


def _clocks() -> metrics.Gauges:
    return {
        "vssid_clock_away_seconds": metrics.gauge(
            "How far the clock of this web process is from the database's", clock.away()
        ),
        "vssid_clock_faults": metrics.gauge(
            "Workers that paused within a day for their clock", clock_faults.lately()
        ),
    }


def _older() -> metrics.Gauges:
    return {
        "vssid_older_values": metrics.gauge(
            "Older phones, addresses or trusted phones found within eight days", older_values.lately()
        )
    }


def _messages() -> metrics.Gauges:
    counts = messages.counts()
    return {
        "vssid_messages": (
            "Messages that are open or ended within the last hour; at most 10000 of a state are counted",
            ("channel", "state"),
            {key: float(count) for key, count in counts.items()},
        )
    }


def _copy() -> metrics.Gauges:
    is_halted = float(installation.now().is_halted)
    return {
        "vssid_installation_held": metrics.gauge(
            "Whether this is a copy: it sends nothing and does no jobs", is_halted
        )
    }
