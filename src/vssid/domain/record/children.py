"""A child's record for its guardian: the statement that reads it asks for the live link as well."""

from __future__ import annotations

from datetime import datetime

from vssid.domain.accounts.guardianship import guardians
from vssid.domain.accounts.guardianship.guardians import ChildView
from vssid.infra.database.prepared import row
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import NotYours

from . import decode, statement
from .decode import Record
from .queries import with_code

# Nothing of the child comes back without a live link of this guardian to this child.
_OF_CHILD = f"""
SELECT {statement.BODY} FROM accounts_guardian link
WHERE link.person_id = %(guardian_id)s AND link.id = %(link_id)s AND link.child_id = %(person_id)s
AND {guardians.LIVE}
"""  # noqa: S608


def child_record(child: ChildView, *, now: datetime) -> Record:
    """The child's record, and the look written down. Raises NotYours when the link is over meanwhile."""
    keys = {"guardian_id": child.guardian_id, "link_id": child.link_id, "person_id": child.child_id}
    selected = row(_OF_CHILD, keys | statement.days(now))
    if selected is None:
        raise NotYours
    guardians.note_look(child, now=now)
    return with_code(decode.read(str(selected[0]), child.child_id, local_day(now)), child.child_id)
