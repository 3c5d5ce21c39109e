"""The operators' door: every command of `./vssid`."""
