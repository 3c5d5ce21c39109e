"""The tables are those that accounts made; only whose they are changes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = [("accounts", "0026_ask_a_second_officer")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="PhoneCode",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "subject_id", "purpose", blank=True, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("subject_id", models.BigIntegerField()),
                        ("purpose", models.CharField(max_length=30)),
                        ("code_hash", models.BinaryField()),
                        ("phone_fingerprint", models.BinaryField()),
                        ("issued_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        ("tries", models.SmallIntegerField(default=0)),
                    ],
                    options={"db_table": "accounts_phone_code"},
                ),
                migrations.CreateModel(
                    name="Challenge",
                    fields=[
                        ("browser_hash", models.BinaryField(primary_key=True, serialize=False)),
                        ("purpose", models.CharField(max_length=10)),
                        ("person_id", models.BigIntegerField(null=True)),
                        ("challenge", models.BinaryField()),
                        ("expires_at", models.DateTimeField()),
                    ],
                    options={"db_table": "accounts_challenge"},
                ),
                migrations.CreateModel(
                    name="Throttle",
                    fields=[
                        ("key", models.BinaryField(primary_key=True, serialize=False)),
                        ("count", models.IntegerField(default=0)),
                        ("level", models.SmallIntegerField(default=0)),
                        ("window_start", models.DateTimeField()),
                        ("blocked_until", models.DateTimeField(null=True)),
                    ],
                    options={"db_table": "accounts_throttle"},
                ),
                migrations.CreateModel(
                    name="TextCount",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "key", "starts_at", blank=True, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("key", models.BinaryField()),
                        ("starts_at", models.DateTimeField()),
                        ("count", models.IntegerField()),
                    ],
                    options={"db_table": "accounts_text_count"},
                ),
            ]
        )
    ]
