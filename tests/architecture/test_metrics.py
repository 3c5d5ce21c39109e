"""The documents list every metric; alerts and dashboard ask for those; each alert is tried and told."""

from __future__ import annotations

import json
import re

import pytest
import yaml
from django.test import Client

from tests.environment import ROOT

pytestmark = [pytest.mark.architecture, pytest.mark.django_db]
RULES = ROOT / "ops/prometheus"
LISTED = re.compile(r"^\| `(vssid_\w+)` \| (\w+) \|", re.MULTILINE)


def listed() -> dict[str, str]:
    """What docs/operations/monitoring.md lists: name and kind."""
    return dict(LISTED.findall((ROOT / "docs/operations/monitoring.md").read_text()))


def test_the_documents_list_what_there_is_and_nothing_else():
    text = Client().get("/metrics").content.decode()
    told = dict(re.findall(r"^# TYPE (vssid_\w+) (\w+)$", text, re.MULTILINE))
    assert {name: kind for name, kind in told.items() if not name.endswith("_created")} == listed()


def asked_by_the_dashboard() -> list[str]:
    board = json.loads((ROOT / "ops/grafana/vssid.json").read_text())
    return [target["expr"] for panel in board["panels"] for target in panel["targets"]]


def asked_by_the_alerts() -> dict[str, str]:
    files = [yaml.safe_load(path.read_text()) for path in sorted(RULES.glob("*-alerts.yml"))]
    return {
        rule["alert"]: rule["expr"] for file in files for group in file["groups"] for rule in group["rules"]
    }


def test_alerts_and_dashboard_ask_for_metrics_that_there_are():
    asked = " ".join([*asked_by_the_dashboard(), *asked_by_the_alerts().values()])
    named = {re.sub(r"_(bucket|sum|count)$", "", name) for name in re.findall(r"vssid_\w+", asked)}
    assert named <= set(listed())


def test_every_alert_is_tried_and_told_what_to_do_about():
    tried = yaml.safe_load((RULES / "rules-test.yml").read_text())["tests"]
    cases = [case for trial in tried for case in trial["alert_rule_test"]]
    spoke = {case["alertname"] for case in cases if case.get("exp_alerts")}
    silent = {case["alertname"] for case in cases if not case.get("exp_alerts")}
    assert spoke == silent == set(asked_by_the_alerts())
    told = (ROOT / "docs/operations/faults.md").read_text()
    assert [name for name in asked_by_the_alerts() if f"`{name}`" not in told] == []
