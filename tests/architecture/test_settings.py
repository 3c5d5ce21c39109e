"""Every setting that is read is shown in the example of ops/ and told in the documents, and no other."""

from __future__ import annotations

import re

import pytest

from tests.environment import ROOT

pytestmark = pytest.mark.architecture
READ = re.compile(r'env\.\w+\(\s*"(VSSID_\w+)"')


def read() -> list[str]:
    return sorted(
        {name for path in (ROOT / "src/vssid/config").glob("*.py") for name in READ.findall(path.read_text())}
    )


def test_the_example_shows_every_setting_once():
    text = (ROOT / "ops/env.example").read_text()
    assert sorted(re.findall(r"^#?(VSSID_\w+)=", text, re.MULTILINE)) == read()


def test_the_documents_tell_every_setting():
    text = (ROOT / "docs/operations/settings.md").read_text()
    firsts = re.findall(r"^\| ([^|]*) \|", text, re.MULTILINE)
    assert sorted(set(re.findall(r"`(VSSID_\w+)`", "\n".join(firsts)))) == read()
