"""Open data as the job lays it down and a program reads it."""

from __future__ import annotations

from django.test import Client

from vssid.api.v1 import open_data


def made(client: Client, path: str) -> bytes:
    """The file of this address, made anew."""
    open_data.make(path.rpartition("/")[2].partition(".")[0])
    open_data._kept.clear()
    return client.get(path).content
