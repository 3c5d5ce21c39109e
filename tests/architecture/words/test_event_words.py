"""The log tells a person of everything that was done, in words of its own."""

from __future__ import annotations

import re

from tests.environment import ROOT
from vssid.domain.accounts.counter import moves as counter
from vssid.domain.employers.campaigns import moves as campaigns
from vssid.domain.employers.corrections import states as corrections
from vssid.domain.families import moves as families
from vssid.domain.privacy.looking import LOOKS
from vssid.domain.procedures.states import MOVES
from vssid.domain.registration import moves as registration
from vssid.domain.support import moves as support
from vssid.web.officer.audit.words import MATTERS, kinds_of
from vssid.web.ui.words.event_words import TO_OTHERS, WHAT, for_others

RECORDED = re.compile(r"(?:audit|log)\.record\(\s*(f?)\"([a-z_]+\.[^\"]+)\"")
# What concerns staff or files of many and never one person of the register.
OF_NOBODY = {
    "audit.exported",
    "account.staff_created",
    "account.factor_added",
    "account.factor_asked",
    "account.factor_refused",
    "account.factor_vouched",
    "account.factor_word_refused",
    "account.factor_removed",
    "account.recovery_code_used",
    "account.recovery_codes_made",
    "account.shift_ended",
    "account.staff_reset",
    "account.employer_created",
    "account.employer_reset",
    "cap.set",
    "wording.written",
    "clock.disagreed",
    "directory.{what}",
    "gateway.switched",
    "handover.cancelled",
    "handover.closed",
    "handover.made",
    "import.confirmed",
    "import.errors_erased",
    "import.never_confirmed",
    "import.not_as_shown",
    "import.shown",
    "import.undo_asked",
    "import.undone",
    "import.upload_ended",
    "installation.adopted",
    "installation.joined",
    "plan.changed",
    "plan.ended",
    "campaign.emails_failed",
    "campaign.hr_asked",
    "campaign.part_erased",
    "campaign.part_posted",
    "campaign.part_printed",
    "campaign.part_taken",
    "campaign.wave_begun",
    "campaign.{EVENTS[act.move]}",
    "campaign.{what}",
    "employer.came_in",
    "employer.day_forgotten",
    "employer.day_taken",
    "employer.device_withdrawn",
    "employer.day_{what}",
    "employer.diary_written",
    "employer.forms_asked",
    "employer.forms_put_away",
    "employer.forms_taken",
    "employer.file_dropped",
    "employer.file_handed_in",
    "employer.file_matched",
    "employer.file_taken",
    "employer.invitation_ended",
    "employer.invited",
    "employer.paper_filed",
    "employer.poster_made",
    "employer.workers_invited",
    "employer.paper_viewed",
    "employer.seat_chosen",
    "employer.seat_ended",
    "employer.seat_given",
    "employer.software_allowed",
    "employer.software_ended",
    "employer.software_renewed",
    "employer.standing_noted",
    "employer.standing_taken_back",
    "employer.task_done",
    "plan.officer_assigned",
    "plan.officer_ended",
    "plan.target_ended",
    "plan.target_set",
    "plan.written",
    "report.made",
    "report.scheduled",
    "report.taken",
    "report.unscheduled",
    "seals.older_value",
    "staff.absence_ended",
    "staff.absence_noted",
    "staff.member_ended",
    "staff.person_noted",
    "staff.post_chosen",
    "staff.post_ended",
    "staff.post_given",
    "staff.post_phone",
    "trial.case_dropped",
    "trial.case_loaded",
    "trial.decided",
    "trial.laid",
    "trial.taken_back",
}
DIRECTORY = {f"directory.{what}" for what in ("planned", "changed", "refused", "withdrawn")}
DAYS = {
    f"employer.day_{what}"
    for what in ("proposed", "changed", "withdrawn", "accepted", "officer_named", "declined", "followed")
}
CAMPAIGN = {f"campaign.{event}" for event in campaigns.EVENTS.values()} | {
    f"campaign.{what}" for what in ("written", "changed", "wave_added", "wave_removed")
}
# Kinds made of a part: every value it can have. Drafts are not recorded.
PARTS = {
    "account.{kind}_changed": {"account.phone_changed", "account.email_changed"},
    "account.request_{EVENTS[act.move]}": {f"account.request_{event}" for event in counter.EVENTS.values()},
    "application.{EVENTS[act.move]}": {f"application.{event}" for event in registration.EVENTS.values()},
    "correction.{EVENTS[act.move]}": {f"correction.{event}" for event in corrections.EVENTS.values()},
    "employer.time_{what}": {"employer.time_booked", "employer.time_cancelled"},
    "family.{EVENTS[act.move]}": {f"family.{event}" for event in families.EVENTS.values()},
    "procedure.{act.move}": {f"procedure.{move}" for move in MOVES},
    "ticket.{EVENTS[act.move]}": {f"ticket.{event}" for event in support.EVENTS.values()},
}


# Kinds of the first versions, written without a dot: the chain keeps them as they are.
UNDOTTED = {"import_done", *(f"card_key_{done}" for done in ("announced", "signing", "switched", "withdrawn",
            "retired", "destroyed"))}  # fmt: skip


def recorded() -> set[str]:
    """Every kind of event the source writes."""
    kinds = set()
    for path in (ROOT / "src").rglob("*.py"):
        if "tests" not in path.parts:
            kinds |= {kind for _f, kind in RECORDED.findall(path.read_text(encoding="utf-8"))}
    return kinds


def test_every_kind_of_event_has_words():
    kinds = recorded() - OF_NOBODY
    made = {kind for kind in kinds if "{" in kind}
    assert made == PARTS.keys()
    whole = (kinds - made).union(*PARTS.values())
    assert len(whole) > 60
    assert whole - WHAT.keys() == set()


def test_no_words_are_kept_for_what_is_never_recorded():
    whole = (recorded() - OF_NOBODY).union(*PARTS.values())
    assert WHAT.keys() - whole <= {"account.moved", "person.merged"}


def test_every_look_that_is_counted_is_one_that_the_source_records():
    assert set(LOOKS) <= recorded()


def test_who_checks_the_log_reads_every_kind_in_words_that_speak_to_nobody_else():
    whole = {kind for kind in recorded() if "{" not in kind}.union(*PARTS.values(), DIRECTORY, CAMPAIGN, DAYS)
    assert whole - for_others().keys() == set()
    assert [kind for kind, words in for_others().items() if "bạn" in str(words).lower()] == []
    assert TO_OTHERS.keys() - whole <= {"person.merged", "audit.head_broken", "clock.disagreed", *UNDOTTED}


def test_every_kind_of_event_is_of_one_matter_that_can_be_asked_for():
    asked = {kind for matter in MATTERS for kind in kinds_of(matter)}
    assert for_others().keys() - asked == set()
