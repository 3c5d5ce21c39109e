"""Lan and Bình work at Sao Mai, which knows both phones and Lan's e-mail; and what they are sent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from tests.making import employers, employers_hr, roll_out, sms
from tests.making.employers_hr import HERE, HR
from tests.making.registrations import BINH, LAN, make_person
from tests.making.roll_out import NOW
from vssid.domain.employers.invitations import codes, inviting, opening, sending
from vssid.domain.employers.invitations.opening import Opening
from vssid.domain.employers.invitations.rules import Channel
from vssid.domain.employers.models.invitations import Invitation
from vssid.domain.employers.roster.queries import Asked
from vssid.domain.participants.models.participation import Employer

ADDRESS = "203.0.113.9"
PHONE, EMAIL = "0912 000 111", "lan@saomai.example"


@dataclass(frozen=True)
class Workers:
    """The numbers of the two."""

    lan: int
    binh: int


def make_workers() -> Workers:
    """Both are insured at Sao Mai, and its HR told what it has of them."""
    if not Employer.objects.filter(code=HERE).exists():
        employers.make_employers()
    both = Workers(make_person(LAN), make_person(BINH))
    for number in (both.lan, both.binh):
        roll_out.make_worker(number, HERE)
    employers_hr.come_in(1)
    give()
    return both


def give(phone: str = PHONE) -> None:
    """HR hands in its file."""
    lan = f"{LAN.full_name},{LAN.birth_date:%d/%m/%Y},{LAN.bhxh_code},,{phone},{EMAIL},May,"
    binh = f"{BINH.full_name},{BINH.birth_date:%d/%m/%Y},{BINH.bhxh_code},,0912 000 222,,Kho,"
    employers_hr.take(employers_hr.table(lan, binh))


def invite(
    *people: int, channel: Channel = Channel.SMS, now: datetime = NOW, send: bool = True, employer: str = HERE
) -> int:
    """HR invites some workers, and the job sends; the number of the round."""
    number = inviting.invite(employer, Asked(people=people or None), channel, by=HR, now=now)
    if send:
        sending.work(number, now=now)
    return number


def code_of(person_id: int) -> str:
    """The code of the person's newest invitation, as it was made."""
    row = Invitation.objects.filter(person_id=person_id).order_by("-id")[0]
    return codes.again(bytes(row.seed), bytes(row.code_print))


def code_sent_to(person_id: int) -> str:
    """The code in the newest text to the person."""
    match = re.search(r"\b\w{4}-\w{4}-\w{4}\b", sms.texts_to(person_id, sending.SMS)[-1])
    assert match is not None
    return match.group()


def look(code: str, *, now: datetime = NOW, address: str = ADDRESS) -> Opening:
    """What a code opens."""
    return opening.look(code, address=address, now=now)
