"""After the trial: is everything that was acknowledged there, once, and is nothing else?"""

from __future__ import annotations

from collections import Counter

from .people import CODE, PASSWORD, Phones, Town, someone


def settled() -> bool:
    """Nothing is on its way any more."""
    from vssid.domain.notifications.models.messages import Message
    from vssid.domain.notifications.outbox.states import State

    return not Message.objects.filter(state__in=(State.CREATED, State.SENDING)).exists()


def reckon(town: Town) -> list[str]:
    """What is wrong, in sentences; nothing when all is well."""
    return [*_files(town), *_accounts(town), *_texts(town.phones), *_blobs(), *_audit(town)]


def _files(town: Town) -> list[str]:
    from vssid.domain.registration.models import Application

    rows = list(Application.objects.values_list("number", "bhxh_code", "state"))
    by_number = {number: (code, state) for number, code, state in rows}
    codes = Counter(code for _number, code, _state in rows)
    wrong = [
        f"file {number} of person {n} is lost"
        for n, number in town.done.sent.items()
        if number not in by_number
    ]
    wrong += [f"{count} files of {code}" for code, count in codes.items() if count > 1]
    for n in town.done.approved:
        if by_number.get(town.done.sent[n], ("", ""))[1] != "approved":
            wrong.append(f"the approval of person {n} is lost")
    return wrong


def _accounts(town: Town) -> list[str]:
    from vssid.domain.accounts.models.accounts import Account

    known = set(Account.objects.filter(kind="citizen").values_list("login", flat=True))
    return [f"person {n} has no account" for n in town.done.approved if someone(n).bhxh_code not in known]


def _texts(phones: Phones) -> list[str]:
    """Texts that came twice beyond those whose first attempt nobody knows the end of."""
    from vssid.domain.notifications.models.messages import Message

    unsure = Message.objects.filter(unsure__gt=0).count()
    doubled = repeated(phones)
    wrong = [f"a text came {count} times" for count in _copies(phones) if count > 2]
    if doubled > unsure:
        wrong.append(f"{doubled} texts came twice, but only {unsure} were repeated knowingly")
    return wrong


def repeated(phones: Phones) -> int:
    """How many copies came beyond the first."""
    return sum(count - 1 for count in _copies(phones))


def _copies(phones: Phones) -> list[int]:
    each = (Counter(filter(_names_one, texts)) for texts in phones.all().values())
    return [count for of_phone in each for count in of_phone.values()]


def _names_one(text: str) -> bool:
    """Has it a code, a password or the number of a file, so that another message cannot say the same?"""
    return bool(CODE.search(text) or PASSWORD.search(text) or "da nhan ho so" in text)


def passwords(phones: Phones) -> dict[str, int]:
    """How many passwords each phone got."""
    return {
        phone: count
        for phone, texts in phones.all().items()
        if (count := len({m[1] for text in texts if (m := PASSWORD.search(text))}))
    }


def _blobs() -> list[str]:
    """Every picture can be read: it is in the store, whole, and its key is there."""
    from vssid.domain.identity import queries
    from vssid.domain.identity.kinds import ImageKind
    from vssid.domain.identity.models import IdImage

    wrong = []
    for subject_id, kind in IdImage.objects.values_list("subject_id", "kind"):
        try:
            queries.content(subject_id, ImageKind(kind))
        except Exception as why:
            wrong.append(f"the picture {kind} of {subject_id} cannot be read: {why!r}")
    return wrong


def _audit(town: Town) -> list[str]:
    from vssid.domain.audit.models import Event
    from vssid.domain.audit.verify import verify_chain

    report = verify_chain()
    wrong = [f"the audit chain is broken at {place}" for place in report.broken[:5]]
    approved = Event.objects.filter(kind="application.approved").count()
    from vssid.domain.registration.models import Application

    rows = Application.objects.filter(state="approved").count()
    if approved != rows:
        wrong.append(f"{approved} approvals in the log, {rows} in the files")
    return wrong
