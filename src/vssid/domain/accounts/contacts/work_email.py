"""The work e-mail of staff and of HR people: where notices of their duty go, once the code sent there was
entered.

It lies where a citizen's confirmed address does, and one that waits for its code where theirs does. An
administrator may give it with a member's account, its holder gives or changes it later; it ends with the last
post or seat.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from vssid.domain.audit import actions as audit
from vssid.domain.notifications.inbox.notices import Reach
from vssid.domain.verification import codes, limits
from vssid.kernel.actor import SYSTEM, Actor
from vssid.kernel.calendar import local_day
from vssid.kernel.email_address import EmailAddress
from vssid.kernel.errors import Invalid, NotYours
from vssid.kernel.ids import BadCode

from ..errors import ClaimOver, SameContact
from ..models.accounts import Account, ContactChange
from ..models.staff import Post, StaffPerson
from ..posts.posts import live
from . import changes, newest, notify

PURPOSE, MESSAGE = "work_email", "contact_new_code"
AT_WORK = (Account.STAFF, Account.EMPLOYER)
WAITS = timedelta(days=30)  # one that an administrator gave, for the code its holder asks for
OVER = timedelta(days=40)  # so long ago a post may have ended that the night still looks at


@dataclass(frozen=True, slots=True)
class WorkEmail:
    """Masked. `waiting`: another one that is not confirmed yet, with the end of its live code, if any."""

    confirmed: str = ""
    waiting: str = ""
    code_until: datetime | None = None


def of(person_id: int, *, now: datetime) -> WorkEmail:
    """What somebody at work has."""
    confirmed, waiting = notify.email_of(_account(person_id)), changes.waiting_email(person_id, now=now)
    until = codes.expires_at(PURPOSE, person_id) if waiting else None
    return WorkEmail(
        confirmed.masked() if confirmed else "",
        waiting.masked() if waiting else "",
        until if until and until > now else None,
    )


def read(text: str) -> EmailAddress | None:
    """An address as typed; None for none. Raises Invalid(email=bad_email)."""
    try:
        return EmailAddress.parse(text) if text.strip() else None
    except BadCode:
        raise Invalid(email="bad_email") from None


def give(person_id: int, email: EmailAddress, *, by: Actor, now: datetime) -> None:
    """Note an address in the caller's transaction; nothing is sent there until its holder asks for a code."""
    changes.keep_email(person_id, email, now=now, until=now + WAITS)
    _asked(person_id, by, now)


def ask(person_id: int, text: str, *, by: Actor, now: datetime) -> None:
    """Send a code to a new address, or with an empty text to the one that waits.

    Raises Invalid(email=required | bad_email), SameContact for the confirmed one, Limited.
    """
    typed, confirmed = read(text), notify.email_of(_account(person_id))
    email = typed or changes.waiting_email(person_id, now=now)
    if email is None:
        raise Invalid(email="required")
    if confirmed is not None and confirmed.reveal() == email.reveal():
        raise SameContact
    limits.hit("claim_near", f"contact|{person_id}", now=now)
    limits.hit("claim_to", email.reveal(), now=now)
    with transaction.atomic():
        if typed is not None:
            changes.keep_email(person_id, typed, now=now, until=now + settings.CONTACT_CHANGE_LIFE)
            _asked(person_id, by, now)
        codes.send(PURPOSE, person_id, email, now=now, kind=MESSAGE)


def enter(person_id: int, code: str, *, by: Actor, address: str, now: datetime) -> None:
    """Use up the code: from now on notices go there. Raises ClaimOver, WrongCode, CodeExpired or Limited."""
    if (email := changes.waiting_email(person_id, now=now)) is None:
        raise ClaimOver
    codes.check(PURPOSE, person_id, email, code, address=address, now=now)
    with transaction.atomic():
        account = Account.objects.select_for_update().get(person_id=person_id, kind__in=AT_WORK)
        # The very one whose code was checked: another given meanwhile needs a code of its own.
        if not changes.forget_email(person_id, email, now=now):
            raise ClaimOver
        account.email = newest.seal(person_id, newest.EMAIL, email.reveal().encode())
        account.save(update_fields=["email"])
        value = newest.facts(person_id, {newest.EMAIL: newest.of_account(account)[newest.EMAIL]})
        audit.record("account.email_changed", subject=person_id, by=by, now=now, facts=value)


def remove(person_id: int, *, by: Actor, now: datetime) -> None:
    """Take it away, and one that waits; without one nothing happens."""
    with transaction.atomic():
        changes.forget(person_id, ContactChange.EMAIL)
        rows = Account.objects.filter(person_id=person_id, kind__in=AT_WORK, email__isnull=False)
        if rows.update(email=None):
            told = newest.facts(person_id, {newest.EMAIL: newest.NONE})
            audit.record("account.email_changed", subject=person_id, by=by, now=now, facts=told)


def end_without_post(person_id: int, *, by: Actor, now: datetime) -> None:
    """A post has ended: without another that holds or begins later the address goes, in the caller's
    transaction."""
    if not _lasting(local_day(now)).filter(account_id=person_id).exists():
        remove(person_id, by=by, now=now)


def sweep(now: datetime) -> None:
    """Take away the addresses of whose last post ran out by its day."""
    today = local_day(now)
    others = _lasting(today).filter(account_id=OuterRef("account_id"))
    ran_out = Post.objects.filter(ended_at=None, until_on__lt=today, until_on__gte=today - OVER)
    ran_out = ran_out.filter(~Exists(others), account__email__isnull=False)
    for person_id in sorted(set(ran_out.values_list("account_id", flat=True))):
        remove(person_id, by=SYSTEM, now=now)


def reach(person_id: int, *, now: datetime) -> Reach:
    """Where notices of a member's duty go: the work e-mail, else the address of the member's own account.

    Nowhere out of the house for who holds no post today; never a phone.
    """
    if not live(local_day(now)).filter(account_id=person_id).exists():
        return Reach()
    if (email := notify.email_of(_account(person_id))) is not None:
        return Reach(email=email)
    own = StaffPerson.objects.filter(account_id=person_id).values_list("person_id", flat=True).first()
    return Reach(email=notify.reach(own).email) if own else Reach()


def reach_of_hr(person_id: int) -> Reach:
    """Where notices of an HR person go, whose seat the caller asked for: the work e-mail, never a phone."""
    return Reach(email=notify.email_of(_account(person_id)))


def is_of_staff(person_id: int) -> bool:
    """Is this the number of a member of staff?"""
    return _kind_of(person_id) == Account.STAFF


def is_of_hr(person_id: int) -> bool:
    """Is this the number of an HR person?"""
    return _kind_of(person_id) == Account.EMPLOYER


def _kind_of(person_id: int) -> str | None:
    return Account.objects.filter(person_id=person_id).values_list("kind", flat=True).first()


def _account(person_id: int) -> Account:
    if (account := Account.objects.filter(person_id=person_id, kind__in=AT_WORK).first()) is None:
        raise NotYours
    return account


def _lasting(day: date) -> QuerySet[Post]:
    """The posts that hold on a day or begin later."""
    return Post.objects.filter(Q(until_on=None) | Q(until_on__gte=day), ended_at=None)


def _asked(person_id: int, by: Actor, now: datetime) -> None:
    facts = {"kind": ContactChange.EMAIL}
    audit.record("account.contact_asked", subject=person_id, by=by, now=now, facts=facts)
