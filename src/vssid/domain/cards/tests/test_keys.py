"""Keys in two steps: credentials hold before, during and after a switch; a stop harms nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, connection

from vssid.domain.audit.models import Event
from vssid.domain.cards import actions, envelope, signing, verifier
from vssid.domain.cards.errors import AlreadyAnnounced, NothingAnnounced, TooEarly, UnknownKey
from vssid.domain.cards.models import SigningKey
from vssid.domain.cards.verifier import Finding
from vssid.domain.vault import rewrapping
from vssid.domain.vault import sealing as vault
from vssid.domain.vault.models import SubjectKey
from vssid.infra import keys as master
from vssid.infra.metrics import CREDENTIALS
from vssid.kernel.actor import SYSTEM

from .examples import NOW, make_card

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
NOTICE = settings.CARD_KEY_NOTICE
CARD = make_card(valid_to=None)


@pytest.fixture
def first() -> SigningKey:
    """The key of the first start."""
    actions.ensure_key(now=NOW)
    return SigningKey.objects.get()


def issue(now: datetime = NOW, person_id: int = 7) -> str:
    issued = signing.issue(CARD, person_id, now=now)
    assert issued is not None
    return issued.text


def finding(text: str, now: datetime) -> Finding:
    """What a desk says that fetched the list just now."""
    return verifier.verify(text, signing.published(now=now), now=now).finding


def kid_of(text: str) -> str:
    return envelope.unpack(text).kid.hex()


def audited() -> list[str]:
    return list(Event.objects.order_by("at", "lane", "seq").values_list("kind", flat=True))


def states() -> dict[str, str]:
    return dict(SigningKey.objects.values_list("kid", "state"))


def test_the_first_key_signs_at_once_and_is_made_once(first):
    actions.ensure_key(now=NOW + DAY)
    assert states() == {first.kid: "signing"}
    assert finding(issue(), NOW) == Finding.VALID
    assert audited() == ["card_key_signing"]


def test_a_credential_of_the_very_moment_the_key_was_made_is_valid():
    now = NOW + timedelta(microseconds=654321)  # credentials count whole seconds
    actions.ensure_key(now=now)
    assert finding(issue(now), now) == Finding.VALID


def test_without_a_key_there_is_no_credential():
    assert signing.issue(CARD, 7, now=NOW) is None


def test_the_private_part_lies_sealed_and_moves_to_a_new_master_key(first, monkeypatch):
    number = vault.unseal(first.subject_id, actions.PURPOSE, first.sealed)
    assert number not in bytes(first.sealed)
    new = master.parse_keys([master.new_key_text("m2")])
    monkeypatch.setattr(vault, "_masters", lambda: new + master.parse_keys(settings.MASTER_KEYS))
    assert rewrapping.rewrap() >= 1
    assert SubjectKey.objects.get(subject_id=first.subject_id).master_key_id == "m2"
    assert finding(issue(), NOW) == Finding.VALID


def test_an_announced_key_is_published_and_signs_nothing_yet(first):
    second = actions.announce_key(by=SYSTEM, now=NOW)
    assert second.signs_from == NOW + NOTICE
    assert [(key.point.kid.hex(), key.status) for key in signing.published(now=NOW).keys] == [
        (first.kid, "signing"),
        (second.kid, "announced"),
    ]
    assert kid_of(issue()) == first.kid


def test_a_second_one_is_not_announced_beside_it(first):
    actions.announce_key(by=SYSTEM, now=NOW)
    with pytest.raises(AlreadyAnnounced):
        actions.announce_key(by=SYSTEM, now=NOW)
    assert SigningKey.objects.count() == 2


def test_the_switch_waits_for_the_desks_to_fetch_the_list(first):
    actions.announce_key(by=SYSTEM, now=NOW)
    with pytest.raises(TooEarly):
        actions.switch_key(by=SYSTEM, now=NOW + NOTICE - SECOND)
    assert states()[first.kid] == "signing"


def test_there_must_be_something_to_switch_to(first):
    with pytest.raises(NothingAnnounced):
        actions.switch_key(by=SYSTEM, now=NOW)
    assert states() == {first.kid: "signing"}


def test_credentials_hold_before_during_and_after_the_switch_until_they_expire(first):
    second = actions.announce_key(by=SYSTEM, now=NOW)
    switch = NOW + NOTICE
    old_list = signing.published(now=switch - DAY)  # what a desk has that fetches once a day
    last_of_old = issue(switch - SECOND)
    actions.switch_key(by=SYSTEM, now=switch)
    first_of_new = issue(switch)
    assert (kid_of(last_of_old), kid_of(first_of_new)) == (first.kid, second.kid)
    assert verifier.verify(last_of_old, old_list, now=switch).finding == Finding.VALID
    assert verifier.verify(first_of_new, old_list, now=switch).finding == Finding.VALID
    ends = switch - SECOND + settings.CARD_LIFE
    for text, until in ((last_of_old, ends), (first_of_new, ends + SECOND)):
        assert finding(text, switch) == Finding.VALID
        assert finding(text, until - SECOND) == Finding.VALID
        assert finding(text, until) == Finding.EXPIRED
    assert set(audited()[-2:]) == {"card_key_retired", "card_key_switched"}


def test_a_retired_key_leaves_the_list_after_the_longest_life_a_setting_allows(first):
    actions.announce_key(by=SYSTEM, now=NOW)
    actions.switch_key(by=SYSTEM, now=NOW + NOTICE)
    gone = NOW + NOTICE + actions.STAYS_PUBLISHED
    assert len(signing.published(now=gone - SECOND).keys) == 2
    assert len(signing.published(now=gone).keys) == 1


def test_a_switch_in_an_emergency_need_not_wait(first):
    second = actions.announce_key(by=SYSTEM, now=NOW)
    actions.switch_key(by=SYSTEM, now=NOW, early=True)
    text = issue()
    assert kid_of(text) == second.kid
    assert finding(text, NOW) == Finding.VALID


def test_a_withdrawn_key_vouches_for_nothing_and_another_signs(first):
    text = issue()
    actions.withdraw_key(first.kid, by=SYSTEM, now=NOW + DAY)
    assert finding(text, NOW + DAY) == Finding.UNKNOWN_KEY
    assert finding(issue(NOW + DAY), NOW + DAY) == Finding.VALID
    assert "card_key_withdrawn" in audited()


def test_withdrawing_while_another_waits_lets_that_one_sign(first):
    second = actions.announce_key(by=SYSTEM, now=NOW)
    actions.withdraw_key(first.kid, by=SYSTEM, now=NOW + DAY)
    assert states() == {first.kid: "retired", second.kid: "signing"}
    assert signing.published(now=NOW + DAY).named(bytes.fromhex(first.kid)) == []


def test_a_withdrawn_announced_key_leaves_the_signing_one_alone(first):
    second = actions.announce_key(by=SYSTEM, now=NOW)
    actions.withdraw_key(second.kid, by=SYSTEM, now=NOW)
    assert states() == {first.kid: "signing", second.kid: "retired"}


@pytest.mark.parametrize("kid", ["00000000", "no key"])
def test_a_key_that_is_not_there_cannot_be_withdrawn(first, kid: str):
    with pytest.raises(UnknownKey):
        actions.withdraw_key(kid, by=SYSTEM, now=NOW)


# --- the daily job -------------------------------------------------------------------------


def test_a_year_of_days_rotates_by_itself_and_every_credential_holds_its_week():
    open_credentials: list[tuple[str, datetime]] = []
    for day in range(0, 400, 2):
        now = NOW + day * DAY
        actions.tend_keys(now=now)
        open_credentials.append((issue(now), now))
        open_credentials = [(text, at) for text, at in open_credentials if now - at < settings.CARD_LIFE]
        assert {finding(text, now) for text, _ in open_credentials} == {Finding.VALID}
    assert SigningKey.objects.count() >= 3
    assert SigningKey.objects.filter(state="signing").count() == 1


def test_after_a_long_stop_the_job_still_gives_notice_before_it_switches(first):
    late = NOW + 5 * settings.CARD_KEY_LIFE
    actions.tend_keys(now=late)
    assert states()[first.kid] == "signing"
    actions.tend_keys(now=late + NOTICE - SECOND)
    assert states()[first.kid] == "signing"
    actions.tend_keys(now=late + NOTICE)
    assert states()[first.kid] == "retired"


def test_the_private_part_of_a_retired_key_is_destroyed_and_its_credentials_hold(first):
    text = issue(NOW + NOTICE - SECOND)
    actions.announce_key(by=SYSTEM, now=NOW)
    actions.switch_key(by=SYSTEM, now=NOW + NOTICE)
    later = NOW + NOTICE + actions.KEPT_PRIVATE
    actions.tend_keys(now=later)
    first.refresh_from_db()
    assert first.sealed is None
    assert not SubjectKey.objects.filter(subject_id=first.subject_id).exists()
    assert finding(text, later) == Finding.VALID
    actions.tend_keys(now=later + DAY)
    assert audited().count("card_key_destroyed") == 1


# --- stops and races -----------------------------------------------------------------------


class Killed(Exception):
    """The process ends here."""


@pytest.mark.parametrize("step", range(1, 24))
def test_a_switch_that_is_killed_at_any_statement_happened_not_at_all(first, step: int):
    second = actions.announce_key(by=SYSTEM, now=NOW)
    before, events, left = states(), audited(), step

    def kill(execute, sql, params, many, context):
        nonlocal left
        # Inside a test the commit is only the release of a savepoint, whose loss Django does not undo.
        left -= not str(sql).startswith("RELEASE")
        if left == 0:
            raise Killed
        return execute(sql, params, many, context)

    try:
        with connection.execute_wrapper(kill):
            actions.switch_key(by=SYSTEM, now=NOW + NOTICE)
    except Killed:
        assert (states(), audited()) == (before, events)
        actions.switch_key(by=SYSTEM, now=NOW + NOTICE)
    assert states() == {first.kid: "retired", second.kid: "signing"}


@pytest.mark.parametrize("state", ["announced", "signing"])
def test_the_database_allows_one_announced_and_one_signing_key(first, state: str):
    actions.announce_key(by=SYSTEM, now=NOW)
    with pytest.raises(IntegrityError, match="cards_signing_key_one_of_a_state"):
        SigningKey.objects.create(
            kid="ffffffff", subject_id=1, x=b"", y=b"", sealed=b"", state=state,
            announced_at=NOW, signs_from=NOW,
        )  # fmt: skip


def test_holders_are_told_apart_and_not_named(first):
    texts = [issue(person_id=person) for person in (7, 8, 7)]
    all_facts = [verifier.verify(text, signing.published(now=NOW), now=NOW).facts for text in texts]
    subjects = [facts.subject for facts in all_facts if facts]
    assert subjects[0] == subjects[2] != subjects[1]
    assert subjects[0] != "7"


def test_issuing_writes_nothing_but_a_count(first, django_assert_num_queries):
    def count() -> float:
        return next(iter(next(iter(CREDENTIALS.collect())).samples)).value

    before = count()
    with django_assert_num_queries(2) as asked:
        issue()
    assert all(query["sql"].startswith("SELECT") for query in asked.captured_queries)
    assert count() == before + 1
