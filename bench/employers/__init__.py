"""An employer and its workers, and what an office sees of employers."""
