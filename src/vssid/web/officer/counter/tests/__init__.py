"""Tests of the counter's pages."""
