"""What HR asks its office to mend in the register, and what the office says."""
