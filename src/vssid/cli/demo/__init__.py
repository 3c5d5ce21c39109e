"""`./vssid demo`: the whole service on one machine, with a synthetic Hải Phòng."""
