"""The file that HR keeps of its workers: read, matched, shown, taken."""
