"""What `./vssid` does."""
