"""Whether tests can fail: each guard is undone once, and a test must miss it.

`PYTHONPATH=src:. .venv/bin/python -m tests.mutations` tries all, in a copy of the tree; names of subjects try
those. A guard is named by its text and a test by its name, never by a path.
"""

from __future__ import annotations

from dataclasses import dataclass

from . import (
    accounts,
    copies,
    employer_desk,
    employer_door,
    employers,
    factors,
    files,
    handing_in,
    known_answers,
    machines,
    messages,
    pages,
    posts,
    sending,
    tending,
    waits,
)
from .mutation import Mutation


@dataclass(frozen=True, slots=True)
class Subject:
    """A part of the page."""

    title: str
    mutations: tuple[Mutation, ...]


SUBJECTS = {
    "waits": Subject("Waiting", waits.MUTATIONS),
    "messages": Subject("Messages: whose fault it is", messages.MUTATIONS),
    "sending": Subject("Texts: gateways, caps, words, language", sending.MUTATIONS),
    "tending": Subject("What tends the house", tending.MUTATIONS),
    "copies": Subject("Copies, and what is half made", copies.MUTATIONS),
    "machines": Subject("Running it", machines.MUTATIONS),
    "pages": Subject("Attacks on pages", pages.MUTATIONS),
    "files": Subject("Attacks by files and pictures", files.MUTATIONS),
    "employer_door": Subject("The employers' door", employer_door.MUTATIONS),
    "employer_desk": Subject("Employers and their office", employer_desk.MUTATIONS),
    "factors": Subject("Second factors of staff", factors.MUTATIONS),
    "posts": Subject("Posts of staff", posts.MUTATIONS),
    "employers": Subject("Employers and who acts for them", employers.MUTATIONS),
    "invitations": Subject("Invitations of employers", employers.INVITATIONS),
    "campaigns": Subject("Campaigns of letters to employers", employers.CAMPAIGNS),
    "handing_in": Subject("Printing and handing in for many", handing_in.MUTATIONS),
    "on_site": Subject("Deciding at an employer's", employer_desk.ON_SITE),
    "known_answers": Subject("Files with a known answer", known_answers.MUTATIONS),
    "accounts": Subject("Attacks on accounts and on the log", accounts.MUTATIONS),
}
