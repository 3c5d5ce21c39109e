from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from tests.together import until_somebody_waits

from .. import limits
from ..errors import Limited
from ..models import Throttle

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
PAIR = limits.RULES["sign_in_pair"]


def reach(key="a", now=NOW):
    """Hit until refused; returns when the next try is taken."""
    for _ in range(PAIR.limit):
        limits.hit("sign_in_pair", key, now=now)
    with pytest.raises(Limited) as refused:
        limits.hit("sign_in_pair", key, now=now)
    return refused.value.retry_at


def test_the_limit_is_reached_after_its_number_of_tries():
    assert reach() == NOW + PAIR.wait


def test_a_limit_reached_by_one_key_never_blocks_another():
    reach("a")
    limits.hit("sign_in_pair", "b", now=NOW)


def test_trying_while_limited_does_not_extend_the_wait():
    retry_at = reach()
    for seconds in range(0, 50, 10):
        with pytest.raises(Limited) as refused:
            limits.hit("sign_in_pair", "a", now=NOW + timedelta(seconds=seconds))
        assert refused.value.retry_at == retry_at
    limits.hit("sign_in_pair", "a", now=retry_at)


def test_the_wait_grows_each_time_and_stays_under_its_cap():
    now, waits = NOW, []
    for _ in range(10):
        retry_at = reach(now=now)
        waits.append(retry_at - now)
        now = retry_at
    assert waits[:3] == [PAIR.wait, 2 * PAIR.wait, 4 * PAIR.wait]
    assert max(waits) == PAIR.cap


def test_quiet_time_brings_the_wait_down_again():
    now = reach()
    now = reach(now=now)
    later = now + 5 * PAIR.window
    assert reach(now=later) == later + PAIR.wait


def test_an_owner_who_proved_to_be_one_starts_afresh():
    for _ in range(PAIR.limit):
        limits.hit("sign_in_pair", "a", now=NOW)
    limits.forgive("sign_in_pair", "a")
    limits.hit("sign_in_pair", "a", now=NOW)


def test_keys_at_rest_are_swept():
    limits.hit("sign_in_pair", "a", now=NOW)
    assert limits.sweep(NOW + timedelta(days=1)) == 0
    assert limits.sweep(NOW + timedelta(days=3)) == 1


@pytest.mark.django_db(transaction=True)
def test_a_key_forgotten_while_another_request_counts_it_is_counted_anew():
    limits.hit("sign_in_pair", "a", now=NOW)

    def hit() -> None:
        try:
            limits.hit("sign_in_pair", "a", now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Throttle.objects.select_for_update().get()
            counting = pool.submit(hit)
            until_somebody_waits()
            limits.forgive("sign_in_pair", "a")
        counting.result(60)
    assert Throttle.objects.get().count == 1
