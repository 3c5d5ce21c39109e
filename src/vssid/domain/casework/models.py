"""Who has which file in hand."""

from __future__ import annotations

from django.db import models


class Claim(models.Model):
    """An officer has a file in hand until `until`; later it is nobody's, whoever the row names.

    `kind` is the room's word for its files, `file_id` the room's number of the file.
    """

    kind = models.CharField(max_length=20)
    file_id = models.BigIntegerField()
    officer_id = models.BigIntegerField()
    officer_name = models.CharField(max_length=120)
    since = models.DateTimeField()
    until = models.DateTimeField(db_index=True)
    pk = models.CompositePrimaryKey("kind", "file_id")

    class Meta:
        db_table = "casework_claim"
