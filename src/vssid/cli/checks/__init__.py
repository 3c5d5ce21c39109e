"""`./vssid check`: what is proved before and while the service runs."""
