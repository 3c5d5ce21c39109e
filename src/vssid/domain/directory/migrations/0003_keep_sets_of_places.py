import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("directory", "0002_add_points_and_index"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="place", name="directory_words"),
        migrations.RemoveIndex(model_name="place", name="directory_by_weight"),
        migrations.RemoveIndex(model_name="place", name="directory_by_province"),
        migrations.RemoveIndex(model_name="place", name="directory_by_commune"),
        migrations.RemoveField(model_name="place", name="words"),
        migrations.AddField(
            model_name="place",
            name="words",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40), default=list, size=None
            ),
        ),
        migrations.DeleteModel(name="Word"),
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("id", models.SmallIntegerField(primary_key=True, serialize=False)),
                ("number", models.BigIntegerField()),
            ],
            options={"db_table": "directory_edition"},
        ),
        migrations.CreateModel(
            name="Rank",
            fields=[
                ("ordinal", models.IntegerField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=8)),
                ("code", models.CharField(db_index=True, max_length=12)),
            ],
            options={"db_table": "directory_rank"},
        ),
        migrations.CreateModel(
            name="Posting",
            fields=[
                ("word", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("places", models.BinaryField()),
            ],
            options={"db_table": "directory_posting"},
        ),
    ]
