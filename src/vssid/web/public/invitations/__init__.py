"""An employer's invitation, as the worker meets it: the code, the proof, and what it fills in."""
