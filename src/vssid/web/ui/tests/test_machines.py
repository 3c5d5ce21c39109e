"""Programs of this machine reach their doors by any name; nobody else does."""

from __future__ import annotations

import pytest
from django.test import Client, RequestFactory

from vssid.web.ui import client

pytestmark = pytest.mark.django_db
RECEIPT = "/api/sms/bien-nhan/1/6f3d1c1e-3a51-4b71-9a5e-0d4c0a5f0e11/1/wrong"
# A receipt with a wrong token is looked at, and told that there is no such thing. Tests have no worker and no
# collected static files.
DOORS = {"/healthz": 200, "/readyz": 503, "/workerz": 503, "/metrics": 200, RECEIPT: 404}


@pytest.fixture(autouse=True)
def names(settings):
    settings.ALLOWED_HOSTS, settings.BASE_URL = ["bhxh.example"], "http://bhxh.example"
    settings.METRICS_TOKEN = ""


@pytest.mark.parametrize("name", ["127.0.0.1:8000", "localhost", "[::1]:8000", "web", "10.89.0.4:8000"])
@pytest.mark.parametrize("door", DOORS)
def test_a_program_of_this_machine_is_answered_by_whatever_name_it_calls_the_house(door, name):
    assert Client(HTTP_HOST=name).get(door).status_code == DOORS[door]


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("more", [{"REMOTE_ADDR": "10.0.0.7"}, {"HTTP_X_FORWARDED_FOR": "10.0.0.7"}])
def test_from_elsewhere_the_name_has_to_be_ours(door, more):
    assert Client(HTTP_HOST="evil.example", **more).get(door).status_code == 400


def test_other_pages_ask_for_the_name_from_this_machine_too():
    assert Client(HTTP_HOST="127.0.0.1").get("/tro-giup").status_code == 400
    assert Client(HTTP_HOST="bhxh.example").get("/tro-giup").status_code == 200


@pytest.mark.parametrize(
    ("proxies", "said", "counted"),
    [
        (1, "198.51.100.7, 203.0.113.5", "203.0.113.5"),
        (2, "198.51.100.7, 203.0.113.5, 10.0.0.2", "203.0.113.5"),
        (0, "198.51.100.7", "10.0.0.1"),
        (2, "198.51.100.7", "10.0.0.1"),
    ],
)
def test_an_address_that_anyone_can_make_up_is_not_believed(settings, proxies, said, counted):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", HTTP_X_FORWARDED_FOR=said, REMOTE_ADDR="10.0.0.1")
    assert client.address(request) == counted
