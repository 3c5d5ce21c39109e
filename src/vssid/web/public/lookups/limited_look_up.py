"""One question of a look-up that is limited: proof of work in, refusals as a page out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from vssid.domain.verification import proofs
from vssid.domain.verification.errors import ChallengeNeeded, Limited
from vssid.domain.verification.proofs import Proof
from vssid.kernel.errors import Invalid
from vssid.web.ui import client
from vssid.web.ui.access import VisitRequest

from ..frame import draw
from ..registration import words
from ..registration.forms import TextForm
from ..registration.wizard import REFUSED

T = TypeVar("T")
# Proof, address of the asker, moment → what was found. Raises Invalid, ChallengeNeeded or Limited.
Look = Callable[[Proof, str, datetime], T | None]


def answer(request: VisitRequest, page: str, form: TextForm, look: Look[T], *, none: str) -> T | HttpResponse:
    """What was found; or the form again, with what is wrong, a challenge, a limit, or `none` for nothing."""
    now = timezone.now()
    proof = client.proof(request)
    try:
        outcome = look(proof, client.address(request), now)
    except Invalid as refused:
        words.refuse(form, refused)
        return draw(request, page, form=form, status=REFUSED)
    except ChallengeNeeded as needed:
        if needed.facts["was_wrong"]:
            form.add_error(None, _("Kết quả chưa đúng hoặc đã quá lâu. Hãy trả lời câu hỏi mới."))
        return draw(request, page, form=form, challenge=proofs.make(), status=REFUSED)
    except Limited as refused:
        form.add_error(None, words.limited(refused, now))
        return draw(request, page, form=form, status=429)
    if outcome is None:
        form.add_error(None, none)
        return draw(request, page, form=form, status=REFUSED)
    return outcome
