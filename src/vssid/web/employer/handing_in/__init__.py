"""Print form 01 of workers who agreed, and bring the signed forms with a list."""
