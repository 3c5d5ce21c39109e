"""Open data is made ahead and costs a reader's process nothing."""

from __future__ import annotations

import gzip

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.making.places_of_the_directory import make_point
from tests.making.registrations import make_office
from vssid.api.v1 import open_data
from vssid.config.jobs import make_open_data
from vssid.domain.directory import index
from vssid.infra import blobs

pytestmark = pytest.mark.django_db
POINTS = "/api/v1/directory/open/points.csv"


@pytest.fixture(autouse=True)
def places(tmp_path, settings):
    settings.BLOBS_URL = f"file://{tmp_path}"
    open_data._kept.clear()
    make_office()
    make_point()
    index.refresh()
    yield
    open_data._kept.clear()


def test_the_job_makes_every_file(client):
    make_open_data(0)
    for name in open_data.LISTINGS:
        for form in open_data.TYPES:
            assert client.get(f"/api/v1/directory/open/{name}.{form}").status_code == 200, name


def test_a_reader_asks_the_database_nothing_whatever_stands_behind_the_address(client):
    open_data.make("points")
    with CaptureQueriesContext(connection) as asked:
        answers = [client.get(f"{POINTS}{more}") for more in ("", "?x=1", "?x=2&limit=5")]
    assert len(asked) == 0
    assert len({answer.content for answer in answers}) == 1
    assert not any(answer.streaming for answer in answers)


def test_it_comes_packed_to_whoever_takes_that(client):
    open_data.make("points")
    packed = client.get(POINTS, HTTP_ACCEPT_ENCODING="gzip, br")
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == client.get(POINTS).content
    assert "Accept-Encoding" in packed["Vary"]


def test_an_unchanged_file_costs_no_body(client):
    open_data.make("points")
    first = client.get(POINTS)
    open_data.make("points")
    open_data._kept.clear()
    again = client.get(POINTS, HTTP_IF_NONE_MATCH=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"


def test_a_newer_file_is_found_within_a_minute(client, monkeypatch):
    open_data.make("points")
    first = client.get(POINTS)
    blobs.put(f"{open_data.FOLDER}/points.csv.gz", gzip.compress(b"newer"))
    assert client.get(POINTS).content == first.content
    monkeypatch.setattr(open_data, "LOOKED_AT", -1.0)
    assert client.get(POINTS).content == b"newer"


def test_the_first_reader_has_a_file_made_that_never_was_and_no_other(client, monkeypatch):
    assert client.get(POINTS).status_code == 200
    open_data._kept.clear()
    monkeypatch.setattr(open_data, "make", None)
    assert client.get(POINTS).status_code == 200
    assert client.get("/api/v1/directory/open/people.csv").status_code == 404
