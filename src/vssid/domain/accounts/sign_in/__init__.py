"""Sign-in: passwords, passkeys, sessions."""
