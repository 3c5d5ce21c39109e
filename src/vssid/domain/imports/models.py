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

    id = models.BigAutoField(primary_key=True)
    # The run is a subject of its own, so that sealed staging cells can be destroyed with its key.
    subject_id = models.BigIntegerField(unique=True)
    kind = models.CharField(max_length=40)
    file_name = models.CharField(max_length=255)
    sha256 = models.BinaryField()
    sender = models.CharField(max_length=100, blank=True)
    actor_kind = models.CharField(max_length=20)
    actor_id = models.BigIntegerField(null=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.STAGING)
    dry_run = models.BooleanField(default=False)
    sealed_key = models.BinaryField(null=True)
    merged_to_line = models.BigIntegerField(default=0)
    rows_read = models.BigIntegerField(default=0)
    rows_new = models.BigIntegerField(default=0)
    rows_changed = models.BigIntegerField(default=0)
    rows_same = models.BigIntegerField(default=0)
    rows_refused = models.BigIntegerField(default=0)
    error_file = models.TextField(blank=True)

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
        ]


class RowError(models.Model):
    """Why a line was refused: its field and a stable code, never the value."""

    pk = models.CompositePrimaryKey("run", "line", "field", "code")
    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="+")
    line = models.BigIntegerField()
    field = models.CharField(max_length=40)
    code = models.CharField(max_length=40)

    class Meta:
        db_table = "imports_row_error"


class Upload(models.Model):
    """A file that a data officer handed in, how far the job with it is, and what came of it.

    The file lies sealed under `blob_key` until it was loaded, its refused rows under `error_key` until
    `errors_until`; both are empty when there is nothing. The upload is a subject of its own.
    """

    class State(models.TextChoices):
        """waiting → working → done; `refused` is no file of its kind, `failed` broke, `cancelled` by hand."""

        WAITING = "waiting"
        WORKING = "working"
        DONE = "done"
        REFUSED = "refused"
        FAILED = "failed"
        CANCELLED = "cancelled"

    OPEN = (State.WAITING, State.WORKING)
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
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    run = models.ForeignKey(ImportRun, models.PROTECT, null=True, related_name="+")
    blob_key = models.CharField(max_length=80, blank=True)
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
            models.UniqueConstraint(
                fields=["office_code", "kind", "sha256", "dry_run"],
                condition=models.Q(state__in=["waiting", "working"]),
                name="imports_upload_one_open",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state__in=["waiting", "working", "done", "refused", "failed", "cancelled"]
                ),
                name="imports_upload_state_known",
            ),
            # What ended has no file left; what has not ended has one.
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "working"], ended_at=None) & ~models.Q(blob_key="")
                | ~models.Q(state__in=["waiting", "working"]) & models.Q(ended_at__isnull=False, blob_key=""),
                name="imports_upload_file_while_open",
            ),
        ]
