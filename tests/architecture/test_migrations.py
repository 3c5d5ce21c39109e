"""The migrations of a version leave the version before able to read and write (expand, deploy, contract).

`migrations_before.txt` lists what the version before brought: its commit in the first line, then each
migration. A release writes it anew with `python -m tests.architecture.test_migrations`.

What takes something away (a column, a table, a name, an empty value) comes one version after the last one
that used it, and says so in the class of the migration: `contracts = "who no longer uses it, since when"`.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from tests.environment import ROOT

pytestmark = pytest.mark.architecture
LIST = Path(__file__).with_name("migrations_before.txt")
TAKES_AWAY = (
    migrations.RemoveField,
    migrations.DeleteModel,
    migrations.RenameField,
    migrations.RenameModel,
    migrations.AlterModelTable,
)
SQL_TAKES_AWAY = re.compile(
    r"\bDROP\s+(?:TABLE|COLUMN|VIEW)\b|\bRENAME\b|\bSET\s+NOT\s+NULL\b"
    r"|\bADD\s+COLUMN\b(?:(?!\bDEFAULT\b)[^,;])*\bNOT\s+NULL\b(?![^,;]*\bDEFAULT\b)",
    re.IGNORECASE,
)


def before() -> tuple[str, set[str]]:
    """The commit of the version before, and its migrations."""
    commit, *names = LIST.read_text(encoding="utf-8").split()
    return commit, set(names)


def ours(loader: MigrationLoader) -> dict[str, migrations.Migration]:
    """Our migrations, by name of room and number."""
    return {
        f"{app}.{name}": migration
        for (app, name), migration in loader.disk_migrations.items()
        if migration.__module__.startswith("vssid.")
    }


def faults(migration: migrations.Migration, state: ProjectState) -> list[str]:
    """What the version before could not live with, a word each; `state` is that before the migration."""
    problems: list[str] = []
    made: set[str] = set()
    state = state.clone()
    for operation in migration.operations:
        flat = (
            operation.database_operations
            if isinstance(operation, migrations.SeparateDatabaseAndState)
            else [operation]
        )
        for step in flat:
            if isinstance(step, migrations.CreateModel):
                made.add(step.name.lower())
            elif getattr(step, "model_name", "").lower() not in made:
                problems += _faults(step, state, migration.app_label)
        operation.state_forwards(migration.app_label, state)
    return problems


def _faults(operation: Operation, state: ProjectState, app: str) -> list[str]:
    if isinstance(operation, TAKES_AWAY):
        name = getattr(operation, "name", "") or getattr(operation, "old_name", "")
        return [f"{type(operation).__name__} {name}"]
    if isinstance(operation, migrations.RunSQL):
        return [f"SQL: {match.group()}" for match in SQL_TAKES_AWAY.finditer(_sql(operation))]
    if isinstance(operation, migrations.AddField) and not _is_filled(operation.field):
        return [f"AddField {operation.model_name}.{operation.name} without null or db_default"]
    if isinstance(operation, migrations.AlterField):
        was = state.models[app, operation.model_name.lower()].fields[operation.name]
        return _narrowed(was, operation.field, f"{operation.model_name}.{operation.name}")
    if isinstance(operation, migrations.AddConstraint):
        return [f"AddConstraint {operation.constraint.name} on a table that is written to"]
    return []


def _sql(operation: migrations.RunSQL) -> str:
    parts = [operation.sql] if isinstance(operation.sql, str) else operation.sql
    return " ".join(part if isinstance(part, str) else part[0] for part in parts)


def _is_filled(field: models.Field) -> bool:
    """Does a row that names no such column get a value?"""
    return field.null or field.has_db_default() or field.many_to_many or field.generated


def _narrowed(was: models.Field, now: models.Field, name: str) -> list[str]:
    if was.null and not now.null:
        return [f"AlterField {name} takes no empty value any more"]
    old, new = was.db_type(connection), now.db_type(connection)
    lengths = (was.max_length or 0, now.max_length or 0)
    if old != new and not (isinstance(now, models.CharField) and 0 < lengths[0] < lengths[1]):
        return [f"AlterField {name} from {old} to {new}"]
    return []


@pytest.mark.django_db
def test_new_migrations_leave_the_version_before_able_to_read_and_write() -> None:
    loader = MigrationLoader(connection)
    _commit, known = before()
    for name, migration in ours(loader).items():
        if name in known or getattr(migration, "contracts", ""):
            continue
        state = loader.project_state((migration.app_label, migration.name), at_end=False)
        assert faults(migration, state) == [], name


@pytest.mark.django_db
def test_no_migration_of_the_version_before_went_away() -> None:
    _commit, known = before()
    assert known - ours(MigrationLoader(connection)).keys() == set()


def narrow(operation: Operation) -> list[str]:
    """What a migration of one operation does to a table that the version before has."""
    state = ProjectState()
    fields = [
        ("id", models.BigAutoField(primary_key=True)),
        ("name", models.CharField(max_length=9, null=True)),
    ]
    migrations.CreateModel("Known", fields).state_forwards("x", state)
    migration = migrations.Migration("0002", "x")
    migration.operations = [operation]
    return faults(migration, state)


@pytest.mark.parametrize(
    "operation",
    [
        migrations.RemoveField("known", "name"),
        migrations.RenameField("known", "name", "title"),
        migrations.DeleteModel("known"),
        migrations.AlterModelTable("known", "other"),
        migrations.AddField("known", "size", models.IntegerField()),
        migrations.AddField("known", "size", models.IntegerField(default=1)),  # Django drops it again
        migrations.AlterField("known", "name", models.CharField(max_length=9)),
        migrations.AlterField("known", "name", models.CharField(max_length=8, null=True)),
        migrations.AlterField("known", "name", models.IntegerField(null=True)),
        migrations.AddConstraint("known", models.CheckConstraint(condition=models.Q(id__gt=1), name="c")),
        migrations.RunSQL("ALTER TABLE known DROP COLUMN name"),
        migrations.RunSQL("ALTER TABLE known ADD COLUMN a int NOT NULL"),
        migrations.RunSQL(["ALTER TABLE known ALTER name SET NOT NULL"]),
        migrations.SeparateDatabaseAndState(database_operations=[migrations.RunSQL("DROP TABLE known")]),
    ],
    ids=lambda operation: re.sub(r"\W+", " ", operation.describe())[:60],
)
def test_what_takes_away_is_found(operation: Operation) -> None:
    assert len(narrow(operation)) == 1


@pytest.mark.parametrize(
    "operation",
    [
        migrations.AddField("known", "size", models.IntegerField(null=True)),
        migrations.AddField("known", "size", models.IntegerField(db_default=1)),
        migrations.AlterField("known", "name", models.CharField(max_length=20, null=True)),
        migrations.RunSQL("ALTER TABLE known ADD COLUMN a int NOT NULL DEFAULT 1"),
        migrations.RunSQL("DROP INDEX CONCURRENTLY IF EXISTS known_name"),
        migrations.AddIndex("known", models.Index(fields=["name"], name="known_name")),
        migrations.CreateModel("New", [("id", models.BigAutoField(primary_key=True))]),
    ],
    ids=lambda operation: re.sub(r"\W+", " ", operation.describe())[:60],
)
def test_what_adds_is_let_through(operation: Operation) -> None:
    assert narrow(operation) == []


def main() -> None:
    """Write the list anew: what lies here is now the version before."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vssid.config.settings")
    import django

    django.setup()
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True)
    names = sorted(ours(MigrationLoader(None)))
    LIST.write_text("\n".join([head.stdout.strip(), *names]) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(names)} migrations\n")


if __name__ == "__main__":
    main()
