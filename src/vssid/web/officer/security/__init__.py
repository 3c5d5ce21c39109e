"""How staff get in and prove who they are: second step, own password, factors, sessions."""
