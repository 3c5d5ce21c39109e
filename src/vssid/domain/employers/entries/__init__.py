"""An employer comes in: invited once, by a code."""
