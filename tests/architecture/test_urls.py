"""Which pages are open to everybody is a written list; every other view demands a role."""

from __future__ import annotations

from pathlib import Path

import pytest

from .urls import routes

pytestmark = pytest.mark.architecture
PUBLIC = Path(__file__).with_name("public_routes.txt")


def _written() -> set[str]:
    lines = PUBLIC.read_text(encoding="utf-8").splitlines()
    return {line.strip() for line in lines if line.strip() and not line.startswith("#")}


def test_every_view_says_who_may_open_it() -> None:
    known = {"public", "citizen", "member", "officer", "employer_member", "employer", "token"}
    assert [route.path for route in routes() if route.access not in known] == []


def test_only_the_gateway_and_the_programs_of_employers_come_with_a_token() -> None:
    programs = {"oauth-token", "hr-workers", "hr-stages", "hr-differences", "hr-invitations"}
    assert {route.name for route in routes() if route.access == "token"} == {"sms-receipt", *programs}


def test_the_public_routes_are_exactly_the_written_list() -> None:
    public = {route.path for route in routes() if route.access == "public"}
    assert public - _written() == set(), "new public routes: look at them, then add them to public_routes.txt"
    assert _written() - public == set(), "routes that are gone: take them out of public_routes.txt"


def test_the_officers_pages_are_all_below_can_bo() -> None:
    for route in routes():
        if route.access in ("member", "officer"):
            assert route.path.startswith("/can-bo"), route.path
        if route.path.startswith("/can-bo") and route.access not in ("member", "officer"):
            assert route.path in _written(), route.path


def test_every_page_of_staff_names_the_right_it_takes() -> None:
    for route in routes():
        assert bool(route.rights) == (route.access == "officer"), route.path


def test_a_path_holds_no_marks_and_no_capital_letters() -> None:
    for route in routes():
        bare = "".join(part.split(">")[-1] for part in route.path.split("<"))
        assert bare == bare.lower(), route.path
        assert bare.isascii(), route.path


def test_no_route_is_given_twice() -> None:
    paths = [route.path for route in routes()]
    assert len(paths) == len(set(paths))
