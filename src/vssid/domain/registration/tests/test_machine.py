"""Hypothesis drives an application through everything that people, officers and time can do,
and looks for a way to an account without approval."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.making.registrations import ELSEWHERE, NOW, make_draft, make_officer, make_person, view
from vssid.domain.accounts.models.accounts import Account, LoginName
from vssid.domain.audit.queries import events_of
from vssid.domain.audit.verify import verify_chain
from vssid.domain.identity.models import IdImage
from vssid.domain.notifications.models.messages import Message
from vssid.domain.registration.models import Application
from vssid.domain.registration.states import CLOSED, OPEN
from vssid.kernel.errors import DomainError

from .. import actions, jobs, queries
from ..draft import drafts

LOOKED_AT = ("state", "office_id", "form_received_at", "original_seen_at", "images_erased_at")


class Registration(RuleBasedStateMachine):
    """One person, two offices, any order of events."""

    @initialize()
    def begin(self):
        self.savepoint = transaction.atomic()
        self.savepoint._from_testcase = True  # type: ignore[attr-defined]  # infra/outside
        self.savepoint.__enter__()
        self.now = NOW
        self.minh, self.hanh = make_officer("Minh"), make_officer("Hạnh", ELSEWHERE)
        self.person_id = make_person()
        self.tokens, self.sent, self.ended = [], [], {}

    def teardown(self):
        if hasattr(self, "savepoint"):
            # Nothing is taken from the log, so what broke it at any step is seen at the end.
            sound = verify_chain().sound
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)
            assert sound

    def attempt(self, act, *args, **how):
        try:
            return act(*args, **how)
        except DomainError:
            return None

    def some_application(self, data):
        return data.draw(st.sampled_from(self.sent)) if self.sent else 1

    @rule(proved=st.booleans(), photos=st.booleans())
    def fill_in(self, proved, photos):
        self.tokens.append(make_draft(now=self.now, proved=proved, photos=photos))

    @rule(data=st.data())
    def send(self, data):
        if not self.tokens:
            return
        draft = drafts.view(data.draw(st.sampled_from(self.tokens)))
        made = self.attempt(actions.submit, draft, now=self.now) if draft else None
        if made and made not in self.sent:
            self.sent.append(made)

    @rule(
        data=st.data(), act=st.sampled_from(["receive_form", "see_original", "approve", "resend_activation"])
    )
    def officer_acts(self, data, act):
        application_id, by = self.some_application(data), data.draw(st.sampled_from([self.minh, self.hanh]))
        self.attempt(getattr(actions, act), application_id, by=by, now=self.now)

    @rule(data=st.data())
    def officer_refuses(self, data):
        application_id = self.some_application(data)
        self.attempt(actions.refuse, application_id, reasons=["other"], text="x", by=self.minh, now=self.now)

    @rule(data=st.data())
    def person_withdraws(self, data):
        self.attempt(actions.withdraw, self.some_application(data), now=self.now)

    @rule(data=st.data())
    def person_corrects(self, data):
        token = self.attempt(drafts.correct, self.some_application(data), now=self.now)
        if token:
            draft = view(token)
            self.attempt(drafts.save, draft.subject_id, {"commitment": True}, now=self.now)
            self.tokens.append(token)

    @rule(days=st.integers(0, 12))
    def time_passes(self, days):
        self.now += timedelta(days=days, hours=7)
        jobs.expire_due(self.now)
        jobs.remind_due(self.now)
        jobs.erase_images(self.now)
        jobs.discard_drafts(self.now)

    @invariant()
    def all_of_it_holds(self):
        """Each sentence below, of rows that are read once for all of them."""
        if not hasattr(self, "savepoint"):
            return
        rows = list(Application.objects.only(*LOOKED_AT))
        approved = [row for row in rows if row.state == "approved"]
        self.an_account_comes_only_from_an_approval_with_form_and_original_seen(approved)
        self.an_activation_message_belongs_to_an_approval(approved)
        self.at_most_one_is_open_and_the_closed_stay_closed(rows)
        self.photos_past_retention_are_gone(rows)
        self.every_state_can_be_shown()

    def an_account_comes_only_from_an_approval_with_form_and_original_seen(self, approved):
        accounts = Account.objects.filter(kind="citizen").count()
        assert accounts == len(approved) <= 1
        assert LoginName.objects.filter(person_id=self.person_id).count() == 2 * accounts
        for row in approved:
            assert row.form_received_at
            assert row.original_seen_at
            assert row.office_id == self.minh.office
            kinds = [event.kind for event in events_of(row.id)]
            assert {"application.form_received", "application.original_seen", "account.opened"} <= set(kinds)

    def an_activation_message_belongs_to_an_approval(self, approved):
        told = Message.objects.filter(kind="account_activation").values_list("subject_id", flat=True)
        assert set(told) <= {row.id for row in approved}

    def at_most_one_is_open_and_the_closed_stay_closed(self, rows):
        assert len([row for row in rows if row.state in OPEN]) <= 1
        for row in rows:
            if row.state in CLOSED:
                assert self.ended.setdefault(row.id, row.state) == row.state

    def photos_past_retention_are_gone(self, rows):
        erased = [row.id for row in rows if row.images_erased_at is not None]
        assert not erased or not IdImage.objects.filter(subject_id__in=erased).exists()

    def every_state_can_be_shown(self):
        for application_id in self.sent:
            assert queries.own(application_id, now=self.now) is not None


@pytest.mark.django_db
def test_there_is_no_way_to_an_account_without_approval():
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(
        Registration,
        settings=settings(
            max_examples=25,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
