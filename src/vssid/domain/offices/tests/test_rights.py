"""The table of rights, line by line, against one written by hand; and how far a right goes."""

from __future__ import annotations

import pytest

from tests.making.registrations import ELSEWHERE, HONG_BANG, make_office, make_officer
from vssid.kernel.actor import SYSTEM, Actor, ActorKind, person

from .. import policy, rights
from ..models import Office
from ..rights import REACHES, ROLES, SENTENCES, Reach, Right, Role

# Who may do what, as it is meant: role, then the acts by their reach (o own office, b below, c country).
MEANT = {
    "reception": """
        o: own_session see_files take_files note_files check_papers see_messages answer_messages
        o: see_counter serve_counter
    """,
    "reviewer": """
        o: own_session take_files note_files assign_files
        o: check_papers decide_registrations decide_requests decide_families
        o: answer_messages see_counter serve_counter own_results
        b: see_files see_messages confirm_registrations
    """,
    "collection_officer": """
        o: own_session see_reports see_employers manage_employers follow_employers
        c: see_directory
    """,
    "support_agent": """
        o: own_session take_files note_files answer_messages
        b: see_messages
        c: see_directory
    """,
    "data_officer": """
        o: own_session see_loads confirm_loads
        b: load_files edit_directory watch_counter review_counter
        c: see_directory
    """,
    "director": """
        o: own_session see_loads note_files assign_files follow_employers
        b: see_files see_messages see_counter watch_counter review_counter see_staff see_delivery see_reports
        b: see_audit review_alerts manage_plan oversee_decisions
        b: see_employers manage_employers run_campaigns
        c: see_directory
    """,
    "administrator": """
        o: own_session
        b: see_staff manage_staff see_delivery manage_delivery see_audit
        b: see_employers manage_employers
        c: see_directory
    """,
    "auditor": """
        o: own_session see_loads
        b: see_files see_messages see_counter watch_counter see_staff see_delivery see_reports see_audit
        b: export_audit see_employers
        c: see_directory
    """,
}
REACH = {"o": Reach.OWN, "b": Reach.BELOW, "c": Reach.COUNTRY}
ROWS = [
    (role, act, REACH[letter])
    for role, text in MEANT.items()
    for letter, _, acts in (line.strip().partition(":") for line in text.strip().splitlines())
    for act in acts.split()
]
# What only looks. All else changes something.
LOOKS = {right for right in Right if right.startswith(("see_", "watch_", "own_session"))}
PROVINCE = "03100"


@pytest.fixture
def tree(db: None) -> None:
    for code in (PROVINCE, HONG_BANG, ELSEWHERE):
        make_office(code, code)
    Office.objects.filter(code=HONG_BANG).update(parent_id=PROVINCE)


@pytest.mark.parametrize(("role", "act", "reach"), ROWS)
def test_a_role_has_the_right_as_far_as_it_is_meant(tree: None, role: str, act: str, reach: Reach) -> None:
    by, right = make_officer(office=PROVINCE, role=role), Right(act)
    assert rights.reach_of(role, right) is reach
    allowed = {code for code in (PROVINCE, HONG_BANG, ELSEWHERE) if policy.allows(by, right, code)}
    assert (
        allowed
        == {
            Reach.OWN: {PROVINCE},
            Reach.BELOW: {PROVINCE, HONG_BANG},
            Reach.COUNTRY: {PROVINCE, HONG_BANG, ELSEWHERE},
        }[reach]
    )
    within = Office.objects.filter(policy.within(by, right, "code")).values_list("code", flat=True)
    assert set(within) == allowed


def test_nobody_has_a_right_that_is_not_written_here() -> None:
    assert sorted((row.role, row.right, row.reach) for row in rights.RIGHTS) == sorted(ROWS)


def test_every_role_reach_and_act_has_its_words() -> None:
    assert (set(ROLES), set(REACHES), set(SENTENCES)) == (set(Role), set(Reach), set(Right))
    assert len({str(words) for words in SENTENCES.values()}) == len(Right)


def test_the_auditor_reads_whatever_anybody_reads_and_changes_nothing() -> None:
    held = rights.rights_of(Role.AUDITOR)
    # What an auditor takes away is a copy of what was read.
    assert held == LOOKS | {Right.EXPORT_AUDIT}


def test_who_only_looks_does_not_reach_further_in_what_they_change() -> None:
    """An act that changes goes no further than the look it needs."""
    needs = {
        Right.TAKE_FILES: (Right.SEE_FILES, Right.SEE_MESSAGES),
        Right.DECIDE_REGISTRATIONS: (Right.SEE_FILES,),
        Right.CONFIRM_REGISTRATIONS: (Right.SEE_FILES,),
        Right.DECIDE_REQUESTS: (Right.SEE_FILES,),
        Right.DECIDE_FAMILIES: (Right.SEE_FILES,),
        Right.ANSWER_MESSAGES: (Right.SEE_MESSAGES,),
        Right.SERVE_COUNTER: (Right.SEE_COUNTER,),
        Right.REVIEW_COUNTER: (Right.WATCH_COUNTER,),
        Right.LOAD_FILES: (Right.SEE_LOADS,),
        Right.EDIT_DIRECTORY: (Right.SEE_DIRECTORY,),
        Right.MANAGE_STAFF: (Right.SEE_STAFF,),
        Right.MANAGE_EMPLOYERS: (Right.SEE_EMPLOYERS,),
        Right.FOLLOW_EMPLOYERS: (Right.SEE_EMPLOYERS,),
        Right.RUN_CAMPAIGNS: (Right.SEE_EMPLOYERS, Right.MANAGE_EMPLOYERS),
        Right.MANAGE_DELIVERY: (Right.SEE_DELIVERY,),
    }
    for row in rights.RIGHTS:
        looks = needs.get(row.right, ())
        assert not looks or any(look in rights.rights_of(row.role) for look in looks), row


@pytest.mark.parametrize(
    "by",
    [SYSTEM, person(7), Actor(ActorKind.OFFICER, 7, "Minh", HONG_BANG), make_officer],
    ids=["system", "a person", "staff without a role", "staff at no office"],
)
def test_who_has_no_role_at_an_office_has_no_right(tree: None, by: object) -> None:
    actor = Actor(ActorKind.OFFICER, 7, "Minh", "", "reviewer") if by is make_officer else by
    assert isinstance(actor, Actor)
    assert not any(policy.allows(actor, right, HONG_BANG) for right in Right)
    assert not Office.objects.filter(policy.within(actor, Right.SEE_DIRECTORY, "code")).exists()
    with pytest.raises(policy.NotAllowed) as refused:
        policy.require(actor, Right.SEE_FILES, HONG_BANG)
    assert refused.value.right is Right.SEE_FILES


def test_names_of_the_version_before_are_still_understood() -> None:
    assert (rights.role_of("officer"), rights.role_of("data")) == (Role.REVIEWER, Role.DATA)
    assert rights.role_of("boss") is None
