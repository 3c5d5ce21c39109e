"""The fake phone network of the room's tests."""

from vssid.domain.notifications.tests.conftest import phones as phones
