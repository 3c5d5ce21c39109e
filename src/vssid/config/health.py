"""Is the process alive, is it ready, and how is it doing: for load balancers and Prometheus."""

from __future__ import annotations

import hmac
from contextlib import suppress

from django.conf import settings
from django.db import Error, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from vssid.infra import metrics
from vssid.infra.database import clock
from vssid.infra.database.patience import WRITES
from vssid.infra.queue import standing
from vssid.infra.static_files import collecting
from vssid.web.ui import client
from vssid.web.ui.access import public

from . import gauges

_migrated = False


@public
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; asks nothing of anybody else."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@public
def readyz(request: HttpRequest) -> JsonResponse:
    """Requests may be sent here: the database takes writes, its clock is ours, and it and the static files
    are of this version. A database that is ahead is, too: the version before can read and write it.
    """
    checks = {
        "database": False,
        "migrations": False,
        "clock": False,
        "static_files": collecting.is_collected(),
    }
    with suppress(Error):
        checks["database"] = _database_writes()
        checks["migrations"] = checks["database"] and _is_migrated()
        checks["clock"] = checks["database"] and clock.agrees(clock.away())
    if not checks["database"]:
        connection.close()  # the next request meets another server, if there is one
    ready = all(checks.values())
    return JsonResponse({"ready": ready, "checks": checks}, status=200 if ready else 503)


@public
def workerz(request: HttpRequest) -> JsonResponse:
    """Some worker said within 30 seconds that it lives; the web serves without, but messages wait."""
    try:
        workers = standing.workers()
    except Error:
        return JsonResponse({"alive": None, "heartbeat_seconds": None}, status=503)
    facts = {"alive": workers.alive, "heartbeat_seconds": workers.heartbeat_seconds}
    return JsonResponse(facts, status=200 if workers.alive else 503)


@public
def metrics_page(request: HttpRequest) -> HttpResponse:
    """Prometheus' text, for whoever has the token; to others the page does not exist."""
    if not _may_read_metrics(request):
        raise Http404
    body, content_type = metrics.exposition(gauges.measured())
    return HttpResponse(body, content_type=content_type)


def _database_writes() -> bool:
    """A message in the write-ahead log is a write without a row: it fails on a standby and on a full disk."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(WRITES)
        if cursor.fetchone() != (True,):
            return False
        cursor.execute("SELECT pg_logical_emit_message(true, 'vssid', 'ready')")
    return True


def _is_migrated() -> bool:
    global _migrated  # once true it stays true for this process, and the question costs some milliseconds
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _migrated


def _may_read_metrics(request: HttpRequest) -> bool:
    """Not every program and person of this machine is Prometheus: only a trial does without a token."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if settings.METRICS_TOKEN:
        return hmac.compare_digest(given.encode(), settings.METRICS_TOKEN.encode())
    is_trial = settings.DEMO or not settings.SECURE
    return is_trial and client.is_this_machine(request)
