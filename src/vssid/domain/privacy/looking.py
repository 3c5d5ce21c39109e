"""How often others looked at a person's data, for the first page; the page of own data tells each look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from vssid.infra.database.prepared import rows

# Events that are a look, of the person's own record or of what the person sent to an office.
LOOKS = (
    "account.request_viewed",
    "application.viewed",
    "application.photo_viewed",
    "application.form_viewed",
    "counter.identified",
    "family.viewed",
    "family.paper_viewed",
    "guardian.looked",
    "lookup.number_shown",
    "lookup.card_checked",
    "message.viewed",
    "procedure.viewed",
    "procedure.file_viewed",
    "statement.checked",
    "ticket.opened",
    "ticket.photo_seen",
)
# The subjects are those of `queries.everything`.
_SUBJECTS = """SELECT %(person_id)s::bigint
    UNION ALL SELECT id FROM registration_application WHERE person_id = %(person_id)s AND NOT is_trial
    UNION ALL SELECT id FROM families_request WHERE person_id = %(person_id)s AND submitted_at IS NOT NULL
    UNION ALL SELECT id FROM support_ticket WHERE person_id = %(person_id)s"""
_SINCE = f"""
SELECT event.actor_kind, event.kind = 'guardian.looked', count(*)
FROM audit_event event
WHERE event.subject_id = ANY (ARRAY({_SUBJECTS}))
AND event.at >= %(since)s AND event.kind = ANY (%(looks)s)
GROUP BY 1, 2
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Looks:
    """Looks by officers, by guardians, and by others: who knows what the person alone should know."""

    officers: int = 0
    guardians: int = 0
    others: int = 0

    @property
    def all(self) -> int:
        """How many."""
        return self.officers + self.guardians + self.others


def subjects_of(person_id: int) -> tuple[int, ...]:
    """Whose events speak of a person: the record itself, and what the person sent."""
    return tuple(subject for (subject,) in rows(_SUBJECTS, {"person_id": person_id}))


def since(person_id: int, moment: datetime) -> Looks:
    """The looks at a person's data since a moment, in one statement."""
    counts = {"officers": 0, "guardians": 0, "others": 0}
    asked = {"person_id": person_id, "since": moment, "looks": list(LOOKS)}
    for by, is_guardian, count in rows(_SINCE, asked):
        who = "officers" if by == "officer" else "guardians" if is_guardian else "others"
        counts[who] += count
    return Looks(**counts)
