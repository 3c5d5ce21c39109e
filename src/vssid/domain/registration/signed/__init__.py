"""The signed form 01, scanned or photographed, and filed with its application."""
