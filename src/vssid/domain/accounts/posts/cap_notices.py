"""Tell the administrators of the whole country when a cap of texts is nearly, and when it is used up.

Once a day, cap and stage: into the console, and by e-mail (`contacts.work_email.reach`). Never by text, which
is what runs out.
"""

from __future__ import annotations

from datetime import date, datetime

from vssid.domain.notifications.caps import spending
from vssid.domain.notifications.inbox import notices
from vssid.domain.notifications.inbox import queries as inbox
from vssid.domain.notifications.inbox.kinds import Topic
from vssid.domain.offices import queries as offices
from vssid.domain.offices.rights import Right, Role, reach_of
from vssid.kernel.calendar import local_day

from ..contacts import work_email
from . import posts

NEAR, USED_UP = "sms_cap_near", "sms_cap_used_up"


def tell(now: datetime) -> int:
    """For every cap that alarms; returns how many notices are new. What was of a day before is over."""
    day = local_day(now)
    alarming = [cap for cap in spending.listed(now) if cap.alarms]
    managers = _managers(day)
    for person_id in managers:
        notices.mark_topic_read(person_id, Topic.DUTY, before=day, now=now)
    return sum(_tell(person_id, cap, day, now) for cap in alarming for person_id in managers)


def unseen(person_id: int, now: datetime) -> list[inbox.NoticeView]:
    """What a member of staff was told today and has not put away."""
    return inbox.unread_of(person_id, Topic.DUTY, since=local_day(now))


def _managers(day: date) -> list[int]:
    roles = [role for role in Role if reach_of(role, Right.MANAGE_DELIVERY)]
    rows = posts.live(day).filter(role__in=roles).values_list("account_id", "office_id").distinct()
    heads = {office for office in {office for _, office in rows} if offices.is_head(office)}
    return sorted({person_id for person_id, office in rows if office in heads})


def _tell(person_id: int, cap: spending.CapView, day: date, now: datetime) -> bool:
    kind = USED_UP if cap.is_used_up else NEAR
    facts = {"scope": cap.scope, "used": cap.used, "most": cap.most}
    once = f"{day:%Y%m%d}{cap.scope}"[:40]
    made = notices.notify(
        person_id, kind, now=now, facts=facts, reach=lambda: work_email.reach(person_id, now=now), once=once
    )
    return made is not None
