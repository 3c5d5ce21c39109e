"""A new version of the static files while servers, pages and phones still hold an older one."""

from __future__ import annotations

import os
import re
import threading
import time
from pathlib import Path

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.http import HttpResponse
from django.test import RequestFactory

from vssid.infra.static_files import collecting
from vssid.infra.static_files.serving import StaticFiles
from vssid.infra.static_files.storage import HashedStorage, sources_digest

DAY = 24 * 3600
V1 = {
    "base.css": "h1 { color: red }",
    "gone.css": "p { color: red }",
    "app.js": 'import "./age.js";',
    "age.js": "1",
}
V2 = {
    "base.css": "h1 { color: blue }",
    "app.js": 'import "./age.js";',
    "age.js": "2",
    "extra.css": "i { top: 0 }",
}
V3 = V2 | {"base.css": "h1 { color: green }"}


@pytest.fixture
def code(settings, tmp_path):
    """Puts the sources of a version in place, as a deployment does; `root` is where files are collected."""
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "static"
    versions = iter(range(100))

    def deploy(files, root="static"):
        folder = tmp_path / f"code-{next(versions)}"
        folder.mkdir()
        for name, content in files.items():
            (folder / name).write_text(content)
        settings.STATICFILES_DIRS = [folder]
        settings.STATIC_ROOT = tmp_path / root  # also makes the next server read its manifest anew

    return deploy


def server():
    """A server started now, with the code and the files of now."""
    return StaticFiles(lambda _request: HttpResponse("the rest of the house", status=404))


def ask(running, address):
    answer = running(RequestFactory().get(address))
    body = b"".join(answer).decode()
    # As Django's test client does: what ends a request would look at a connection of an earlier test.
    request_finished.disconnect(close_old_connections)
    try:
        answer.close()
    finally:
        request_finished.connect(close_old_connections)
    return answer.status_code, body, answer.get("Cache-Control", "")


def test_files_of_one_name_in_two_folders_each_make_a_version_of_their_own(settings, tmp_path):
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    for folder in ("card", "notices"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "page.js").write_text("1")
    settings.STATICFILES_DIRS = [("citizen", tmp_path / "card"), ("public", tmp_path / "notices")]
    names = {sources_digest()}
    for folder in ("card", "notices"):
        (tmp_path / folder / "page.js").write_text("2")
        names.add(sources_digest())
    settings.STATICFILES_DIRS = [("citizen", tmp_path / "card"), ("officer", tmp_path / "notices")]
    assert len(names | {sources_digest()}) == 4


def grow_old(root, days):
    for path in [*Path(root).rglob("*.json")]:
        os.utime(path, (time.time() - days * DAY,) * 2)


def test_an_old_server_goes_on_with_its_own_files_when_new_ones_are_laid_down(code):
    code(V1)
    collecting.collect()
    old = server()
    names = {name: old.storage.url(name) for name in V1}
    code(V2)
    collecting.collect()
    assert {name: old.storage.url(name) for name in V1} == names
    for name in ("base.css", "gone.css", "age.js"):
        status, body, kept = ask(old, names[name])
        assert (status, body) == (200, V1[name])
        assert "immutable" in kept


def test_an_old_server_that_meets_a_new_page_gives_its_file_from_the_sources(code):
    code(V1)
    collecting.collect()
    old = server()
    code(V2)
    assert old.storage.url("extra.css") == "/static/extra.css"
    assert ask(old, "/static/extra.css")[:2] == (200, V2["extra.css"])


def test_an_old_server_has_the_files_a_new_one_named(code):
    code(V1)
    collecting.collect()
    old = server()
    code(V2)
    collecting.collect()
    status, body, kept = ask(old, server().storage.url("base.css"))
    assert (status, body, "immutable" in kept) == (200, V2["base.css"], True)


@pytest.mark.parametrize("before", [None, V1])
def test_a_new_server_before_its_files_are_collected_serves_its_sources(code, before):
    if before:
        code(before)
        collecting.collect()
    code(V2)
    new = server()
    for name, content in V2.items():
        status, body, kept = ask(new, new.storage.url(name))
        assert (status, body) == (200, content)
        assert "immutable" not in kept


def test_a_page_of_the_last_version_but_one_finds_its_files_at_a_restarted_server(code):
    code(V1)
    collecting.collect()
    page = [server().storage.url(name) for name in V1]
    for later in (V2, V3):
        code(later)
        collecting.collect()
    restarted = server()
    answers = [ask(restarted, address) for address in page]
    assert [status for status, _body, _kept in answers] == [200] * len(page)
    assert answers[0][1] == V1["base.css"]
    assert all("immutable" in kept for _status, _body, kept in answers)


