"""/tro-giup/huong-dan: how to use each screen."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils import translation
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from vssid.domain.support.help import faq
from vssid.domain.support.help import guides as known
from vssid.web.ui.access import VisitRequest, public
from vssid.web.ui.caching import cacheable

from ..frame import draw
from .guide_pictures import FRAME, PICTURES


@public
@cacheable
@require_safe
def guides(request: VisitRequest) -> HttpResponse:
    """GET /tro-giup/huong-dan: all of them."""
    return draw(request, "public/help/guides.html", guides=known.guides(_language()))


@public
@cacheable
@require_safe
def guide(request: VisitRequest, slug: str) -> HttpResponse:
    """GET /tro-giup/huong-dan/the: the steps with their pictures, and the questions about the screen."""
    help_guide = known.guide(slug, _language())
    if help_guide is None:
        raise Http404
    # Drawings are our own constants.
    steps = [(mark_safe(FRAME + PICTURES[step.picture]), step.words) for step in help_guide.steps]  # noqa: S308
    questions = [question for screen in help_guide.screens for question in faq.about(screen, _language())]
    return draw(request, "public/help/guide.html", guide=help_guide, steps=steps, questions=questions)


def _language() -> str:
    return translation.get_language() or faq.SOURCE
