"""Static files with a hash in the name, compressed at collectstatic."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hashed names, also inside JavaScript imports. Before collectstatic (tests) names stay plain."""

    support_js_module_import_aggregation = True

    def stored_name(self, name: str) -> str:
        """The hashed name; refuses a file that was not collected once anything was."""
        return str(super().stored_name(name)) if self.hashed_files else name
