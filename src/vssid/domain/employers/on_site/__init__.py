"""Deciding at an employer's: what an officer takes along on a device, and what comes back from it."""
