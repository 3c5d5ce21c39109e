"""Templates are found beside the views of their subject, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.template import Engine, TemplateDoesNotExist
from django.template.loader import get_template

from ..pages import template_loader


@pytest.fixture
def web(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A door with one subject in it, and an engine that has kept nothing yet."""
    folder = tmp_path / "citizen" / "album" / "templates"
    (folder / "parts").mkdir(parents=True)
    (folder / "page.html").write_text("trang")
    (folder / "parts" / "line.html").write_text("dòng")
    (tmp_path / "citizen" / "secret.html").write_text("kín")
    monkeypatch.setattr(template_loader, "WEB", tmp_path)
    Engine.get_default().template_loaders[0].reset()
    return tmp_path


def test_a_template_lies_in_the_folder_of_its_subject(web: Path) -> None:
    assert get_template("citizen/album/page.html").render() == "trang"
    assert get_template("citizen/album/parts/line.html").render() == "dòng"


def test_a_template_is_read_once(web: Path) -> None:
    get_template("citizen/album/page.html")
    (web / "citizen" / "album" / "templates" / "page.html").write_text("khác")
    assert get_template("citizen/album/page.html").render() == "trang"


@pytest.mark.parametrize(
    "name", ["citizen/album/../../secret.html", "citizen/album/", "citizen/other/page.html"]
)
def test_a_name_that_leaves_its_folder_is_not_found(web: Path, name: str) -> None:
    with pytest.raises(TemplateDoesNotExist):
        get_template(name)


def test_what_a_door_shares_is_found_in_the_usual_place(web: Path) -> None:
    assert (
        Engine.get_default()
        .get_template("ui/base.html")
        .origin.name.endswith("web/ui/templates/ui/base.html")
    )


def test_the_folders_to_watch_are_named(web: Path) -> None:
    assert template_loader.Loader(Engine.get_default()).get_dirs() == [
        web / "citizen" / "album" / "templates"
    ]
