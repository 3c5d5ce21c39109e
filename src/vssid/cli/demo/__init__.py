"""The demo: a synthetic Hải Phòng that runs for real."""
