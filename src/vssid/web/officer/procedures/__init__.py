"""Online procedures at the officer's desk."""
