"""The commands and their options, by subject. Each loads what it needs when it runs."""
