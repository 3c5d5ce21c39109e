"""What differs between an employer's own file and the register."""
