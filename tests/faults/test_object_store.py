"""Images in an object store, by the settings that the documents tell.

Where VSSID_TEST_S3_BUCKET names a bucket, and AWS_… say how it is called; moto's server will do.
"""

from __future__ import annotations

import os
import uuid

import pytest

from vssid.cli import proving
from vssid.infra import blobs

BUCKET = os.environ.get("VSSID_TEST_S3_BUCKET", "")
pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(not BUCKET, reason="no object store named by VSSID_TEST_S3_BUCKET"),
]


@pytest.fixture(autouse=True)
def folder(settings):
    """A folder of the bucket that nobody else uses."""
    settings.BLOBS_URL = f"s3://{BUCKET}/{uuid.uuid4().hex}"


def test_what_is_put_is_got_listed_and_gone_when_deleted():
    large = os.urandom(6_000_000)
    blobs.put("person/image", large)
    assert blobs.get("person/image") == large
    assert [key for key, _ in blobs.stored_under("person")] == ["person/image"]
    blobs.delete("person/image")
    blobs.delete("person/image")
    with pytest.raises(blobs.NotStored):
        blobs.get("person/image")


def test_check_proves_it_and_tells_a_bucket_that_is_not_there(settings):
    assert proving._blobs() == ""
    settings.BLOBS_URL = f"s3://{BUCKET}-lost/x"
    assert "VSSID_BLOBS_URL" in proving._blobs()
