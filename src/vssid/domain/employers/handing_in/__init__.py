"""Handing in for many: form 01 of workers who agreed, and lists of the forms brought to an office."""
