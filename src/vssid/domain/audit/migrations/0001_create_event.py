from django.db import migrations, models

GUARD = """
CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit_event is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_event_no_truncate BEFORE TRUNCATE ON audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Lane",
            fields=[
                ("lane", models.SmallIntegerField(primary_key=True, serialize=False)),
                ("seq", models.BigIntegerField(default=0)),
                ("hash", models.BinaryField(default=bytes(32))),
            ],
            options={"db_table": "audit_lane"},
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("subject_id", models.BigIntegerField()),
                ("lane", models.SmallIntegerField()),
                ("seq", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("kind", models.CharField(max_length=60)),
                ("actor_kind", models.CharField(max_length=10)),
                ("actor_id", models.BigIntegerField(null=True)),
                ("actor_name", models.CharField(blank=True, max_length=120)),
                ("office", models.CharField(blank=True, max_length=5)),
                ("facts", models.JSONField(default=dict)),
                ("previous", models.BinaryField()),
                ("hash", models.BinaryField()),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "subject_id", "lane", "seq", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
            ],
            options={
                "db_table": "audit_event",
                "constraints": [
                    models.UniqueConstraint(fields=("lane", "seq", "subject_id"), name="audit_event_place")
                ],
                "indexes": [models.Index(fields=["subject_id", "at"], name="audit_event_subject")],
            },
        ),
        migrations.RunSQL(GUARD, "DROP FUNCTION audit_refuse_change CASCADE"),
    ]
