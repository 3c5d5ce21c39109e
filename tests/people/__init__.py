"""The register: persons whose codes are merged, sealed and found."""
