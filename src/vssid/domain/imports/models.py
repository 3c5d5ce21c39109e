"""The report of each run and its refused rows."""

from __future__ import annotations

from django.db import models


class ImportRun(models.Model):
    """One run over one file: the provenance of every row it wrote, and its report."""

    class State(models.TextChoices):
        """staging → merging → done; `stopped` when it was given up, `failed` when it broke."""

        STAGING = "staging"
        MERGING = "merging"
        DONE = "done"
        STOPPED = "stopped"
        FAILED = "failed"

    # An undo in these states counts as the one there may be.
    COUNTS = (State.STAGING, State.MERGING, State.DONE)

    id = models.BigAutoField(primary_key=True)
    # The run is a subject of its own, so that sealed staging cells can be destroyed with its key.
    subject_id = models.BigIntegerField(unique=True)
    kind = models.CharField(max_length=40)
    file_name = models.CharField(max_length=255)
    sha256 = models.BinaryField()
    sender = models.CharField(max_length=100, blank=True)
    actor_kind = models.CharField(max_length=20)
    actor_id = models.BigIntegerField(null=True)
    # It changed only what lies at or below this office; empty where it may change all.
    office_code = models.CharField(max_length=10, blank=True, default="", db_default="")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.STAGING)
    dry_run = models.BooleanField(default=False)
    undoes = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    blanks_erase = models.BooleanField(default=False)  # blank cells erase what the register holds
    day_order = models.CharField(
        max_length=12, blank=True, default="", db_default=""
    )  # how its days are meant, if it was said
    # Headings that were other words for their columns, one a line: `Mã số BHXH → bhxh_code`.
    headings = models.TextField(blank=True, default="", db_default="")
    # What it was told of headings that nobody knows: heading → column, "" for one that is passed over.
    meant = models.JSONField(default=dict, db_default={})
    sealed_key = models.BinaryField(null=True)
    merged_to_line = models.BigIntegerField(default=0)
    rows_read = models.BigIntegerField(default=0)
    rows_new = models.BigIntegerField(default=0)
    rows_changed = models.BigIntegerField(default=0)
    rows_same = models.BigIntegerField(default=0)
    rows_repeated = models.BigIntegerField(default=0, db_default=0)  # of those the same: as a row above
    rows_refused = models.BigIntegerField(default=0)
    error_file = models.TextField(blank=True)
    # Of a run whose effects were listened to: {columns: {name: {changed, erased}}, digests: {line: …}}.
    effects = models.JSONField(default=dict, db_default={})

    class Meta:
        db_table = "imports_run"
        indexes = [models.Index(fields=["kind", "-started_at"], name="imports_run_kind")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["staging", "merging", "done", "stopped", "failed"]),
                name="imports_run_state_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="done") | models.Q(ended_at__isnull=False),
                name="imports_run_done_has_end",
            ),
            # Undoing twice would put back what the first undo put back, over what was loaded since. One that
            # broke off does not count.
            models.UniqueConstraint(
                fields=["undoes"],
                condition=models.Q(state__in=["staging", "merging", "done"]),
                name="imports_run_undone_once",
            ),
        ]


class Before(models.Model):
    """What a row of a table without versions was before a run changed it; kept for the term of its undo."""

    # By the line of the run: an undo goes through a run in its order, in steps.
    pk = models.CompositePrimaryKey("run", "line")
    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="+")
    line = models.BigIntegerField()
    was = models.JSONField()

    class Meta:
        db_table = "imports_before"


class RowError(models.Model):
    """Why a line was refused: its field and a stable code, never the value."""

    pk = models.CompositePrimaryKey("run", "line", "field", "code")
    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="+")
    line = models.BigIntegerField()
    field = models.CharField(max_length=40)
    code = models.CharField(max_length=40)

    class Meta:
        db_table = "imports_row_error"


class LeftOut(models.Model):
    """A value aside that could not be read and was not loaded with its row: where, why, never the value."""

    pk = models.CompositePrimaryKey("run", "line", "field")
    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="+")
    line = models.BigIntegerField()
    field = models.CharField(max_length=40)
    code = models.CharField(max_length=40)

    class Meta:
        db_table = "imports_left_out"


class Heading(models.Model):
    """What a heading means in the files of a sender, as it was said in an office (empty: by command).

    `sender` and `heading` are as they are compared; without a `column` the heading is passed over.
    """

    id = models.BigAutoField(primary_key=True)
    office_code = models.CharField(max_length=10, blank=True)
    kind = models.CharField(max_length=40)
    sender = models.CharField(max_length=100)
    heading = models.CharField(max_length=100)
    column = models.CharField(max_length=40, blank=True)
    told_by = models.BigIntegerField(null=True)
    told_at = models.DateTimeField()

    class Meta:
        db_table = "imports_heading"
        constraints = [
            # Two answers for one heading would load a column now here and now there.
            models.UniqueConstraint(
                fields=["office_code", "kind", "sender", "heading"], name="imports_heading_once"
            ),
        ]


