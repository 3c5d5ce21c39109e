"""The name of a broken constraint comes from PostgreSQL, not from a message."""

import pytest
from django.db import IntegrityError, connection, transaction

from vssid.infra.database.constraints import constraint_of

pytestmark = pytest.mark.django_db


def broken(statement: str) -> IntegrityError:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE things (n int CONSTRAINT things_positive CHECK (n > 0))")
        cursor.execute("CREATE UNIQUE INDEX things_once ON things (n)")
        cursor.execute("INSERT INTO things VALUES (1)")
    with pytest.raises(IntegrityError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    return refused.value


def test_a_unique_index_and_a_check_are_known_by_name():
    assert constraint_of(broken("INSERT INTO things VALUES (1)")) == "things_once"


def test_a_value_that_bears_the_name_of_a_constraint_is_none():
    assert constraint_of(broken("INSERT INTO things VALUES (-1) -- things_once")) == "things_positive"


def test_what_the_database_did_not_refuse_has_no_name():
    assert constraint_of(IntegrityError("things_once")) == ""
    assert constraint_of(ValueError("things_once")) == ""
