"""Templates that lie beside the views of their subject.

A door's pages stand in folders by subject. `citizen/record/benefits.html` is the file
`web/citizen/record/templates/benefits.html`; what a whole door shares keeps Django's usual place,
`web/citizen/templates/citizen/people.html`, asked for as `citizen/people.html`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.template import Origin
from django.template.loaders.filesystem import Loader as FilesystemLoader

WEB = Path(__file__).resolve().parents[2]


class Loader(FilesystemLoader):
    """Finds `door/subject/rest` in `web/door/subject/templates/rest`; knows no other name."""

    def get_dirs(self) -> list[str | Path]:
        """Each subject's folder, for the development server to watch."""
        return [*sorted(WEB.glob("*/*/templates"))]

    def get_template_sources(self, template_name: str) -> Iterator[Origin]:
        """The one file a name may mean; none when it has no subject or climbs out of its folder."""
        door, _, below = template_name.partition("/")
        subject, _, rest = below.partition("/")
        parts = [door, subject, *rest.split("/")]
        if rest and all(part and not part.startswith(".") for part in parts):
            path = WEB / door / subject / "templates" / rest
            yield Origin(name=str(path), template_name=template_name, loader=self)
