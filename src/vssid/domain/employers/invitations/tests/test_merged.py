"""Two persons of the register turn out to be one: what either said to an employer holds."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.making.employers_hr import HERE
from tests.making.roll_out import NOW
from vssid.domain.employers.invitations import answering, opening
from vssid.domain.employers.invitations.errors import InvitationEnded
from vssid.domain.employers.models.invitations import Invitation, Invitee
from vssid.domain.participants.merges import merge_hooks

from . import invited
from .invited import invite

pytestmark = pytest.mark.django_db


def test_who_was_merged_still_wants_no_invitation_and_hides(monkeypatch: pytest.MonkeyPatch) -> None:
    workers = invited.make_workers()
    invite(workers.lan)
    invite(workers.binh)
    code = invited.code_sent_to(workers.binh)
    answering.stop(opening.find(invited.code_sent_to(workers.lan), now=NOW), now=NOW)
    Invitee.objects.filter(person_id=workers.lan).update(hides=True)
    monkeypatch.setattr(
        "vssid.domain.participants.queries.merges_since", lambda _moment: [(workers.lan, workers.binh)]
    )
    for done in (1, 0):
        assert merge_hooks.follow(None, now=NOW) == 2 * done
        said = Invitee.objects.get(employer_code=HERE)
        assert (said.person_id, said.stopped_at, said.hides, said.step) == (workers.binh, NOW, True, 1)
    # The kept person's own invitation holds; a stop ends both.
    answering.stop(opening.find(code, now=NOW), now=NOW + timedelta(minutes=1))
    assert set(Invitation.objects.values_list("person_id", "ended_why")) == {(workers.binh, "stop")}
    with pytest.raises(InvitationEnded):
        opening.find(code, now=NOW)
