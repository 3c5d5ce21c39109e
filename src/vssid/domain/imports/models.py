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
