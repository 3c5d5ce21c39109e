"""GET workers, stages, differences; POST invitations. Of the program's own employer, and of no other."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from vssid.domain.employers.alignment import queries as alignment
from vssid.domain.employers.alignment.kinds import Kind, State
from vssid.domain.employers.alignment.queries import Side
from vssid.domain.employers.corrections import queries as corrections
from vssid.domain.employers.errors import EmployerOver
from vssid.domain.employers.invitations import inviting
from vssid.domain.employers.invitations.errors import NobodyToInvite
from vssid.domain.employers.invitations.rules import Channel
from vssid.domain.employers.models.software import KEY_LENGTH
from vssid.domain.employers.roster import queries as roster
from vssid.domain.employers.roster.queries import LONGEST_DEPARTMENT, Asked
from vssid.domain.employers.roster.stages import Stage
from vssid.domain.employers.software import deeds
from vssid.domain.employers.software.errors import KeyReused
from vssid.domain.employers.software.scopes import Scope
from vssid.domain.employers.software.tokens import Caller

from ...problems import problem
from .calling import BadParameter, program

PATH = "api/v1/hr"
PAGE, MOST = 100, 500
MOST_BYTES, MOST_WORKERS, LONGEST_SEARCH = 1_000_000, 20_000, 100
STAGES = {stage.name.lower(): stage for stage in Stage}
BIG = 2**63 - 1
# Who stood at the end of the page before left meanwhile: from where to go on nobody knows, so begin anew.
GONE = "cursor_gone"
E = TypeVar("E", bound=StrEnum)


@program(Scope.STAGES, "GET")
def workers(request: HttpRequest, who: Caller) -> HttpResponse:
    """GET /api/v1/hr/workers?stage=&department=&q=&after=&limit="""
    given = _parameters(request, ("stage", "department", "q", "after", "limit"))
    after = _number(given, "after", 0, BIG)
    if after and not roster.is_here(who.employer, after):
        return problem(409, GONE)
    page = roster.page(
        who.employer,
        Asked(
            stage=_stage(given["stage"]) if given.get("stage") else None,
            department=_short(given, "department", LONGEST_DEPARTMENT) if "department" in given else None,
            search=_short(given, "q", LONGEST_SEARCH),
            after=after,
        ),
        size=_number(given, "limit", PAGE, MOST),
    )
    rows = [
        {
            "id": line.person_id,
            "full_name": line.full_name,
            "bhxh_code": line.bhxh_code,
            "stage": line.stage.name.lower(),
            "department": line.department,
            "wants_no_invitation": line.stopped,
        }
        for line in page.rows
    ]
    return JsonResponse({"workers": rows, "next_after": page.next_after or None})


@program(Scope.STAGES, "GET")
def stages(request: HttpRequest, who: Caller) -> HttpResponse:
    """GET /api/v1/hr/stages: how many workers, and how many reached each stage or went beyond."""
    _parameters(request, ())
    funnel = roster.funnel(who.employer)
    reached = {name: funnel.reached[stage] for name, stage in STAGES.items() if stage is not Stage.NONE}
    as_of = funnel.as_of.isoformat() if funnel.as_of else None
    return JsonResponse({"workers": funnel.workers, "reached": reached, "as_of": as_of})


@program(Scope.DIFFERENCES, "GET")
def differences(request: HttpRequest, who: Caller) -> HttpResponse:
    """GET /api/v1/hr/differences?kind=&state=&after=&limit=; without `kind` how many of each there are."""
    given = _parameters(request, ("kind", "state", "after", "limit"))
    if "kind" not in given:
        return JsonResponse({"counts": alignment.counts(who.employer)})
    after = _number(given, "after", 0, BIG)
    if after and not alignment.is_there(who.employer, after):
        return problem(409, GONE)
    page = alignment.page(
        who.employer,
        _choice(given, "kind", Kind),
        state=_choice(given, "state", State) if given.get("state") else None,
        after=after,
        size=_number(given, "limit", PAGE, MOST),
    )
    requests = corrections.of_differences(who.employer, [line.id for line in page.rows])
    rows = [
        {
            "id": line.id,
            "kind": line.kind,
            "state": line.state,
            "worker": line.person_id if line.register else None,
            "line": line.line,
            "register": _side(line.register),
            "file": _side(line.file),
            "request": _request(requests[line.id]) if line.id in requests else None,
        }
        for line in page.rows
    ]
    return JsonResponse({"differences": rows, "next_after": page.next_after or None})


@program(Scope.INVITE, "POST")
def invitations(request: HttpRequest, who: Caller) -> HttpResponse:
    """POST /api/v1/hr/invitations {"channel", "workers" | "stage" and "department", "dry_run"}: the rules of
    /don-vi/moi. What is no dry run needs an Idempotency-Key: sent again, it is done once.
    """
    said = _body(request)
    channel, asked = _choice(said, "channel", Channel), _asked(said)
    now = timezone.now()
    if said.get("dry_run", False) is True:
        seen = inviting.foresee(who.employer, asked, channel, now=now)
        return JsonResponse({"would_invite": len(seen.people), "skipped": _skipped(seen.skipped)})
    key = request.headers.get("Idempotency-Key", "")
    if not 0 < len(key) <= KEY_LENGTH or not key.isascii() or not key.isprintable():
        raise BadParameter("Idempotency-Key")

    def do() -> dict[str, Any]:
        made = inviting.invite(who.employer, asked, channel, by=who.actor, now=now)
        return inviting.told(who.employer, made)

    try:
        answer, was_done = deeds.once(who.client_id, key, json.dumps(said, sort_keys=True), do, now=now)
    except KeyReused as refused:
        return problem(422, refused.code)
    except EmployerOver as over:
        return problem(409, over.code, since=over.since.isoformat())
    except NobodyToInvite:
        seen = inviting.foresee(who.employer, asked, channel, now=now)
        return problem(409, "nobody_to_invite", skipped=_skipped(seen.skipped))
    return JsonResponse(answer, status=201, headers={"Idempotent-Replayed": "true"} if was_done else {})


def _skipped(skipped: Mapping[Any, int]) -> dict[str, int]:
    return {why.value: many for why, many in skipped.items()}


def _asked(said: Mapping[str, Any]) -> Asked:
    """Whom: these workers by id, or those at a stage, of a department, or both; nobody by silence."""
    if "workers" in said:
        ids = said["workers"]
        is_list = isinstance(ids, list) and 0 < len(ids) <= MOST_WORKERS
        if not is_list or any(type(each) is not int or not 0 < each <= BIG for each in ids):
            raise BadParameter("workers")
        if said.keys() & {"stage", "department"}:
            raise BadParameter("workers")
        return Asked(people=tuple(ids))
    if not said.keys() & {"stage", "department"}:
        raise BadParameter("workers")
    department = _short(said, "department", LONGEST_DEPARTMENT) if "department" in said else None
    return Asked(stage=_stage(said["stage"]) if "stage" in said else None, department=department)


def _body(request: HttpRequest) -> dict[str, Any]:
    """The JSON object that was sent; what nobody knows is refused, so that no wish is lost in silence."""
    if request.content_type != "application/json":
        raise BadParameter("Content-Type")
    if len(request.body) > MOST_BYTES:
        raise BadParameter("body")
    try:
        said = json.loads(request.body)
    except ValueError:
        raise BadParameter("body") from None
    if not isinstance(said, dict):
        raise BadParameter("body")
    if unknown := sorted(said.keys() - {"channel", "workers", "stage", "department", "dry_run"}):
        raise BadParameter(unknown[0])
    if not isinstance(said.get("dry_run", False), bool):
        raise BadParameter("dry_run")
    return said


def _parameters(request: HttpRequest, known: tuple[str, ...]) -> dict[str, str]:
    if unknown := sorted(set(request.GET) - set(known)):
        raise BadParameter(unknown[0])
    return {name: request.GET[name] for name in known if name in request.GET}


def _short(given: Mapping[str, Any], name: str, longest: int) -> str:
    value = given.get(name, "")
    if not isinstance(value, str) or len(value) > longest or "\0" in value:
        raise BadParameter(name)
    return value


def _stage(name: object) -> Stage:
    if not isinstance(name, str) or name not in STAGES:
        raise BadParameter("stage")
    return STAGES[name]


def _choice(given: Mapping[str, Any], name: str, kind: type[E]) -> E:
    value = given.get(name)
    if not isinstance(value, str) or value not in set(kind):
        raise BadParameter(name)
    return kind(value)


def _number(given: Mapping[str, str], name: str, usual: int, most: int) -> int:
    text = given.get(name)
    if text is None:
        return usual
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(BIG)) and 0 < int(text) <= most):
        raise BadParameter(name)
    return int(text)


def _side(side: Side | None) -> dict[str, Any] | None:
    if side is None:
        return None
    return {
        "full_name": side.full_name,
        "birth_date": _day(side.birth_date, side.birth_precision),
        "bhxh_code": side.bhxh_code,
    }


def _day(day: date | None, precision: str) -> str | None:
    """As much of it as is known: a day, a month or a year."""
    if day is None:
        return None
    return day.isoformat()[: {"year": 4, "month": 7}.get(precision, 10)]


def _request(asked: corrections.Request) -> dict[str, Any]:
    return {"number": asked.number, "state": asked.state, "sent_at": asked.sent_at.isoformat()}
