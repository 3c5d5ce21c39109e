"""What staff prove beside the password: codes of an app, recovery codes, passkeys."""
