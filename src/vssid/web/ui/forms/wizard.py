"""The way through a form of several screens: before, after, how far, and what a page that came late held."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.functional import Promise

from . import overtaken

# Refusals answer 422: the browser must not take a refused form for a page to remember.
REFUSED = 422
Step = TypeVar("Step")


@dataclass(frozen=True, slots=True)
class Wizard(Generic[Step]):
    """The steps in order and their addresses; `start` lies before the first, `end` behind the last."""

    steps: Sequence[Step]
    address: Callable[[Step], str]
    start: str | Promise
    end: str | Promise

    def before(self, step: Step | None) -> str:
        """The address before a step, or before the end."""
        at = self.steps.index(step) if step in self.steps else len(self.steps)
        return self.address(self.steps[at - 1]) if at else str(self.start)

    def after(self, step: Step) -> str:
        """The address after a step; of the first one, when this is none of them (any more)."""
        at = self.steps.index(step) + 1 if step in self.steps else 0
        return self.address(self.steps[at]) if at < len(self.steps) else str(self.end)

    def number(self, step: Step) -> int:
        """Where the step stands, counted from one."""
        return self.steps.index(step) + 1

    def left(self, request: HttpRequest, step: Step) -> HttpResponse:
        """The answer once typing is kept: the step before; nothing for a page that only went out of sight."""
        if request.POST.get("go") == "keep":
            return HttpResponse(status=204)
        return HttpResponseRedirect(self.before(step))


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    saved_by: str,
    status: int = 200,
) -> HttpResponse:
    """Draw a step; `saved_by` is the page that saved it last.

    What came too late from an older page is shown beside what was saved.
    """
    late = overtaken.said(request, context.get("form"))
    sheet = overtaken.sheet(request, saved_by)
    status = overtaken.STATUS if late is not None else status
    return render(request, template, {"sheet": sheet, "late": late, **context}, status=status)
