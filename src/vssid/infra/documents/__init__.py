"""Paper: PDF, codes, signatures, what a machine reads."""
