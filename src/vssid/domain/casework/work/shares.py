"""Deal files out by shares: who has a share of two gets twice as many as who has one. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def deal(files: Sequence[int], shares: Mapping[int, int], loads: Mapping[int, int]) -> dict[int, int]:
    """File → officer, in the order of the files: each goes to whoever has least for the own share.

    `loads`: what each has already, which counts. An officer without a share gets nothing; without anybody
    nothing is dealt out. Of two alike the one named first is taken.
    """
    dealt: dict[int, int] = {}
    load = {officer: loads.get(officer, 0) for officer, share in shares.items() if share > 0}
    if not load:
        return dealt
    for file_id in files:
        officer = min(load, key=lambda each: (load[each] + 1) / shares[each])
        load[officer] += 1
        dealt[file_id] = officer
    return dealt
