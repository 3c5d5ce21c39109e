"""Which worker each row of an employer's files is: one SQL text, for what is taken and for what differs."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from ..models.own_file import OwnFile


@lru_cache(maxsize=4)
def with_matches(statement: str) -> str:
    """A statement over `row` and `match`, which are told by `employer` and `files` (numbers of files)."""
    text = (files("vssid.domain.employers.own_file") / "sql" / "matched.sql").read_text(encoding="utf-8")
    told, _with, shared = text.partition("\nrow AS (")
    return f"{told}\nWITH row AS ({shared}{statement}"


def counting(employer: str) -> list[int]:
    """The files that count for an employer."""
    taken = OwnFile.objects.filter(employer_code=employer, state=OwnFile.State.TAKEN)
    return list(taken.order_by("id").values_list("id", flat=True))
