"""What a test of a browser leaves: answers that are waited for, and in the kept context nothing."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.request import urlopen

import pytest

from .connections import Connections


def test_an_answer_on_its_way_is_waited_for():
    asked, may_answer, waited = threading.Event(), threading.Event(), threading.Event()

    class Slow(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.set()
            may_answer.wait(20)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *said: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Slow) as server:
        connections = Connections(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        threading.Thread(target=lambda: urlopen(address).close(), daemon=True).start()
        assert asked.wait(20)
        threading.Thread(target=lambda: (connections.until_none(), waited.set()), daemon=True).start()
        assert not waited.wait(0.1)
        may_answer.set()
        assert waited.wait(20)
        server.shutdown()


BY_NETWORK = "() => performance.getEntriesByType('navigation')[0].transferSize > 0"
MAY_TELL_PLACE = "async () => (await navigator.permissions.query({ name: 'geolocation' })).state"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_nothing_of_a_test_is_left_to_the_next(sight: Any, kept: Any, live_server: Any) -> None:
    context = sight.context
    sight.goto("/tro-giup")
    sight.evaluate("() => { localStorage.setItem('left', '1'); }")
    context.add_cookies([{"name": "left", "value": "1", "url": live_server.url}])
    context.grant_permissions(["geolocation"])
    context.route("**/tro-giup", lambda route: route.abort())
    context.set_offline(True)
    kept.forget()
    assert sight.is_closed()
    assert context.cookies() == []
    page = context.new_page()
    page.goto("/tro-giup")
    assert page.evaluate("() => localStorage.length") == 0
    assert page.evaluate(MAY_TELL_PLACE) != "granted"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_page_that_the_browser_may_keep_is_asked_for_anew_in_the_next_test(sight: Any, kept: Any) -> None:
    for by_network in (True, False):
        page = sight.context.new_page()
        page.goto("/quyen-rieng-tu")
        assert page.evaluate(BY_NETWORK) == by_network
    kept.forget()
    page = sight.context.new_page()
    page.goto("/quyen-rieng-tu")
    assert page.evaluate(BY_NETWORK)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_what_could_not_be_taken_back_is_refused(sight: Any) -> None:
    with pytest.raises(AssertionError, match="would stay"):
        sight.context.add_init_script("1")
    with pytest.raises(AssertionError, match="would stay"):
        sight.clock.set_fixed_time(0)
