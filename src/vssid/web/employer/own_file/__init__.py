"""The file that HR keeps: handed in, matched, shown, taken."""
