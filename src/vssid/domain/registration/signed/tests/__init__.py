"""Tests of the signed form."""
