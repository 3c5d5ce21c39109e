"""What differs between the employer's file and the register."""
