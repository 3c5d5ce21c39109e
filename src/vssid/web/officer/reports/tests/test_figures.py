"""Every figure of every report leads to what is behind it: the list has as many as the figure says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.http import QueryDict
from django.urls import resolve, reverse

from tests.making import roll_out
from tests.making.registrations import make_officer_account
from tests.making.roll_out import FIRST, NOW, PROVINCE
from vssid.domain.accounts.models.staff import Post
from vssid.domain.reports import counting, trend
from vssid.domain.rollout.models import Target
from vssid.kernel.actor import Actor, ActorKind
from vssid.kernel.calendar import local_day
from vssid.web.officer.reports import asked as asking
from vssid.web.officer.reports import pages
from vssid.web.officer.reports.sheets import Cell, Sheet, Words
from vssid.web.officer.tests.desk import browser_of

pytestmark = pytest.mark.django_db
DAYS = "tu=07/11/2026&den=18/11/2026"
TODAY = local_day(NOW)
# Numbers that order lines and count nothing.
ORDINALS = {"STT", "Hạng"}
# What is measured of the files, or texts, that the first figure of the line counts.
MEASURES = {"Trung vị, giờ": "Số hồ sơ", "90% không quá, giờ": "Số hồ sơ"}


@pytest.fixture
def made() -> dict[str, Any]:
    made = roll_out.make_plan(roll_out.make_world(people=24, files=40))
    counting.recount(NOW, people=True)
    return made


def reader(office: str, role: str) -> Actor:
    number = make_officer_account(f"{role[:3]}.{office}", office, "Hoa", role)
    post = Post.objects.get(account_id=number)
    return Actor(ActorKind.OFFICER, number, "Hoa", office, role, post.id)


class Walk:
    """One reader on all report pages and all their drills; addresses once each."""

    def __init__(self, by: Actor) -> None:
        self.by = by
        self.sheets: dict[str, Sheet] = {}
        self.followed = 0
        self.scopes: list[dict[str, str]] = []

    def go(self, address: str = "") -> None:
        """From all reports of a scope down to all scopes to which they lead."""
        todo = [address or f"{reverse('officer:report')}?{DAYS}"]
        while todo:
            place = todo.pop()
            asked = self._asked(place)
            scope = {name: value for name, value in asked.parts.items() if value}
            if any(self._alike(scope, other) for other in self.scopes):
                continue  # one of a sort
            self.scopes.append(scope)
            for route in pages.REPORTS:
                for link in self._look(asked.at(route), route):
                    if self._route(link) in pages.REPORTS:
                        todo.append(link)

    @staticmethod
    def _alike(one: dict[str, str], other: dict[str, str]) -> bool:
        """Do they ask for the same sort of thing?"""
        return {name: value in ("1", asking.NONE) for name, value in one.items()} == {
            name: value in ("1", asking.NONE) for name, value in other.items()
        }

    def _look(self, address: str, route: str) -> Iterator[str]:
        sheet = self.sheet(address)
        for line in [*sheet.lines, sheet.sum_line]:
            told = {str(heading.words): cell for heading, cell in line}
            for heading, cell in told.items():
                if heading not in ORDINALS:
                    self._follow(f"{route}: {heading}", cell, told.get(MEASURES.get(heading, "")))
                yield cell.link
        for said, cell in sheet.facts:
            self._follow(f"{route}: {said}", cell, None)

    def _follow(self, where: str, cell: Cell, counted: Cell | None) -> None:
        """A number but nought has a link, and it leads to as many."""
        if not isinstance(cell.value, (int, float)) or not cell.value:
            return
        assert cell.link, f"{where} {cell.text} opens nothing"
        self.followed += 1
        if "#chi-tieu-" in cell.link:
            target = Target.objects.get(id=int(cell.link.rpartition("-")[2]))
            assert (target.people, str(target.plan_id) in cell.link) == (cell.value, True), where
            return
        behind = self.sheet(cell.link)
        facts: dict[Words, Cell] = dict(behind.facts)
        assert facts, (where, cell.link)
        if isinstance(cell.value, float):
            assert facts["Tỷ lệ %"].value == pytest.approx(cell.value), where
            self._follow(f"{where}, of", behind.facts[1][1], None)
        elif "Dự báo" in where:
            asked = self._asked(cell.link)
            goal = trend.goal(asked.scope, asked.scope.until)
            assert goal
            ahead = trend.forecast(asked.scope, goal)
            assert ahead
            assert behind.facts[0][1].value == round(ahead.a_day * trend.LOOKED_AT), where
        else:
            assert behind.facts[0][1].value == (counted or cell).value, (where, cell.link)

    def sheet(self, address: str) -> Sheet:
        """What an address shows, made once."""
        if address not in self.sheets:
            self.sheets[address] = pages.made(self._route(address), self._asked(address))
        return self.sheets[address]

    def _route(self, address: str) -> str:
        return f"officer:{resolve(urlsplit(address).path).url_name}" if address else ""

    def _asked(self, address: str) -> asking.Asked:
        return asking.read(QueryDict(urlsplit(address).query), self.by, TODAY)


@pytest.mark.parametrize(
    ("office", "role"),
    [("00000", "director"), (PROVINCE, "director"), (FIRST, "collection_officer")],
)
def test_every_figure_in_every_drill_opens_a_list_of_as_many(
    made: dict[str, Any], office: str, role: str
) -> None:
    walk = Walk(reader(office, role))
    walk.go()
    assert walk.followed > 100
    assert any("chuyen-quan" in scope and "don-vi" in scope for scope in walk.scopes)


def test_the_approved_of_each_target_open_their_list() -> None:
    made = roll_out.make_plan(roll_out.make_world())
    counting.recount(NOW, people=True)
    by = reader(PROVINCE, "director")
    walk = Walk(by)
    html = browser_of(by.id or 0).get(reverse("officer:plan", args=[made["plan"]])).content.decode()
    found = re.findall(r'href="(/can-bo/bao-cao/lao-dong[^"]*)">([\d.]+)</a>', html)
    assert len(found) == 3
    for address, figure in found:
        assert walk.sheet(address.replace("&amp;", "&")).facts[0][1].text == figure
