"""The lists behind the figures of reports."""
