"""A file at an office changes its state in one place, `casework.moves`, as its room's MOVES allow."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.environment import ROOT
from vssid.domain.accounts.counter.moves import COUNTER
from vssid.domain.casework.kinds import Kind
from vssid.domain.employers.campaigns.moves import CAMPAIGN
from vssid.domain.employers.corrections.moves import CORRECTION
from vssid.domain.families.moves import CHILD
from vssid.domain.procedures.moves import REQUEST
from vssid.domain.registration.moves import APPLICATION
from vssid.domain.support.moves import TICKET

pytestmark = pytest.mark.architecture
DOMAIN = ROOT / "src/vssid/domain"
KINDS = (APPLICATION, CAMPAIGN, CHILD, CORRECTION, COUNTER, REQUEST, TICKET)
# What has a state and is no file at an office, or is not in the database yet.
EXCUSED = {
    "accounts/recovery/claims.py": "a browser without a session proves whose it is; no office decides",
    "cards/actions.py": "keys that sign cards are announced, sign and are retired by the night",
    "directory/edits.py": "a change of the lists of places, carried out by a job on its day",
    "employers/alignment/saying.py": "who is to mend a difference, as an employer says; no office decides",
    "employers/days/answering.py": "a day on which an officer goes to an employer; no file is moved",
    "employers/days/moves.py": "the same, called off",
    "employers/days/passing.py": "the same, over",
    "employers/handing_in/printing.py": "a PDF that an employer had made, put away",
    "employers/handing_in/working.py": "the same, made by one job",
    "employers/own_file/receiving.py": "a list that an employer handed in, until it takes it itself",
    "employers/own_file/taking.py": "the same, taken by the employer",
    "employers/own_file/working.py": "the same, read by one job",
    "imports/actions.py": "a run of an import, which one job walks to its end",
    "imports/merge/undo.py": "the same, backwards",
    "imports/uploads/confirming.py": "a file that was sent to be imported, until its own sender confirms it",
    "imports/uploads/loading.py": "the same, read by one job",
    "imports/uploads/submission.py": "the same, when another file takes its place",
    "notifications/outbox/receipts.py": "a message on its way; the gateway decides",
    "notifications/outbox/transitions.py": "the same: its moves stand here",
    "registration/trials/laying.py": "a file with a known answer has no paper: it counts as handed in",
    "support/writing.py": "a new message that waits for the code, before it is stored",
}
SET_IN_SQL = re.compile(r"\bSET\b(?:(?!\bWHERE\b|\bSET\b).)*?\bstate\s*=", re.DOTALL)


def _sets_state(node: ast.AST) -> bool:
    if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in {"update", "update_or_create"}:
        named = {keyword.arg for keyword in node.keywords}
        spread = [ast.unparse(keyword.value) for keyword in node.keywords if keyword.arg is None]
        return "state" in named or any("'state'" in text for text in spread)
    if isinstance(node, ast.Attribute):
        return node.attr == "state" and isinstance(node.ctx, ast.Store)
    return isinstance(node, ast.Constant) and bool(SET_IN_SQL.search(str(node.value)))


def _setting() -> Iterator[str]:
    for path in DOMAIN.rglob("*.py"):
        if {"tests", "migrations", "errors.py"} & set(path.parts):
            continue
        if any(_sets_state(node) for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))):
            yield path.relative_to(DOMAIN).as_posix()


def test_only_casework_moves_files_and_what_is_no_file_says_why() -> None:
    assert sorted(_setting()) == sorted(EXCUSED)


@pytest.mark.parametrize(
    "source",
    [
        "rows.update(state=State.DONE, closed_at=now)",
        "rows.update(**{'state': 'done'})",
        "row.state = State.DONE",
        "row.state, row.closed_at = State.DONE, now",
        "cursor.execute('UPDATE t SET closed_at = now(), state = %s WHERE id = 1')",
    ],
)
def test_a_state_that_is_set_past_the_table_of_moves_is_found(source: str) -> None:
    assert any(map(_sets_state, ast.walk(ast.parse(source))))


@pytest.mark.parametrize(
    "source",
    ["rows.filter(state=State.OPEN).update(seen_at=now)", "x = 'UPDATE t SET a = 1 WHERE state = 2'"],
)
def test_a_state_that_is_asked_for_is_not_taken_for_one_that_is_set(source: str) -> None:
    assert not any(map(_sets_state, ast.walk(ast.parse(source))))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_what_is_closed_stays_closed(kind: Kind) -> None:
    for sources, to in kind.moves.values():
        assert not sources & set(kind.closed)
        assert to in kind.closed or any(to in others for others, _to in kind.moves.values())