class Upload(models.Model):
    """A file that a data officer handed in, how far the job with it is, and what came of it.

    The job first shows what the file would do (a dry run, `shown`), with examples sealed; who confirms it has
    it loaded. A large change waits for somebody else than who handed it in. The file lies sealed under
    `blob_key` until it was loaded, its refused rows under `error_key` until `errors_until`; both are empty
    when there is nothing. The upload is a subject of its own.
    """

    class State(models.TextChoices):
        """waiting → working → shown → waiting → working → done.

        `refused` is no file of its kind, `failed` broke, `cancelled` by hand or never confirmed.
        """

        WAITING = "waiting"
        WORKING = "working"
        SHOWN = "shown"
        DONE = "done"
        REFUSED = "refused"
        FAILED = "failed"
        CANCELLED = "cancelled"

    OPEN = (State.WAITING, State.WORKING)
    HAS_FILE = (*OPEN, State.SHOWN)
    HELD = "held"  # the phase of a waiting upload while another run of its kind is at work

    id = models.BigAutoField(primary_key=True)
    subject_id = models.BigIntegerField(unique=True)
    office_code = models.CharField(max_length=10)
    actor_id = models.BigIntegerField()
    actor_name = models.CharField(max_length=255)
    kind = models.CharField(max_length=40)
    file_name = models.CharField(max_length=255)
    size = models.BigIntegerField()
    sha256 = models.BinaryField()
    sender = models.CharField(max_length=100, blank=True)
    dry_run = models.BooleanField(default=False)
    blanks_erase = models.BooleanField(default=False)
    day_order = models.CharField(max_length=12, blank=True, default="", db_default="")
    headings = models.TextField(blank=True, default="", db_default="")
    meant = models.JSONField(default=dict, db_default={})  # as of a run
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    # Of the job, since it last came to an end of its own: counted before each, so that killed ones count.
    tries = models.PositiveSmallIntegerField(default=0, db_default=0)
    run = models.ForeignKey(ImportRun, models.PROTECT, null=True, related_name="+")
    blob_key = models.CharField(max_length=80, blank=True)
    shown = models.ForeignKey(ImportRun, models.PROTECT, null=True, related_name="+")
    shown_at = models.DateTimeField(null=True)
    sealed_examples = models.BinaryField(null=True)
    needs_second = models.BooleanField(default=False)  # somebody else than `actor` has to confirm
    shown_again = models.BooleanField(default=False)  # the register had moved on since it was confirmed
    asked_at = models.DateTimeField(null=True)  # the one who handed it in has confirmed
    confirmed_id = models.BigIntegerField(null=True)
    confirmed_name = models.CharField(max_length=255, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    # Told by the job at most once a second, on a connection of its own.
    phase = models.CharField(max_length=20, blank=True)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    phase_began_at = models.DateTimeField(null=True)
    phase_began_with = models.BigIntegerField(default=0)
    progress_at = models.DateTimeField(null=True)
    refusal = models.JSONField(default=dict)
    error_key = models.CharField(max_length=80, blank=True)
    error_size = models.BigIntegerField(default=0)
    errors_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "imports_upload"
        indexes = [models.Index(fields=["office_code", "-id"], name="imports_upload_office")]
        constraints = [
            # A form that is sent twice, or by two officers, is one upload. With the ways it is read by, since
            # the same file read otherwise is other data.
            models.UniqueConstraint(
                fields=["office_code", "kind", "sha256", "dry_run", "blanks_erase", "day_order"],
                condition=models.Q(state__in=["waiting", "working", "shown"]),
                name="imports_upload_one_open",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state__in=["waiting", "working", "shown", "done", "refused", "failed", "cancelled"]
                ),
                name="imports_upload_state_known",
            ),
            # What ended has no file left; what has not ended has one.
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "working", "shown"], ended_at=None)
                & ~models.Q(blob_key="")
                | ~models.Q(state__in=["waiting", "working", "shown"])
                & models.Q(ended_at__isnull=False, blob_key=""),
                name="imports_upload_file_while_open",
            ),
            # Nothing large is loaded on the word of one.
            models.CheckConstraint(
                condition=models.Q(needs_second=False)
                | models.Q(confirmed_id=None)
                | ~models.Q(confirmed_id=models.F("actor_id")),
                name="imports_upload_second_person",
            ),
        ]
