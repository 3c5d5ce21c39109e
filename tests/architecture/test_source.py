"""Rules about the text of the source that no linter of ours knows."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.environment import ROOT
from vssid.web.ui.pwa import views

pytestmark = pytest.mark.architecture
SOURCE = ROOT / "src" / "vssid"
LONGEST_LINE = 110
LONGEST_FILE = 400  # about 100 is usual, 300 a smell, this the end
TESTS = sorted(ROOT.glob("tests/**/*.py")) + sorted(SOURCE.rglob("tests/**/*.py"))
PYTHON = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
TEMPLATES = sorted(SOURCE.rglob("*.html"))
INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>|<style\b|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)
DATA_BLOCK = re.compile(r'<script[^>]*type="application/(?:json|ld\+json)"[^>]*>')
# Read by nobody at the start, but by each other: numpy takes a sixth of a second of every process.
OF_PICTURES = {
    *("src/vssid/domain/identity/judge.py", "src/vssid/domain/identity/reader.py"),
    *("src/vssid/infra/documents/mrz.py", "src/vssid/cli/demo/pictures/camera.py"),
}
AT_THE_HEAD = re.compile(
    r"^(?:import|from) (?:numpy|cv2)\b|^from (?:vssid\.domain\.identity|\.) import .*\breader\b", re.M
)
BANNED_NAMES = re.compile(r"(?:^|_)(?:utils?|helpers?|managers?|handlers?)\.py$")


def _relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_the_floors_hold() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]


def test_no_file_grows_beyond_one_subject() -> None:
    lengths = {_relative(path): path.read_text().count("\n") for path in PYTHON if "tests" not in path.parts}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_no_file_is_named_after_nothing() -> None:
    assert [_relative(path) for path in PYTHON if BANNED_NAMES.search(path.name)] == []


def test_a_process_reads_what_looks_at_pictures_once_one_comes() -> None:
    sources = [path for path in PYTHON if "tests" not in path.parts and AT_THE_HEAD.search(path.read_text())]
    assert {_relative(path) for path in sources} <= OF_PICTURES


def test_templates_hold_no_inline_script_or_style() -> None:
    inline = {}
    for path in TEMPLATES:
        hits = [hit for hit in INLINE.findall(path.read_text()) if not DATA_BLOCK.match(hit)]
        if hits:
            inline[_relative(path)] = hits
    assert inline == {}


def test_no_page_names_another_origin() -> None:
    outside = re.compile(r"(?:src|href|action)=[\"'](?:https?:)?//", re.IGNORECASE)
    links = re.compile(r"<a\b[^>]*>", re.IGNORECASE)  # a link the person follows is no request of the page
    for path in TEMPLATES:
        assert not outside.search(links.sub("", path.read_text())), _relative(path)


def test_nothing_reads_files_outside_the_project() -> None:
    for path in [*PYTHON, *sorted((ROOT / "tests").rglob("*.py"))]:
        if path != Path(__file__):
            assert "../shared" not in path.read_text(), _relative(path)


def test_style_sheets_can_be_read_and_compared_line_by_line() -> None:
    # One declaration a line; a rule of one declaration may stand on one line, alone.
    crowded = re.compile(r";[^\n}]*;|\}[^\n{};]*\S[^\n]*\{")
    unreadable = {}
    for path in sorted(SOURCE.rglob("*.css")):
        lines = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL).splitlines()
        if bad := [line for line in lines if len(line) > LONGEST_LINE or crowded.search(line)]:
            unreadable[_relative(path)] = bad
    assert unreadable == {}


def test_every_room_says_what_it_owns() -> None:
    rooms = [path.parent for path in (SOURCE / "domain").glob("*/apps.py")]
    assert [room.name for room in rooms if not (room / "README.md").is_file()] == []


# Bookkeeping of the vault; the end of a run that takes minutes; "today" where a reader gives no day.
KEEPS_ITS_OWN_TIME = {"vault/sealing.py", "imports/actions.py", "participants/queries.py"}


def test_the_domain_reads_no_clock() -> None:
    # `now` is passed in; jobs, which no door calls, read the clock themselves.
    clock = re.compile(r"\b(?:datetime\.now|timezone\.now|date\.today|time\.time)\(\)")
    readers = {
        str(path.relative_to(SOURCE / "domain"))
        for path in (SOURCE / "domain").rglob("*.py")
        if "tests" not in path.parts and path.name != "jobs.py" and clock.search(path.read_text())
    }
    assert readers - KEEPS_ITS_OWN_TIME == set()


def test_the_domain_knows_no_http() -> None:
    web = re.compile(r"^\s*(?:from|import) django\.(?:http|shortcuts|urls|views|middleware)\b", re.MULTILINE)
    files = [path for path in (SOURCE / "domain").rglob("*.py") if "tests" not in path.parts]
    assert [_relative(path) for path in files if web.search(path.read_text())] == []


def test_every_static_file_that_is_named_is_there() -> None:
    # A running server answers for a name it does not know with a plain one, so nothing else would notice.
    from django.contrib.staticfiles import finders

    named = re.compile(r"""(?:\{% static |\bstatic\()["']([^"'{}]+)["']""")
    files = [*TEMPLATES, *sorted(SOURCE.rglob("*.js")), *PYTHON]
    names = {name for path in files for name in named.findall(path.read_text())} | set(views.SHELL)
    assert len(names) > 20
    assert [name for name in sorted(names) if finders.find(name) is None] == []


def test_no_two_static_files_have_one_address() -> None:
    # A door's subjects share its name: `card/static/x.js` and `notices/static/x.js` would be one.
    from django.contrib.staticfiles.finders import get_finders

    listed = [
        f"{getattr(storage, 'prefix', None) or ''}/{path}".lstrip("/")
        for finder in get_finders()
        for path, storage in finder.list(None)
    ]
    assert len(listed) > 50
    assert sorted({name for name in listed if listed.count(name) > 1}) == []


def _said_without_tokens(tree: ast.Module) -> set[str]:
    """Names that hold the words of a page, without its tags or tokens."""
    return {
        target.id
        for assigned in ast.walk(tree)
        if isinstance(assigned, ast.Assign) and ast.unparse(assigned.value).startswith(PLAIN_WORDS)
        for target in assigned.targets
        if isinstance(target, ast.Name)
    }


PLAIN_WORDS = ("text_of(", "without_tokens(", "str(")
DRAWN_BY_CHANCE = re.compile(r"[0-9a-f]{1,6}")  # a form's token or a session's mark holds it sooner or later


def test_no_few_digits_are_missed_in_a_page_with_its_random_tokens() -> None:
    by_chance = []
    for path in (SOURCE / "web").rglob("tests/**/*.py"):
        tree = ast.parse(path.read_text())
        plain = _said_without_tokens(tree)
        for compared in ast.walk(tree):
            match compared:
                case ast.Compare(ast.Constant(str(value)), [ast.NotIn()], [page]):
                    page = ast.unparse(page)
                    is_plain = page in plain or page.startswith(PLAIN_WORDS)
                    if DRAWN_BY_CHANCE.fullmatch(value) and not is_plain:
                        by_chance.append(f"{_relative(path)}:{compared.lineno}")
    assert by_chance == []


def _waiting_by_the_driver(tree: ast.Module) -> list[int]:
    return [
        call.lineno
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "wait_for_function"
    ]


def test_browser_tests_wait_by_until_alone() -> None:
    """Playwright's `wait_for_function` waits for nothing, or fails, by what it is given: `until` says how."""
    waiting = {
        _relative(path): lines
        for path in TESTS
        if "wait_for_function" in (text := path.read_text())
        and (lines := _waiting_by_the_driver(ast.parse(text)))
    }
    assert waiting == {}


def test_a_wait_by_the_driver_is_found() -> None:
    assert _waiting_by_the_driver(ast.parse("ASKED = '() => 1'\npage.wait_for_function(ASKED)")) == [2]
