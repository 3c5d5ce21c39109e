from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Installation",
            fields=[
                ("one", models.BooleanField(default=True, primary_key=True, serialize=False)),
                ("uid", models.UUIDField()),
                ("place", models.CharField(max_length=80)),
                ("since", models.DateTimeField()),
            ],
            options={
                "db_table": "installation",
                "constraints": [models.CheckConstraint(condition=models.Q(("one", True)), name="installation_one")],
            },
        ),
    ]
