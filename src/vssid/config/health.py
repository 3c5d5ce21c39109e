"""Is the process alive, is it ready, and how is it doing: for load balancers and Prometheus."""

from __future__ import annotations

import hmac

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from vssid.infra import metrics
from vssid.web.ui.access import public

LOOPBACK = {"127.0.0.1", "::1"}
_migrated = False


@public
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; asks nothing of anybody else."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@public
def readyz(request: HttpRequest) -> JsonResponse:
    """Requests may be sent here: the database answers and holds every migration."""
    checks = {"database": _database_answers()}
    checks["migrations"] = checks["database"] and _is_migrated()
    ready = all(checks.values())
    return JsonResponse({"ready": ready, "checks": checks}, status=200 if ready else 503)


@public
def metrics_page(request: HttpRequest) -> HttpResponse:
    """Prometheus' text, for this machine or whoever has the token; to others the page does not exist."""
    if not _may_read_metrics(request):
        raise Http404
    body, content_type = metrics.exposition(_job_gauges())
    return HttpResponse(body, content_type=content_type)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _is_migrated() -> bool:
    global _migrated  # once true it stays true for this process, and the question costs some milliseconds
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _migrated


def _may_read_metrics(request: HttpRequest) -> bool:
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if settings.METRICS_TOKEN:
        return hmac.compare_digest(given.encode(), settings.METRICS_TOKEN.encode())
    # A proxy on this machine also comes from loopback; its forwarding header gives it away.
    forwarded = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    return request.META.get("REMOTE_ADDR") in LOOPBACK and not forwarded


def _job_gauges() -> dict[str, tuple[str, float]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FILTER (WHERE status = 'todo'), count(*) FILTER (WHERE status = 'doing'),"
            " count(*) FILTER (WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now()))"
            " FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"
        )
        waiting, running, due = cursor.fetchone()
    return {
        "vssid_jobs_waiting": ("Jobs not yet started", waiting),
        "vssid_jobs_due": ("Jobs that could start now", due),
        "vssid_jobs_running": ("Jobs a worker holds", running),
    }
