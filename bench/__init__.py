"""What `./vssid bench` measures, and against what."""
