"""The environment of a test run: made-up secrets, a data folder of its own, the test database."""

from __future__ import annotations

import atexit
import base64
import os
import shutil
import tempfile
from pathlib import Path

from vssid.cli.demo import signing
from vssid.infra.embedded import postgres

ROOT = Path(__file__).resolve().parents[1]
# One server per user and project, shared by all runs; never the data of a demo.
SERVER_DATA = ROOT / ".cache" / f"pg-test-{os.geteuid()}"
OWN_SERVER = "VSSID_DATABASE_URL" not in os.environ or "VSSID_TEST_OWN_SERVER" in os.environ


def _key(name: str) -> str:
    return f"{name}:{base64.b64encode(name.encode().ljust(32, b'.')).decode()}"


def _prepare() -> None:
    if "PYTEST_XDIST_WORKER" not in os.environ:
        os.environ["VSSID_TEST_RUN"] = str(os.getpid())
    if OWN_SERVER:
        os.environ["VSSID_TEST_OWN_SERVER"] = "1"
        os.environ["VSSID_DATABASE_URL"] = postgres.address(SERVER_DATA, "postgres")
    data = Path(tempfile.mkdtemp(prefix="vssid-test-"))
    atexit.register(shutil.rmtree, data, ignore_errors=True)
    signing_files = signing.prepare(data)
    (data / "static").mkdir()  # WhiteNoise looks for it; nothing is collected in tests
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "vssid.config.settings",
        "VSSID_DATA": str(data),
        # Processes that tests start have data folders of their own on the test database, and are no copies.
        "VSSID_INSTALLATION": "7e575000-0000-4000-8000-000000000000",
        "VSSID_SECRET_KEY": "only-for-tests-only-for-tests-only-for-tests",
        "VSSID_MASTER_KEYS": _key("m1"),
        "VSSID_FINGERPRINT_KEYS": _key("f1"),
        "VSSID_AUDIT_KEYS": _key("a1"),
        "VSSID_SMS_RECEIPT_SECRET": "only-for-tests-receipts-only-for-tests",
        # Most tests ask for codes as strangers; those of the work set it.
        "VSSID_TEXT_WORK_BITS": "0",
        "VSSID_ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
        **signing_files,
    }
    for name in (
        "VSSID_DEMO",
        "VSSID_BASE_URL",
        "VSSID_BLOBS_URL",
        "VSSID_SMS_GATEWAY",
        "VSSID_METRICS_TOKEN",
    ):
        os.environ.pop(name, None)


_prepare()
