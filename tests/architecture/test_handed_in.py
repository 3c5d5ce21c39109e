"""What rooms and doors hand to rooms below them at start is whole, and each thing has one owner."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from vssid.config import handing_in
from vssid.domain.notifications.inbox import kinds
from vssid.domain.verification import limits

from ..environment import ROOT
from .test_models import HEIGHT, LINES

pytestmark = pytest.mark.architecture
COUNTING = {"hit", "check", "forgive"}


def _counted() -> Iterator[tuple[str, str]]:
    """Where the code counts by a limit: the module, and the limit's name as it stands there."""
    for path in sorted((ROOT / "src").rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        if "tests" in path.parts or "limits." not in source:
            continue
        for node in ast.walk(ast.parse(source)):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            of = node.func.value
            if node.func.attr in COUNTING and isinstance(of, ast.Name) and of.id == "limits":
                name = node.args[0]
                if isinstance(name, ast.Constant):
                    yield path.name, str(name.value)


def test_every_limit_that_is_counted_is_handed_in() -> None:
    counted = list(_counted())
    assert len(counted) > 30
    assert [(where, name) for where, name in counted if name not in limits.RULES] == []


def test_a_limit_has_one_owner() -> None:
    with pytest.raises(ValueError, match="alert"):
        limits.register({"alert": limits.RULES["alert"]})


def test_handing_in_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        handing_in.hand_in()


# Tables that verification took over from accounts and employers from reports, the salt of challenges in open
# forms, a role, a kind of file that is also a fact of a notice.
KEPT_NAMES = re.compile(
    r"accounts_(?:phone_code|challenge|throttle|text_count)\b|reports_worker(?:_of)?\b|accounts\.proof$"
    r"|support_agent$|^employers$"
)


def _names_of_higher(room: str) -> re.Pattern[str]:
    """How a string names a room above: a dotted name, a path, a table, or the bare name.

    `record` is also a word of lower rooms (a column, a part of a name): it is named by a module of it.
    """
    rooms = [other for other in HEIGHT if other != room and HEIGHT[other] >= HEIGHT[room]]
    modules = "|".join(path.stem for path in (ROOT / "src/vssid/domain/record").glob("[a-z]*.py"))
    of_record = rf"|(?<!\w)record[./](?:{modules})\b" if "record" in rooms else ""
    higher = "|".join(other for other in rooms if other != "record")
    return re.compile(rf"(?<!\w)(?:{higher})[._/]\w+|^(?:{higher})$" + of_record)


@cache
def _strings(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    constants = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return [value for value in constants if isinstance(value, str)]


@pytest.mark.parametrize("room", [room for line in LINES[1:] for room in line])
def test_a_room_names_none_above_it_in_what_it_writes_either(room: str) -> None:
    pattern, named = _names_of_higher(room), []
    for path in sorted((ROOT / "src/vssid/domain" / room).rglob("*.py")):
        if not {"tests", "migrations"} & set(path.parts):
            named += [
                (path.name, text) for text in _strings(path) if pattern.search(KEPT_NAMES.sub("", text))
            ]
    assert named == []


# What was given out for years: where a gateway brings receipts, and what is printed on statements and
# on letters to employers.
PROMISED = {"/api/sms/bien-nhan/{subject_id}/{message_id}/{attempt}/{token}", "/kiem-tra", "/don-vi/vao"}


def test_rooms_know_no_addresses_of_pages() -> None:
    address = re.compile(r"^/[a-z]+(?:-[a-z]+)*(?:/|$)")
    spelled = set()
    for path in sorted((ROOT / "src/vssid/domain").rglob("*.py")):
        if "tests" not in path.parts:
            spelled |= {text for text in _strings(path) if address.search(text)}
    assert spelled == PROMISED


def test_every_kind_of_notice_leads_to_a_page_and_no_address_is_left_over() -> None:
    kinds.check_whole()
    kinds.register_links({"nowhere_else": lambda facts: ""})
    with pytest.raises(ValueError, match="nowhere_else"):
        kinds.check_whole()


@pytest.fixture(autouse=True)
def _as_handed_in() -> Iterator[None]:
    """What a test hands in beside is taken out again."""
    before = dict(kinds.LINKS)
    yield
    kinds.LINKS.clear()
    kinds.LINKS.update(before)