def test_a_file_goes_a_month_after_its_version_was_last_in_use(code, settings):
    code(V1)
    collecting.collect()
    page = {name: server().storage.url(name) for name in V1}
    grow_old(settings.STATIC_ROOT, days=365)  # a year in use
    code(V2)
    collecting.collect()
    assert ask(server(), page["base.css"])[1] == V1["base.css"]
    grow_old(settings.STATIC_ROOT, days=30)
    collecting.collect()
    assert ask(server(), page["base.css"])[1] == V1["base.css"]
    grow_old(settings.STATIC_ROOT, days=32)
    code(V3)
    collecting.collect()
    left = {path.name for path in Path(settings.STATIC_ROOT).rglob("*") if path.is_file()}
    assert Path(page["base.css"]).name not in left
    assert Path(server().storage.url("age.js")).name in left  # named by V2, in use until now, and by V3
    assert len([name for name in left if name.startswith("base.")]) == 2


def test_two_servers_with_folders_of_their_own_behind_one_address_never_show_a_page_bare(code):
    code(V1, root="a")
    collecting.collect()
    first = server()
    code(V2, root="b")
    collecting.collect()
    second = server()
    assert first.storage.url("base.css") != second.storage.url("base.css")
    for asked, other, content in ((first, second, V1), (second, first, V2)):
        status, body, kept = ask(asked, other.storage.url("base.css"))
        assert (status, body, kept) == (200, content["base.css"], "no-store")
    assert ask(second, first.storage.url("gone.css"))[0] == 404


@pytest.mark.parametrize("known", [True, False])
def test_a_file_that_vanished_under_a_server_is_answered_from_the_sources(code, settings, known):
    code(V1)
    collecting.collect()
    running = server()
    address = running.storage.url("base.css")
    if known:
        ask(running, address)
    for path in Path(settings.STATIC_ROOT).glob("base.*"):
        path.unlink()
    assert ask(running, address) == (200, V1["base.css"], "no-store")
    assert ask(running, running.storage.url("gone.css"))[1] == V1["gone.css"]


def test_collecting_again_rewrites_and_deletes_nothing(code, settings):
    code(V1)
    collecting.collect()
    root = Path(settings.STATIC_ROOT)
    (root / ".new-killed").mkdir()
    (root / ".new-killed" / "base.css").write_text("half a fi")
    before = {path: path.stat().st_ino for path in root.glob("*.*") if path.is_file()}
    collecting.collect()
    code(V2)
    collecting.collect()
    assert {path: path.stat().st_ino for path in before} == before
    assert not (root / ".new-killed" / "base.css").exists()


def test_two_machines_that_collect_at_once_lay_down_one_whole_set(code, settings):
    code(V1)
    threads = [threading.Thread(target=collecting.collect) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    running = server()
    assert [ask(running, running.storage.url(name))[0] for name in V1] == [200] * len(V1)
    assert len(list(Path(settings.STATIC_ROOT).glob("base.*.css"))) == 1


def test_files_laid_down_before_versions_were_kept_apart_stay_a_month_as_well(code, settings):
    code(V1)
    collecting.collect()
    root = Path(settings.STATIC_ROOT)
    (manifest,) = root.glob("manifests/*.json")
    manifest.replace(root / "staticfiles.json")
    page = server().storage.url("gone.css")
    assert page == "/static/gone.css"
    (name,) = (path.name for path in root.glob("gone.*.css"))
    code(V2)
    collecting.collect()
    assert ask(server(), f"/static/{name}")[:2] == (200, V1["gone.css"])


@pytest.mark.parametrize("name", [
    "%00.css", "\x00.css", "../settings.py", "base.css/x", ".hidden", "manifests", "manifests/x.json",
    "", "a//b", "\udcff.css", "ui", "base.css.gz", "/etc/passwd", "a" * 5000,
    "../x.0123456789ab.css", "base.css/x.0123456789ab.css",
])  # fmt: skip
def test_odd_names_are_no_file_and_no_error(code, settings, name):
    code(V1)
    collecting.collect()
    (manifest,) = Path(settings.STATIC_ROOT).glob("manifests/*.json")
    (manifest.parent / "x.json").write_text("{}")
    request = RequestFactory().get("/")
    request.path_info = f"/static/{name}"
    assert server()(request).status_code == 404


def test_collected_files_carry_their_hash_also_inside_scripts(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    collecting.collect()
    storage = HashedStorage()
    hashed = storage.hashed_files
    assert re.fullmatch(r"ui/tokens\.[0-9a-f]{12}\.css", hashed["ui/tokens.css"])
    assert Path(hashed["ui/js/age.js"]).name in (tmp_path / hashed["ui/js/app.js"]).read_text()
    assert (tmp_path / f"{hashed['ui/base.css']}.gz").is_file()
    assert not (tmp_path / "ui/base.css").exists()


def test_names_stay_plain_before_anything_is_collected(tmp_path):
    assert HashedStorage(location=tmp_path, base_url="/static/").url("ui/base.css") == "/static/ui/base.css"
