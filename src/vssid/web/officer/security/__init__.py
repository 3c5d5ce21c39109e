"""The console's door: the shared pages of `web.ui.security`, and another's word for who lost every factor."""
