"""Who does what with a file: assignment, shares, notes for colleagues."""
